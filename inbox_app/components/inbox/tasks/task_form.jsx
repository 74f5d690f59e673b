// A task: what, where, by when, and who does it. To assign it sends nothing.
import { useRef, useState } from "react";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { CloseButton } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { Choice } from "@/external/inbox_app/components/forms/choice/choice.jsx";
import { kinds } from "@/external/inbox_app/components/inbox/tasks/tasks/task_words.js";

const FIELDS = ["title", "kind", "description", "due"];

/** `about` is a task that is there, or what a new one begins with. */
export default function TaskForm({ about, choices, choicesFor, problem, refused, onFind, onSave }) {
  const { t } = useTexts();
  const before = useRef(refused);
  const [home, setHome] = useState(about.home_id ? { id: about.home_id, name: about.home } : null);
  const [supplier, setSupplier] = useState(about.supplier_id ? { id: about.supplier_id, name: about.supplier } : null);
  const said = refused === before.current ? "" : problem;
  const words = { title: t("Write what is to be done."), time: t("That time doesn't exist there."), gone: t("What you chose is no longer there. Choose again.") };
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const given = Object.fromEntries(FIELDS.map((name) => [name, form.get(name) ?? ""]));
    onSave(about.task, about.message, { ...given, home: home?.id ?? "", supplier: supplier?.id ?? "" });
  };
  const finding = { choices, choicesFor, onFind };
  return (
    <form className="dialog-form task-form" onSubmit={submit}>
      <label className="field">
        <span>{t("What is to be done")}</span>
        <input name="title" data-first="" required maxLength={200} autoComplete="off" defaultValue={about.title} dir="auto" aria-invalid={said === "title"} />
      </label>
      <div className="field-row">
        <label className="field">
          <span>{t("Kind of task")}</span>
          <select name="kind" defaultValue={about.kind}>{kinds(t).map(([value, name]) => <option key={value} value={value}>{name}</option>)}</select>
        </label>
        <label className="field">
          <span>{t("Due, at the accommodation")}</span>
          <input type="datetime-local" name="due" defaultValue={about.due} aria-invalid={said === "time"} />
        </label>
      </div>
      <Choice what="home" label={t("Accommodation (optional)")} hint={t("Name of the accommodation")} chosen={home} onChoose={setHome} {...finding} />
      <Choice what="supplier" label={t("Supplier (optional)")} hint={t("Name or number")} chosen={supplier} onChoose={setSupplier} {...finding} />
      <label className="field">
        <span>{t("Description")}</span>
        <textarea name="description" rows={3} maxLength={4000} defaultValue={about.description} dir="auto" />
      </label>
      {about.photo && <p className="task-photo-line"><img src={`/media/${about.photo}?size=thumb`} alt={t("Photo")} /> <span className="quiet">{t("The photo of the message comes along.")}</span></p>}
      <div role="alert">{said && <p className="form-problem"><Icon name="warning" /><span>{words[said]}</span></p>}</div>
      <p className="form-note">{t("Saving sends nothing to anyone.")}</p>
      <div className="dialog-end">
        <CloseButton className="button quiet-button">{t("Cancel")}</CloseButton>
        <button type="submit" className="button">{about.task ? t("Save") : t("Create task")}</button>
      </div>
    </form>
  );
}
