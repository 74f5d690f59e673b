// At what time a text is to leave, and what the server says of it (M10).
import { useEffect, useRef, useState } from "react";
import "@/styles/templates.css";
import "@/styles/send_later.css";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { now } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { dayAndClock, inZone } from "@/external/inbox_app/components/i18n/times/formats.js";
import { isBlank } from "@/external/inbox_app/components/forms/typed/typed.js";
import { MessageText } from "@/external/inbox_app/components/inbox/thread/message_text/message_text.jsx";

const DAY = 86_400_000;
const SOON = 250;

/** `YYYY-MM-DDTHH:MM` of so many days from now, at an hour on the wall. */
const wall = (days, hour) => {
  const day = new Date(now() + days * DAY);
  const two = (n) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T${two(hour)}:00`;
};

const isAhead = ([, local]) => new Date(local) > now();

/** `later`: what the server says of the time asked for; `withFiles`: there are some beside the `text`; `onSend(local, fallback)`. */
export default function SendLaterForm({ text, later, ready, withFiles, onLook, onSend }) {
  const { t } = useTexts();
  const [local, setLocal] = useState(() => wall(1, 9));
  const [fallback, setFallback] = useState("");
  const look = useRef(onLook);
  look.current = onLook;
  useEffect(() => {
    if (!local) return undefined;
    const timer = setTimeout(() => look.current(local), SOON);
    return () => clearTimeout(timer);
  }, [local]);

  const known = local && later.asked === local;
  const needs = known && later.problem === "needs_fallback";
  const template = needs && later.templates.find((each) => each.id === fallback);
  const may = ready && !withFiles && known && (!later.problem || template);
  const submit = (event) => {
    event.preventDefault();
    if (may) onSend(local, template ? template.id : "");
  };
  return (
    <form className="later-form" onSubmit={submit}>
      <div className="chips">
        {[[t("This evening"), wall(0, 18)], [t("Tomorrow morning"), wall(1, 9)], [t("Tomorrow evening"), wall(1, 18)]].filter(isAhead).map(([name, value]) => (
          <button key={name} type="button" className="chip" aria-pressed={local === value} onClick={() => setLocal(value)}>{name}</button>
        ))}
      </div>
      <label className="field">
        <span>{t("Day and time at the accommodation")}</span>
        <input type="datetime-local" data-first="" autoFocus required value={local} onChange={(event) => setLocal(event.target.value)} />
        {known && later.zone && <small>{later.zone.replaceAll("_", " ")}</small>}
      </label>
      {known && <Problem later={later} t={t} />}
      {needs && later.templates.length > 0 && (
        <label className="field">
          <span>{t("Template to send first")}</span>
          <select value={fallback} required onChange={(event) => setFallback(event.target.value)}>
            <option value="">{t("Choose a template")}</option>
            {later.templates.map((each) => <option key={each.id} value={each.id}>{`${each.name} – ${each.body}`.slice(0, 90)}</option>)}
          </select>
        </label>
      )}
      {template && <Shown caption={t("The template, as they will see it")}><TemplateText {...template} /></Shown>}
      {!isBlank(text) && !withFiles && <Shown caption={t("Your message")}><MessageText text={text.trim()} /></Shown>}
      {withFiles && <p className="form-problem">{t("Files can't wait: send them now, or remove them.")}</p>}
      {!ready && !withFiles && <p className="form-problem">{t("Write the message first.")}</p>}
      <button type="submit" className="button" disabled={!may}>{t("Send later")}</button>
    </form>
  );
}

/** What will leave, in its own words. */
const Shown = ({ caption, children }) => (
  <figure className="later-text">
    <figcaption>{caption}</figcaption>
    <div className="template-bubble" tabIndex={0}>{children}</div>
  </figure>
);

const TemplateText = ({ header, body, footer }) => (
  <>
    {header && <p className="template-header" dir="auto">{header}</p>}
    <MessageText text={body} />
    {footer && <p className="template-footer" dir="auto">{footer}</p>}
  </>
);

function Problem({ later, t }) {
  if (later.problem === "past") return <p className="form-problem" role="alert">{t("That time is past already.")}</p>;
  if (later.problem === "too_far") return <p className="form-problem" role="alert">{t("That is more than a year away.")}</p>;
  if (later.problem === "no_time") return <p className="form-problem" role="alert">{t("Give a day and a time.")}</p>;
  if (later.problem !== "needs_fallback") return null;
  return (
    <p className="form-note" role="status">
      {t("The 24-hour window closes {moment}, unless they write again.", { moment: inZone(later.zone, () => dayAndClock(later.closes_at, now())) })}{" "}
      {later.templates.length > 0
        ? t("If it is closed by then, this template goes out, and your message as soon as they answer.")
        : t("If it is closed by then only a template may go out, and none is ready.")}
    </p>
  );
}
