// The calendars of a home: an address is looked into before it is kept, a file is read at once (A4).
import { useEffect, useRef, useState } from "react";
import { calendarProblem, counted } from "@/external/inbox_app/components/accommodations/calendars/calendar_words.js";
import { reference } from "@/external/inbox_app/components/forms/typed/typed.js";
import * as format from "@/external/inbox_app/components/i18n/times/formats.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { ClockIn } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

export function Calendars({ accommodation, home, rows, onOpen, onRead, onRemove, reading, ...adding }) {
  const { t } = useTexts();
  const shown = home === accommodation ? rows : [];
  return (
    <fieldset className="field-group calendars">
      <legend>{t("Portal calendars (iCal)")}</legend>
      {accommodation === "new" ? (
        <p className="hint"><Icon name="clock" /><span>{t("Save the accommodation first: then its calendars can be added here.")}</span></p>
      ) : (
        <>
          <p className="hint"><Icon name="lock" /><span>{t("Stays from Airbnb, Booking.com, Vrbo, Smoobu, Guesty and others arrive by themselves, every ten minutes. The addresses are kept encrypted.")}</span></p>
          {shown.length > 0 && (
            <ul className="calendar-rows" aria-label={t("Portal calendars (iCal)")}>
              {shown.map((row) => <Row key={row.id} row={row} reading={reading} onRead={onRead} onRemove={onRemove} />)}
            </ul>
          )}
          <NewAddress key={accommodation} accommodation={accommodation} reading={reading} {...adding} />
          <NewFile accommodation={accommodation} onDone={() => onOpen(accommodation)} />
        </>
      )}
    </fieldset>
  );
}

function Row({ row, reading, onRead, onRemove }) {
  const { t, tn } = useTexts();
  const [asked, ask] = useState(false);
  const named = row.portal !== "" && row.label.startsWith(row.portal);
  const name = named || !row.portal ? row.label : row.portal;
  const problem = calendarProblem(row.problem, t);
  return (
    <li className="calendar-row">
      <div className="calendar-told">
        <b className="truncate" dir="auto">{name}</b>
        {name !== row.label && <small className="truncate" dir="auto">{row.label}</small>}
        <small>
          {row.read_at > 0 ? <><ClockIn sentence={t("Read {moment}")} at={row.read_at} />{`: ${counted(row, tn)}`}</> : !problem && t("Not read yet")}
        </small>
      </div>
      {asked ? (
        <div className="calendar-ask" role="alertdialog" aria-label={t("Remove {name}?", { name })}>
          <p>{t("Remove it? Its upcoming stays disappear, unless another calendar lists them.")}</p>
          <button type="button" className="button quiet-button" autoFocus onClick={() => ask(false)}>{t("Keep it")}</button>
          <button type="button" className="button danger-button" onClick={() => onRemove(row.id)}>{t("Remove")}</button>
        </div>
      ) : (
        <div className="calendar-do">
          {!row.is_file && (
            <button type="button" className="button quiet-button" disabled={reading !== ""} aria-label={t("Read {name} now", { name })} onClick={() => onRead(row.id)}>
              {reading === row.id ? t("Reading…") : t("Read now")}
            </button>
          )}
          <button type="button" className="icon-button" aria-label={t("Remove {name}", { name })} title={t("Remove")} onClick={() => ask(true)}><Icon name="trash" /></button>
        </div>
      )}
      {problem && <p className="form-problem" role="status"><Icon name="warning" /><span>{problem}</span></p>}
    </li>
  );
}

/** What was typed is kept here alone: an address opens the calendar to whoever has it. */
function NewAddress({ accommodation, look, addedRef, reading, maxAddress, onLook, onAdd }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  const [ref, setRef] = useState("");
  const asked = useRef("");
  useEffect(() => {
    if (ref && addedRef === ref) (setTyped(""), setRef(""));
  }, [addedRef]);

  const send = (event, address) => {
    const next = reference();
    asked.current = address;
    setRef(next);
    event(accommodation, address, next);
  };
  const lookInto = (address) => address.trim() && reading === "" && send(onLook, address);
  const onPaste = (event) => {
    if (typed) return;
    const pasted = event.clipboardData.getData("text");
    event.preventDefault();
    setTyped(pasted.slice(0, maxAddress));
    lookInto(pasted);
  };
  const onKeyDown = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    lookInto(typed);
  };
  const found = ref !== "" && look.ref === ref && typed === asked.current ? look : null;
  const busy = ref !== "" && reading === ref;
  return (
    <div className="calendar-new">
      <label className="field">
        <span>{t("iCal address")}</span>
        <input
          type="url" inputMode="url" value={typed} maxLength={maxAddress} autoComplete="off" autoCapitalize="off" autoCorrect="off" spellCheck={false}
          placeholder="https://www.airbnb.it/calendar/ical/…" onPaste={onPaste} onKeyDown={onKeyDown} onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <button type="button" className="button quiet-button" disabled={!typed.trim() || reading !== ""} onClick={() => lookInto(typed)}>{busy ? t("Reading…") : t("Read now")}</button>
      <div className="calendar-found" role="status">
        {found && !busy && (found.problem
          ? <p className="form-problem"><Icon name="warning" /><span>{calendarProblem(found.problem, t, found.home)}</span></p>
          : <Found look={found} onAdd={() => send(onAdd, typed)} />)}
      </div>
    </div>
  );
}

/** Before anything is kept: whose it is, and what it would bring. */
function Found({ look, onAdd }) {
  const { t, tn } = useTexts();
  const more = look.stays - look.first.length;
  return (
    <div className="calendar-look">
      <b>
        {[look.portal || t("Calendar"), tn("{n} stay to come", "{n} stays to come", { n: look.stays }),
          look.blocks > 0 && tn("{n} closed period", "{n} closed periods", { n: look.blocks })].filter(Boolean).join(" · ")}
      </b>
      {look.first.length > 0 && (
        <ul>
          {look.first.map((stay) => (
            <li key={stay.uid}>
              {`${format.shortDate(stay.check_in)} – ${format.shortDate(stay.check_out)}`}
              <span className="truncate" dir="auto">{[stay.name, stay.code].filter(Boolean).join(" · ") || t("without a name")}</span>
            </li>
          ))}
          {more > 0 && <li>{tn("and {n} more", "and {n} more", { n: more })}</li>}
        </ul>
      )}
      {look.portal === "Booking.com" && look.stays === 0 && look.blocks > 0 && (
        <p className="hint"><Icon name="warning" /><span>{t("Booking.com's calendar doesn't say which closed dates are stays, nor whose. Your channel manager's calendar tells more, if you have one.")}</span></p>
      )}
      <button type="button" className="button" onClick={onAdd}>{t("Add the calendar")}</button>
    </div>
  );
}

function NewFile({ accommodation, onDone }) {
  const { t, tn } = useTexts();
  const [state, setState] = useState({ busy: false, problem: "", created: null });
  const upload = async (file) => {
    if (!file) return;
    setState({ busy: true, problem: "", created: null });
    const headers = { "X-Filename": encodeURIComponent(file.name) };
    const answer = await fetch(`/calendars?accommodation=${accommodation}`, { method: "POST", body: file, headers })
      .then((came) => (came.status === 413 ? { problem: "too_large" } : came.json()))
      .catch(() => ({ problem: "offline" }));
    setState({ busy: false, problem: answer.problem ?? "", created: answer.created ?? null });
    onDone();
  };
  const problem = state.problem === "cut_short" ? t("The file is incomplete, so nothing was changed. Export it again.") : calendarProblem(state.problem, t);
  return (
    <div className="calendar-file">
      <label className="link-button">
        <input type="file" accept=".ics,text/calendar" className="visually-hidden" disabled={state.busy}
          onChange={(event) => (upload(event.target.files[0]), (event.target.value = ""))} />
        {state.busy ? t("Reading…") : t("Or upload a file (.ics)")}
      </label>
      <div role="status">
        {problem && <p className="form-problem"><Icon name="warning" /><span>{problem}</span></p>}
        {state.created !== null && <p className="hint"><Icon name="check" /><span>{tn("Read: {n} new stay.", "Read: {n} new stays.", { n: state.created })}</span></p>}
      </div>
    </div>
  );
}
