// Which of the account's people an unknown sender is: suggested with the reasons, or searched for (A1, A2).
import { useEffect, useRef, useState } from "react";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { kindName, linkProblem, reasons } from "@/external/inbox_app/components/inbox/sender/sender_dialogs/actor_words.js";

const PAUSE = 250;

export default function ExistingActor({ thread, number, candidates, asked, words, problem, whose, refused, onSearch, onLink, onLinkStay }) {
  const { t } = useTexts();
  const box = useRef(null);
  const [typed, setTyped] = useState("");
  const [chosen, choose] = useState(null);
  const search = useRef(onSearch);
  search.current = onSearch;
  const before = useRef(refused);
  useEffect(() => {
    const timer = setTimeout(() => search.current(thread, typed), typed ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => box.current?.focus(), [chosen]);

  const said = refused === before.current ? "" : linkProblem(problem, whose, t);
  const link = (row) => (row.stay ? onLinkStay(thread, row.stay) : onLink(thread, row.id));
  if (chosen) return <OtherNumber row={chosen} number={number} said={said} t={t} onLink={() => link(chosen)} onBack={() => choose(null)} />;
  const rows = asked === thread ? candidates : [];
  const onType = (event) => {
    before.current = refused;
    setTyped(event.target.value);
  };
  const addNew = (event) => {
    event.target.closest("dialog").close();
    requestAnimationFrame(() => document.dispatchEvent(new Event("add-new-actor")));
  };
  return (
    <div className="recipient-search">
      <label className="search">
        <Icon name="search" />
        <input
          type="search" ref={box} data-first="" maxLength={100} autoComplete="off" value={typed}
          placeholder={t("Name, number, e-mail or code")} aria-label={t("Name, number, e-mail or code")}
          onChange={onType}
        />
      </label>
      <div role="alert">{said && <p className="form-problem"><Icon name="warning" /><span>{said}</span></p>}</div>
      {!words && rows.length > 0 && <h3 className="group-title">{t("Suggestions")}</h3>}
      <div className="search-results">
        {rows.map((row) => <Candidate key={row.id || `stay ${row.stay}`} row={row} t={t} onChoose={() => (row.other_number ? choose(row) : link(row))} />)}
      </div>
      {asked === thread && rows.length === 0 && (
        <p className="recipient-empty" role="status">
          {words ? t("Nobody has this name, number, e-mail or code.") : t("Nobody stands out. Search among your guests, owners and suppliers.")}
        </p>
      )}
      <p className="sender-other">
        {t("Not among them?")} <button type="button" className="link-button" onClick={addNew}>{t("Add new")}</button>
      </p>
    </div>
  );
}

function Candidate({ row, t, onChoose }) {
  const why = reasons(row, t);
  const number = row.stay ? t("not on file yet") : row.phone || t("no number");
  const facts = [number, row.reasons.includes("arrival") ? "" : row.accommodation].filter(Boolean);
  return (
    <button type="button" className="search-result" data-choice="" onClick={onChoose}>
      <span className={`avatar tiny ${row.kind}`} aria-hidden="true">{row.initials || <Icon name="person" />}</span>
      <span className="search-result-text">
        <b className="truncate" dir="auto">{row.name || (row.code ? t("Guest of {code}", { code: row.code }) : t("Guest without a name"))}</b>
        {why.length > 0 && <small className="reasons">{why.join(" · ")}</small>}
        <small className="truncate">{facts.join(" · ")}</small>
      </span>
      <span className={`tag ${row.kind}`}>{kindName(row.kind, t)}</span>
    </button>
  );
}

/** A number on file that is not the sender's may mean that it is somebody else. */
function OtherNumber({ row, number, said, t, onLink, onBack }) {
  const yes = useRef(null);
  useEffect(() => yes.current.focus(), []);
  return (
    <div className="dialog-form">
      <p className="sender-warning" role="alert">
        <Icon name="warning" />
        <span>{t("{name} has another number: {number}.", { name: row.name, number: row.phone })} {t("If you link them, {number} is put on file beside it.", { number })}</span>
      </p>
      <div role="alert">{said && <p className="form-problem"><Icon name="warning" /><span>{said}</span></p>}</div>
      <div className="dialog-end">
        <button type="button" className="button quiet-button" onClick={onBack}>{t("Choose another")}</button>
        <button type="button" className="button" ref={yes} onClick={onLink}>{t("Link all the same")}</button>
      </div>
    </div>
  );
}
