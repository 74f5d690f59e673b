// What one can do to rows of the list, by key, pointer and finger; to those chosen, else to the one that is meant.
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import "@/styles/row_tools.css";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import ChosenBar from "@/external/inbox_app/components/inbox/list/row_tools/chosen_bar.jsx";
import LabelDialogs from "@/external/inbox_app/components/inbox/list/row_tools/label_dialogs.jsx";
import RowMenu from "@/external/inbox_app/components/inbox/list/row_tools/row_menu.jsx";
import TriageNotice from "@/external/inbox_app/components/inbox/list/row_tools/triage_notice.jsx";
import { nextAfter, ranged, toggled } from "@/external/inbox_app/components/inbox/list/row_tools/chosen_rows.js";
import { listenToFingers } from "@/external/inbox_app/components/inbox/list/row_tools/row_gestures.js";
import { OwnTime } from "@/external/inbox_app/components/inbox/list/row_tools/snooze_choices.jsx";

const ALL = "view";
const NONE = new Set();
const STAYS_CHOSEN = new Set(["label", "unlabel"]);
const TYPING = "input, textarea, select, [contenteditable]";
const OVER = "dialog[open], [role=menu]";
const list = () => document.getElementById("conversations");
const linkOf = (id) => list()?.querySelector(`[data-conversation="${CSS.escape(id)}"]`);
const ids = () => [...list().querySelectorAll("[data-conversation]")].map((row) => row.dataset.conversation);
const current = () => list()?.querySelector('[data-conversation][aria-current="page"]')?.dataset.conversation ?? openId();
const openId = () => location.pathname.match(/^\/inbox\/([^/]+)/)?.[1] ?? "";
const idAt = (target) => target?.closest?.("[data-row]")?.querySelector("[data-conversation]")?.dataset.conversation ?? "";
const atMeant = () => linkOf(meant()) ?? document.body;
/** The row with the focus, else the open one. */
const meant = () => idAt(document.activeElement) || current();

export default function RowTools({ rows, view, search, more, notices, labels, people, me, onChange, onUndo, onMakeLabel, ...rest }) {
  const { t } = useTexts();
  const [chosen, choose] = useState(NONE);
  const [all, chooseAll] = useState(false);
  const [menu, openMenu] = useState(null);
  const [asking, ask] = useState(null);
  const last = useRef("");
  const clear = () => (choose(NONE), chooseAll(false));
  const [naming, name] = useState(null);
  const several = people.length > 1;
  useEffect(clear, [view]);
  useEffect(() => fill(search), [search]);
  useEffect(() => mark(all ? new Set(ids()) : chosen), [chosen, all, rows]);

  /** The ids that an act is about: all, those chosen, or `id`. */
  const about = (id) => (all ? ALL : chosen.size && (!id || chosen.has(id)) ? [...chosen] : id ? [id] : []);
  const known = (which) => (which === ALL ? [] : rows.filter((row) => which.includes(row.id)));
  const act = (what, which, value = "") => {
    if (which === ALL || which.length) onChange(what, which, value);
    if (STAYS_CHOSEN.has(what)) return;
    if (which === ALL || which.some((id) => chosen.has(id))) clear();
  };
  const toggle = (id) => {
    if (!id) return;
    last.current = id;
    chooseAll(false);
    choose(toggled(all ? new Set(ids()) : chosen, id));
  };
  const range = (id) => {
    chooseAll(false);
    choose(ranged(chosen, ids(), last.current || current() || id, id));
    last.current = id;
  };
  /** With where it opens: at a point, or under an element. */
  const show = (which, at, page) => {
    if (which !== ALL && !which.length) return;
    const place = at instanceof Element ? { x: at.getBoundingClientRect().left + 24, y: at.getBoundingClientRect().bottom } : at;
    const focus = at instanceof Element ? at : linkOf(which[0]);
    openMenu({ which, rows: known(which), page, focus, ...place });
  };
  /** What a key is about: those chosen, else the row that is meant. */
  const keyed = () => about(all || chosen.size ? "" : meant());
  const doneAndNext = () => {
    const which = keyed();
    if (which !== ALL) goOn(new Set(which), meant());
    act("done", which);
  };
  const done = (id) => act("done", about(id));
  const snooze = (id, at) => show(about(id), at ?? linkOf(id) ?? document.body, "snooze");
  const assign = (at = document.activeElement) => show([openId()], at, "assign");

  const keys = {
    e: doneAndNext,
    E: () => act("done", keyed()),
    h: () => show(keyed(), atMeant(), "snooze"),
    m: () => show(keyed(), atMeant()),
    a: () => several && show(keyed(), atMeant(), "assign"),
    l: () => show(keyed(), atMeant(), "labels"),
    s: () => star(keyed()),
    u: () => act("unread", keyed()),
    x: () => toggle(meant()),
    z: onUndo,
  };
  const star = (which) => act(known(which).every((row) => row.starred) && which !== ALL ? "unstar" : "star", which);
  const handle = useRef(null);
  handle.current = { keys, chosen, clear, toggle, range, show, about, done, snooze, assign, doneAndNext, all };
  useEffect(() => listen(handle), []);

  // Not within the list: on a phone it is not drawn while a thread is open.
  const over = (
    <>
      {menu && (
        <RowMenu
          key={`${menu.which}${menu.page}`} of={menu} labels={labels} people={people} me={me} onNewLabel={() => name(menu.which)} onClose={() => openMenu(null)} onAct={(what, value) => act(what, menu.which, value)}
          onOwnTime={() => ask(menu.which)} onChoose={() => toggle(menu.which[0])}
        />
      )}
      {asking && (
        <Dialog open className="dialog sheet" aria-label={t("Snooze")} onClose={() => ask(null)}>
          <header><h2>{t("Snooze")}</h2></header>
          <OwnTime onChoose={(until) => (act("snooze", asking, until), ask(null))} />
        </Dialog>
      )}
      <LabelDialogs {...rest} labels={labels} naming={naming} onNamed={() => name(null)} onMake={(word) => onMakeLabel(word, naming)} />
      <TriageNotice latest={notices[0]} onUndo={onUndo} />
    </>
  );
  return (
    <>
      {(all || chosen.size > 0) && (
        <ChosenBar
          count={all ? null : chosen.size} several={several} mayHaveAll={!all && (more || chosen.size < rows.length)} onClear={clear}
          onAll={() => chooseAll(true)} onAct={(what) => act(what, about(""))} onMenu={(event, page) => show(about(""), event.currentTarget, page)}
        />
      )}
      {createPortal(over, document.querySelector("main"))}
    </>
  );
}

/** A list that was kept under a name brings its words along. */
function fill(words) {
  const box = list()?.querySelector("input[type=search]");
  if (box && box !== document.activeElement) box.value = words;
}

/** Shows which rows are chosen; React leaves alone what it has not put there. */
function mark(chosen) {
  for (const row of list()?.querySelectorAll("[data-row]") ?? []) row.toggleAttribute("data-chosen", chosen.has(row.dataset.row));
  list()?.toggleAttribute("data-choosing", chosen.size > 0);
}

/** Opens the next one if the open one has been seen to; moves the focus on if that stood on one of them. */
function goOn(gone, id) {
  const link = linkOf(nextAfter(ids(), gone, id));
  if (gone.has(current()) && openId()) link ? link.click() : document.querySelector(".back")?.click();
  else link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}

function listen(handle) {
  const section = list();
  const onKey = (event) => {
    const alt = event.altKey && !event.ctrlKey && !event.metaKey && { KeyE: "e", KeyH: "h", KeyZ: "z" }[event.code];
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.target.closest?.(TYPING) && event.key;
    const { keys, chosen, all, clear } = handle.current;
    if (document.querySelector(OVER)) return;
    if (plain === "Escape" && (all || chosen.size)) clear();
    const key = keys[alt || plain];
    if (!key || event.repeat) return;
    event.preventDefault();
    key();
  };
  const onClick = (event) => {
    const id = idAt(event.target);
    const button = event.target.closest("[data-act]");
    const { chosen, all, toggle, range, show, about, done } = handle.current;
    const stop = () => (event.preventDefault(), event.stopPropagation());
    if (!id) return;
    if (button) stop(), button.dataset.act === "done" ? done(id) : show(about(id), button);
    else if (event.shiftKey) stop(), range(id);
    else if (event.ctrlKey || event.metaKey || event.target.closest(".avatar") || ((all || chosen.size) && matchMedia("(pointer: coarse)").matches)) stop(), toggle(id);
  };
  const onMenu = (event) => {
    const id = idAt(event.target);
    if (!id || event.defaultPrevented || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    const byKey = event.button !== 2;
    handle.current.show(handle.current.about(id), byKey ? linkOf(id) : { x: event.clientX, y: event.clientY });
  };
  const onTool = ({ detail: { act, at } }) => {
    const { snooze, assign, doneAndNext } = handle.current;
    ({ snooze: () => snooze(openId(), at), assign: () => assign(at), done: doneAndNext })[act]();
  };
  const onAssign = () => handle.current.assign();
  const onSnooze = () => handle.current.snooze(openId(), document.activeElement);
  const endTouch = listenToFingers(section, {
    onPress: (id) => handle.current.toggle(id),
    onSwipe: (what, id) => (what === "done" ? handle.current.done(id) : handle.current.snooze(id)),
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("row-tool", onTool);
  document.addEventListener("assign-open", onAssign);
  document.addEventListener("snooze-open", onSnooze);
  section.addEventListener("click", onClick, true);
  section.addEventListener("contextmenu", onMenu);
  return () => {
    endTouch();
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("row-tool", onTool);
    document.removeEventListener("assign-open", onAssign);
    document.removeEventListener("snooze-open", onSnooze);
    section.removeEventListener("click", onClick, true);
    section.removeEventListener("contextmenu", onMenu);
  };
}
