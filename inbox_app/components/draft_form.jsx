// A form in steps that keeps what was typed: here while one types, in the tab's storage for a reload or for Back.
import { createContext, useContext, useEffect, useRef, useState } from "react";
import { Icon } from "@/external/inbox_app/components/icons/icons.jsx";
import { LanguageOptions } from "@/external/inbox_app/components/languages/languages.jsx";
import { MessageText } from "@/external/inbox_app/components/message_text/message_text.jsx";
import { useTexts } from "@/external/inbox_app/components/text/text.jsx";
import { reference, size } from "@/external/inbox_app/components/typed/typed.js";

const PAUSE = 500;
const PATIENCE = 8000;
const Form = createContext({});
const useForm = () => useContext(Form);

function kept(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
}

const BLANK = { category: "", internal_name: "", body: "", language: "" };

/** `steps` are the fields of each step; a step is left when the server has no problem with them. */
export function DraftForm({ place, start, first, steps, problems, checkedRef, savedRef, refusedRef, saving, onCheck, onSave, children }) {
  const [draft, setDraft] = useState(BLANK);
  const [step, setStep] = useState(0);
  const [asked, setAsked] = useState([]);
  const [waiting, setWaiting] = useState(null);
  const [goal, aim] = useState(null);
  const timer = useRef(0);
  const form = useRef(null);
  const whole = { ...draft, language: draft.language || start };
  const latest = useRef(whole);
  latest.current = whole;

  useEffect(() => {
    if (!place) return;
    if (savedRef && kept(place).ref === savedRef) sessionStorage.removeItem(place);
    const before = kept(place);
    const begun = before.draft ?? { ...BLANK, ...first };
    setDraft(begun);
    setStep(before.step ?? (begun.category ? 1 : 0));
    setAsked([]);
    if (Object.values(begun).some(Boolean)) check(begun);
  }, [place]);

  const keep = (more) => place && sessionStorage.setItem(place, JSON.stringify({ draft, step, ...more }));
  const check = (words, ref = "") => onCheck?.(words.category, words.internal_name, words.body, words.language || start, ref);
  const write = (name, value) => {
    const words = { ...draft, [name]: value };
    setDraft(words);
    keep({ draft: words });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => check(latest.current), PAUSE);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  const go = (to) => {
    setStep(to);
    keep({ step: to });
    aim({ at: `[data-step="${to}"] h2` });
  };
  const mend = (name) => {
    setAsked(steps.flat());
    setStep(steps.findIndex((fields) => fields.includes(name)));
    aim({ at: `[name="${name}"]` });
  };
  // What is focused has to be seen first: the step is shown by then.
  useEffect(() => {
    if (goal) form.current?.querySelector(goal.at)?.focus();
  }, [goal]);
  const wait = (ref) => {
    setWaiting({ ref });
    setTimeout(() => setWaiting((now) => (now?.ref === ref ? null : now)), PATIENCE);
  };
  const next = () => {
    const ref = reference();
    clearTimeout(timer.current);
    setAsked([...asked, ...steps[step]]);
    wait(ref);
    check(whole, ref);
  };
  const save = () => {
    const ref = reference();
    clearTimeout(timer.current);
    keep({ ref });
    wait(ref);
    onSave?.(whole.category, whole.internal_name, whole.body, whole.language, ref);
  };
  useEffect(() => {
    if (!waiting || waiting.ref !== checkedRef) return;
    setWaiting(null);
    const wrong = steps[step].find((name) => problems[name]);
    if (wrong) mend(wrong);
    else go(step + 1);
  }, [checkedRef, waiting]);
  useEffect(() => {
    if (!waiting || waiting.ref !== refusedRef) return;
    setWaiting(null);
    const wrong = steps.flat().find((name) => problems[name]);
    if (wrong) mend(wrong);
  }, [refusedRef, waiting]);
  useEffect(() => {
    if (place && savedRef && kept(place).ref === savedRef) sessionStorage.removeItem(place);
  }, [savedRef]);

  const onSubmit = (event) => {
    event.preventDefault();
    if (waiting || saving) return;
    if (step < steps.length - 1) next();
    else save();
  };
  const busy = saving || waiting !== null;
  return (
    <Form.Provider value={{ draft: whole, problems, write, step, go, asked, busy, saving, last: steps.length - 1 }}>
      <form className="draft-form" ref={form} onSubmit={onSubmit} noValidate>{children}</form>
    </Form.Provider>
  );
}

/** Where one is; steps that were passed can be gone back to. */
export function DraftSteps({ names }) {
  const { step, go } = useForm();
  return (
    <ol className="draft-steps">
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

export const DraftStep = ({ at, children }) => (
  <section data-step={at} className="draft-step" hidden={useForm().step !== at}>{children}</section>
);

/** The heading of a step, which takes the focus when one comes to it. */
export const DraftHeading = ({ children }) => <h2 tabIndex={-1}>{children}</h2>;

export function DraftChoice({ name, value, children }) {
  const { draft, write } = useForm();
  return (
    <label className="draft-choice">
      <input type="radio" name={name} value={value} checked={draft[name] === value} onChange={() => write(name, value)} />
      <span>{children}</span>
    </label>
  );
}

/** Whether something is to be said against a field: not that it is empty, before it was to be filled in. */
function useWrong(name) {
  const { draft, problems = {}, asked } = useForm();
  if (!problems[name]) return false;
  return draft[name].trim() ? problems[name] !== "empty" : asked.includes(name);
}

export function DraftText({ name, lines = 1, describedBy }) {
  const { draft, write } = useForm();
  const wrong = useWrong(name);
  const Box = lines > 1 ? "textarea" : "input";
  const rows = lines > 1 ? { rows: lines } : { type: "text", autoComplete: "off" };
  return (
    <Box
      name={name} dir="auto" value={draft[name]} aria-describedby={describedBy} aria-invalid={wrong || undefined}
      onChange={(event) => write(name, event.target.value)} {...rows}
    />
  );
}

export function DraftLanguage({ name, codes, label }) {
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
export function DraftCount({ name, most }) {
  const count = size(useForm().draft[name]);
  return <span className={count > most ? "draft-count over" : "draft-count"}>{count} / {most}</span>;
}

/** Its children, which say what is wrong with a field. */
export const DraftTrouble = ({ name, children }) => (useWrong(name) ? children : null);

/** The message as it will arrive. */
export function DraftPreview({ blank }) {
  const text = useForm().draft.body.trim();
  return (
    <div className="draft-preview-bubble">
      {text ? <MessageText text={text} /> : <p className="quiet">{blank}</p>}
    </div>
  );
}

/** Back and forth; the last step saves. */
export function DraftButtons({ save }) {
  const { step, go, busy, saving, last } = useForm();
  const { t } = useTexts();
  return (
    <footer className="draft-buttons">
      {step > 0 && <button type="button" className="button quiet-button" disabled={saving} onClick={() => go(step - 1)}>{t("Back")}</button>}
      <button type="submit" className="button" disabled={busy}>{step < last ? t("Next") : saving ? t("Sending to Meta…") : save}</button>
    </footer>
  );
}
