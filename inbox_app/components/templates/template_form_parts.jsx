// What stands in a form in steps: its fields, what is wrong with them, the way back and forth.
import "@/styles/select.css";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { LanguageOptions } from "@/external/inbox_app/components/i18n/languages/languages.jsx";
import { MessageText } from "@/external/inbox_app/components/inbox/thread/message_text/message_text.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { size } from "@/external/inbox_app/components/forms/typed/typed.js";
import { problemsOf, useForm } from "@/external/inbox_app/components/templates/template_form/template_form.jsx";

/** Where one is; steps that were passed can be gone back to. */
export function FormSteps({ names }) {
  const { step, go } = useForm();
  return (
    <ol className="template-form-steps">
      {names.map((name, at) => (
        <li key={at} aria-current={at === step ? "step" : undefined} className={at < step ? "done" : ""}>
          <button type="button" disabled={at >= step} onClick={() => go(at)}>
            <span>{at < step ? <Icon name="check" /> : at + 1}</span> {name}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Of a language as Meta writes it. */
const tagOf = (code) => code?.replace("_", "-") || undefined;

export const FormStep = ({ at, children }) => (
  <section data-step={at} className="template-form-step" hidden={useForm().step !== at}>{children}</section>
);

/** The heading of a step, which takes the focus when one comes to it. */
export const StepHeading = ({ children }) => <h2 tabIndex={-1}>{children}</h2>;

export function FieldChoice({ name, value, children }) {
  const { draft, write } = useForm();
  return (
    <label className="template-form-choice">
      <input type="radio" name={name} value={value} checked={draft[name] === value} onChange={() => write(name, value)} />
      <span>{children}</span>
    </label>
  );
}

/** Whether something is to be said against a field: not that it is empty, before it was to be filled in. */
function useWrong(name) {
  const { draft, problems, asked } = useForm();
  const found = problemsOf(name, problems);
  if (!found.length) return false;
  return draft[name].trim() ? !found.includes("empty") : asked.includes(name);
}

export function TextField({ name, lines = 1, describedBy }) {
  const { draft, write } = useForm();
  const wrong = useWrong(name);
  const Box = lines > 1 ? "textarea" : "input";
  const rows = lines > 1 ? { rows: lines } : { type: "text", autoComplete: "off" };
  return (
    <Box
      name={name} dir="auto" lang={name === "body" ? tagOf(draft.language) : undefined} value={draft[name]} aria-describedby={describedBy} aria-invalid={wrong || undefined}
      onChange={(event) => write(name, event.target.value)} {...rows}
    />
  );
}

export function LanguageField({ name, codes, label }) {
  const { draft, write } = useForm();
  return (
    <span className="select">
      <select name={name} value={draft[name]} aria-label={label} onChange={(event) => write(name, event.target.value)}>
        <LanguageOptions codes={codes} />
      </select>
      <Icon name="chevron-down" />
    </span>
  );
}

/** How many characters, of so many. */
export function CharacterCount({ name, most }) {
  const count = size(useForm().draft[name]);
  return <span className={count > most ? "template-form-count over" : "template-form-count"}>{count} / {most}</span>;
}

/** Its children, which say what is wrong with a field. */
export const FieldProblem = ({ name, children }) => (useWrong(name) ? children : null);

/** The message as it will arrive. */
export function MessagePreview({ blank }) {
  const { draft } = useForm();
  const text = draft.body.trim();
  return (
    <div className="template-form-preview-bubble">
      {text ? <div lang={tagOf(draft.language)}><MessageText text={text} /></div> : <p className="quiet">{blank}</p>}
    </div>
  );
}

/** Back and forth; the last step saves. */
export function FormButtons({ save }) {
  const { step, go, busy, saving, last } = useForm();
  const { t } = useTexts();
  return (
    <footer className="template-form-buttons">
      {step > 0 && <button type="button" className="button quiet-button" disabled={saving} onClick={() => go(step - 1)}>{t("Back")}</button>}
      <button type="submit" className="button" disabled={busy}>{step < last ? t("Next") : saving ? t("Sending to Meta…") : save}</button>
    </footer>
  );
}
