// A form in steps that keeps what was typed: here while one types, in the tab's storage for a reload or for Back.
import { createContext, useContext, useEffect, useRef, useState } from "react";
import { PATIENCE } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { reference } from "@/external/inbox_app/components/forms/typed/typed.js";

const PAUSE = 500;
const Form = createContext({});

/** What the parts of a form know of it. */
export const useForm = () => useContext(Form);

/** What is wrong with a field. */
export const problemsOf = (name, problems = []) => problems.filter(({ field }) => field === name).map(({ problem }) => problem);

function kept(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
}

const BLANK = { category: "", internal_name: "", body: "", language: "" };

/** `steps` are the fields of each step; a step is left when the server has no problem with them. */
export function TemplateForm({ place, start, first, steps, problems, checkedRef, savedRef, refusedRef, saving, onCheck, onSave, children }) {
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
  const answered = (ref, fields, onward) => {
    if (!waiting || waiting.ref !== ref) return;
    setWaiting(null);
    const wrong = fields.find((name) => problemsOf(name, problems).length);
    if (wrong) mend(wrong);
    else onward?.();
  };
  useEffect(() => answered(checkedRef, steps[step], () => go(step + 1)), [checkedRef, waiting]);
  useEffect(() => answered(refusedRef, steps.flat()), [refusedRef, waiting]);
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
      <form className="template-form" ref={form} onSubmit={onSubmit} noValidate>{children}</form>
    </Form.Provider>
  );
}
