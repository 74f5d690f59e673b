// The colleagues who are at a conversation, on its row in the list: the list is told of all, each row draws again for its own (X1).
import { useLayoutEffect, useSyncExternalStore } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const listeners = new Set();
const subscribe = (listener) => (listeners.add(listener), () => listeners.delete(listener));
let people = {};

/** `{conversation: [{name, initials}]}`. */
export function PeopleInRows({ people: now }) {
  useLayoutEffect(() => {
    people = now;
    listeners.forEach((listener) => listener());
  }, [now]);
  return null;
}

export function RowPeople({ thread }) {
  const there = useSyncExternalStore(subscribe, () => people[thread], () => undefined);
  const { t, language } = useTexts();
  if (!there) return null;
  const names = new Intl.ListFormat(language).format(there.map(({ name }) => name));
  const words = there.length > 1 ? t("{names} are viewing", { names }) : t("{name} is viewing", { name: names });
  return (
    <span className="row-people" role="img" title={words} aria-label={words}>
      <Icon name="eye" />
      {there.length > 1 ? there.length : there[0].initials}
    </span>
  );
}
