// The panel of tasks: a column where there is room, a drawer, a sheet from the bottom; its form, and the menu of a message.
import { useEffect, useRef, useState } from "react";
import "@/styles/tasks.css";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { FormDialog } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import MessageMenu from "@/external/inbox_app/components/inbox/tasks/tasks/message_menu.jsx";
import TaskForm from "@/external/inbox_app/components/inbox/tasks/tasks/task_form.jsx";
import TaskList from "@/external/inbox_app/components/inbox/tasks/tasks/task_list.jsx";

const WIDE = "(min-width: 1200px)";
const FORM = "task-form";

function useWide() {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const screen = matchMedia(WIDE);
    const onChange = () => setWide(screen.matches);
    screen.addEventListener("change", onChange);
    return () => screen.removeEventListener("change", onChange);
  }, []);
  return wide;
}

/** `wanted`: the `panel`, and the `button` of a message that was pressed at a time. */
export default function TasksParts({ wanted, want, beside, thread, form, done, onOpen, onClose, onBegin, ...rest }) {
  const { t } = useTexts();
  // What the form is about: a task that is there, or a new one, which waits for what it begins with.
  const [about, setAbout] = useState(null);
  const before = useRef(form.count);
  const panel = Boolean(wanted.panel);
  const calls = useRef({});
  calls.current = { onOpen, onClose };

  useEffect(() => {
    if (!panel || !thread) return undefined;
    calls.current.onOpen(thread);
    return () => calls.current.onClose();
  }, [panel, thread]);
  useEffect(() => {
    if (about) document.dispatchEvent(new Event(FORM));
  }, [about]);
  useEffect(() => {
    if (form.count === before.current) return;
    before.current = form.count;
    setAbout({ task: "", kind: "maintenance", due: "", ...form });
  }, [form.count]);
  const first = useRef(done);
  useEffect(() => {
    if (done !== first.current) want({ panel: true });
    first.current = done;
  }, [done]);

  const edit = (row) =>
    setAbout({ task: row.id, message: row.message, kind: row.kind, title: row.title, description: row.description, due: row.due,
      home_id: row.home_id, home: row.home_id ? row.home : "", zone: row.zone, supplier_id: row.supplier_id, supplier: row.supplier, photo: row.photo });
  const list = <TaskList thread={thread} onNew={() => onBegin(thread, "")} onEdit={edit} {...rest} />;
  return (
    <>
      {panel && <Panel {...{ beside, t }} onClose={() => want(null)}>{list}</Panel>}
      {wanted.button && (
        <MessageMenu key={wanted.at} button={wanted.button} onTask={(message) => onBegin(thread, message)} onClose={() => want(panel ? { panel } : {})} />
      )}
      <FormDialog title={about?.task ? t("Change the task") : t("New task")} opensOn={FORM} done={done}>
        {about && <TaskForm key={about.task || `new ${form.count}`} {...{ about, ...rest }} />}
      </FormDialog>
    </>
  );
}

function Panel({ beside, t, onClose, children }) {
  const wide = useWide();
  const close = (
    <button type="button" className="icon-button side-close" aria-label={t("Close")} onClick={onClose}><Icon name="close" /></button>
  );
  if (wide && beside) return <section className="side-panel tasks" aria-label={t("Tasks")}>{close}{children}</section>;
  return <Dialog open className="drawer side-panel tasks" aria-label={t("Tasks")} onClose={onClose}>{close}{children}</Dialog>;
}
