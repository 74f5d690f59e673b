// Labels and kept lists: a new one, and all of them in order (P9).
import { useEffect, useState } from "react";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { CloseButton, FormDialog } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { NameForm, nameProblem } from "@/external/inbox_app/components/inbox/list/label_picker/label_names.jsx";

const COLOURS = ["grey", "red", "amber", "green", "blue", "violet"];

/** `naming` are the conversations that a new label is for, or null. */
export default function LabelDialogs({ labels, views, problem, done, naming, onNamed, onMake, onChangeLabel, onMergeLabel, onDeleteLabel, onSaveView, onDeleteView }) {
  const { t } = useTexts();
  useEffect(onNamed, [done]);
  return (
    <>
      {naming && (
        <Dialog open className="dialog sheet" aria-label={t("New label")} onClose={onNamed}>
          <Head title={t("New label")} />
          <NameForm label={t("Name")} act={t("Create")} problem={problem} onName={onMake} />
        </Dialog>
      )}
      <FormDialog title={t("Keep this list")} opensOn="keep-list" done={String(done)}>
        <p className="form-note">{t("The filter, the label and the words in the search box, under a name of yours.")}</p>
        <NameForm label={t("Name")} act={t("Keep")} problem={problem} onName={onSaveView} />
      </FormDialog>
      <FormDialog title={t("Labels and lists")} opensOn="manage-labels">
        <div className="label-list">
          {labels.length + views.length === 0 && <p className="explanation">{t("None yet. Add one to a conversation, from its menu.")}</p>}
          {labels.map((label) => <LabelLine key={label.id} {...{ label, labels, t, onChangeLabel, onMergeLabel, onDeleteLabel }} />)}
          {problem && <p className="form-problem" role="alert">{nameProblem(problem, t)}</p>}
          {views.length > 0 && <h3>{t("Your lists")}</h3>}
          {views.map((view) => (
            <div key={view.id} className="label-line">
              <span className="truncate">{view.name}</span>
              <Sign name="trash" label={t("Delete {name}", { name: view.name })} act={() => onDeleteView(view.id)} />
            </div>
          ))}
        </div>
      </FormDialog>
    </>
  );
}

function LabelLine({ label, labels, t, onChangeLabel, onMergeLabel, onDeleteLabel }) {
  const [name, setName] = useState(label.name);
  const [sure, ask] = useState(false);
  useEffect(() => setName(label.name), [label.name]);
  const keep = () => name.trim() !== label.name && onChangeLabel(label.id, name, label.colour);
  const others = labels.filter((each) => each.id !== label.id);
  return (
    <div className="label-line">
      <select aria-label={t("Colour of {name}", { name: label.name })} className={`label-colour ${label.colour}`} value={label.colour} onChange={(event) => onChangeLabel(label.id, label.name, event.target.value)}>
        {COLOURS.map((colour) => <option key={colour} value={colour}>{colourName(colour, t)}</option>)}
      </select>
      <input aria-label={t("Name")} value={name} maxLength={40} onChange={(event) => setName(event.target.value)} onBlur={keep} onKeyDown={(event) => event.key === "Enter" && keep()} />
      {others.length > 0 && (
        <select aria-label={t("Merge {name} into", { name: label.name })} value="" onChange={(event) => onMergeLabel(label.id, event.target.value)}>
          <option value="">{t("Merge into…")}</option>
          {others.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}
        </select>
      )}
      {sure
        ? <button type="button" className="button danger" onClick={() => onDeleteLabel(label.id)}>{t("Delete")}</button>
        : <Sign name="trash" label={t("Delete {name}", { name: label.name })} act={() => ask(true)} />}
    </div>
  );
}

const Head = ({ title }) => {
  const { t } = useTexts();
  return (
    <header>
      <h2>{title}</h2>
      <CloseButton className="icon-button" aria-label={t("Close")}><Icon name="close" /></CloseButton>
    </header>
  );
};

const Sign = ({ name, label, act }) => (
  <button type="button" className="icon-button" title={label} aria-label={label} onClick={act}><Icon name={name} /></button>
);

const colourName = (colour, t) =>
  ({ grey: t("Grey"), red: t("Red"), amber: t("Amber"), green: t("Green"), blue: t("Blue"), violet: t("Violet") })[colour];
