// The menu of a row, or of several: at the pointer, at the row for the keyboard, at the button that opened it.
import { useEffect, useRef, useState } from "react";
import { CheckboxItem, Content, Item, Portal, Root, Trigger } from "@/external/inbox_app/components/dialogs/menu/menu_parts.js";
import { useHistoryStep } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { LabelPage } from "@/external/inbox_app/components/inbox/list/label_picker/label_page.jsx";
import AssignPage from "@/external/inbox_app/components/inbox/list/row_tools/assign_page.jsx";
import { snoozeChoices } from "@/external/inbox_app/components/inbox/list/row_tools/snooze_choices.jsx";

const PAGES = new Set(["snooze", "labels", "assign"]);
const isTouch = () => matchMedia("(pointer: coarse)").matches;

/** `of` says what it is about: `rows` that are known, the place `x`, `y`, and the `page` it opens with. */
export default function RowMenu({ of, labels, people, me, onAct, onOwnTime, onNewLabel, onChoose, onClose }) {
  const { t } = useTexts();
  const [page, turn] = useState(of.page ?? "all");
  const acted = useRef(false);
  const first = useRef(null);
  useHistoryStep(isTouch(), onClose);
  useEffect(() => first.current?.focus(), [page]);

  const choose = (act) => () => {
    acted.current = true;
    onClose();
    act();
  };
  const turnTo = (name) => (event) => {
    event.preventDefault();
    turn(name);
  };
  const onClosed = (event) => {
    event.preventDefault();
    if (!acted.current || document.activeElement === document.body) of.focus?.focus({ preventScroll: true });
  };
  const point = { position: "fixed", left: of.x, top: of.y, width: 0, height: 0 };
  return (
    <Root open modal={false} onOpenChange={(open) => open || onClose()}>
      <Trigger asChild><span style={point} aria-hidden="true" tabIndex={-1} /></Trigger>
      <Portal container={document.querySelector("main")}>
        <Content className="menu row-menu" align="start" side="bottom" sideOffset={2} collisionPadding={8} onCloseAutoFocus={onClosed} aria-label={t("Actions")}>
          {page === "labels" && <RowLabels {...{ of, labels, t, first, onAct, choose, onNewLabel }} />}
          {page === "snooze" && <SnoozePage {...{ of, t, first, choose, onAct, onOwnTime }} />}
          {page === "assign" && <AssignPage {...{ of, people, me, t, first, choose, onAct }} />}
          {page === "all" &&
            actions(of.rows, t, people.length > 1 && me).map(([what, words, icon], index) => (
                <Item key={what} ref={index ? null : first} className="menu-item" onSelect={PAGES.has(what) ? turnTo(what) : choose(() => (what === "choose" ? onChoose() : onAct(what)))}>
                  <Icon name={icon} /> {words}
                </Item>
              ))}
        </Content>
      </Portal>
    </Root>
  );
}

/** Of several rows a label is on where each of them has it. */
function RowLabels({ of, labels, t, first, onAct, choose, onNewLabel }) {
  const has = (label) => of.rows.length > 0 && of.rows.every((row) => row.labels.some((each) => each.id === label.id));
  const had = labels.filter(has).map((label) => label.id);
  return (
    <LabelPage {...{ CheckboxItem, labels, had, first }} onToggle={(id, on) => onAct(on ? "label" : "unlabel", id)}>
      <Item ref={labels.length ? null : first} className="menu-item" onSelect={choose(onNewLabel)}><Icon name="plus" /> {t("New label…")}</Item>
    </LabelPage>
  );
}

function SnoozePage({ of, t, first, choose, onAct, onOwnTime }) {
  return (
    <>
      <p className="menu-title">{t("Snooze")}</p>
      {snoozeChoices(of.rows, t).map(([words, value, beside], index) => (
        <Item key={value} ref={index ? null : first} className="menu-item" onSelect={choose(() => onAct("snooze", value))}>
          {words} {beside && <small>{beside}</small>}
        </Item>
      ))}
      <Item className="menu-item" onSelect={choose(onOwnTime)}><Icon name="calendar" /> {t("Day and time…")}</Item>
    </>
  );
}

/** Of rows that are not known (they are further down) everything may be done; without `me` there is nobody to assign them to. */
function actions(rows, t, me) {
  const some = (holds) => rows.length === 0 || rows.some(holds);
  const toDo = (row) => row.waiting_since && !row.snooze;
  return [
    some((row) => row.waiting_since || row.snooze) && ["done", t("Done"), "check"],
    some((row) => !toDo(row)) && ["to_do", t("To do again"), "reply"],
    ["snooze", t("Snooze…"), "snooze"],
    me && some((row) => row.assignee.id !== me) && ["take", t("Take it on"), "person"],
    me && ["assign", t("Assign…"), "people"],
    ["labels", t("Labels…"), "label"],
    some((row) => !row.starred) && ["star", t("Add a star"), "star"],
    some((row) => row.starred) && ["unstar", t("Take the star away"), "star"],
    some((row) => row.unread) && ["read", t("Mark as read"), "checks"],
    some((row) => !row.unread && row.last_at) && ["unread", t("Mark as unread"), "unread"],
    some((row) => !row.archived) && ["archive", t("Archive"), "archive"],
    some((row) => row.archived) && ["take_back", t("Take out of the archive"), "archive"],
    rows.length === 1 && ["choose", t("Select"), "checks"],
  ].filter(Boolean);
}
