// What a menu offers of labels: each to be put on or taken off, which is seen at once.
import { useState } from "react";
import "@/styles/labels.css";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** Stays open. `had` are the ids of those that are on, `children` stand below; `CheckboxItem` is Radix's. */
export function LabelPage({ CheckboxItem, labels, had, first, onToggle, children }) {
  const { t } = useTexts();
  const [now, put] = useState(had);
  const toggle = (id) => (event) => {
    event.preventDefault();
    onToggle(id, !now.includes(id));
    put(now.includes(id) ? now.filter((each) => each !== id) : [...now, id]);
  };
  return (
    <>
      <p className="menu-title">{t("Labels")}</p>
      {labels.map((label, index) => (
        <CheckboxItem key={label.id} ref={index ? null : first} className="menu-item check-item" checked={now.includes(label.id)} onSelect={toggle(label.id)}>
          <span className={`tag label ${label.colour}`}>{label.name}</span>
        </CheckboxItem>
      ))}
      {children}
    </>
  );
}
