// To whom rows are assigned: to oneself first, to a colleague, to nobody (P9).
import { Item } from "@/external/inbox_app/components/dialogs/menu/menu_parts.js";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

export default function AssignPage({ of, people, me, t, first, choose, onAct }) {
  const some = (holds) => of.rows.length === 0 || of.rows.some(holds);
  const choices = [
    some((row) => row.assignee.id !== me) && ["take", "", "person", t("Take it on")],
    ...people.filter((each) => each.id !== me && some((row) => row.assignee.id !== each.id)).map((each) => ["assign", each.id, "", each.name, each.initials]),
    some((row) => row.assignee.id) && ["unassign", "", "close", t("Nobody")],
  ].filter(Boolean);
  return (
    <>
      <p className="menu-title">{t("Assign to")}</p>
      {choices.map(([what, value, icon, words, initials], index) => (
        <Item key={what + value} ref={index ? null : first} className="menu-item" onSelect={choose(() => onAct(what, value))}>
          {icon ? <Icon name={icon} /> : <i className="assignee">{initials}</i>} <span className="truncate" dir="auto">{words}</span>
        </Item>
      ))}
    </>
  );
}
