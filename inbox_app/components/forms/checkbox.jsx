// A box that is ticked at once, and goes back when the server holds to what it was.
import { useEffect, useState } from "react";

export function Checkbox({ checked, refusals, once, disabled, onTick }) {
  const [wanted, want] = useState(null);
  const shown = wanted ?? checked;
  const fixed = once && shown;
  useEffect(() => want((before) => (before === checked ? null : before)), [checked]);
  useEffect(() => want(null), [refusals]);
  const tick = (event) => {
    if (fixed) return;
    want(event.target.checked);
    onTick(event.target.checked);
  };
  return <input type="checkbox" checked={shown} aria-disabled={fixed || undefined} disabled={disabled} onChange={tick} />;
}
