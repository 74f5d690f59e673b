// What there is to do, what may be done, and what is closed.
import { now, useMoment } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { NavigationLink } from "@/external/inbox_app/components/navigation/links/links.jsx";
import { kinds, named, states, there } from "@/external/inbox_app/components/inbox/tasks/tasks/task_words.js";

export default function TaskList({ thread, asked, toDo, closed, moreToDo, moreClosed, beforeToDo, beforeClosed, answer, handed, onNew, onEdit, onStatus, onNotYet, onWrite, onForget, onMore }) {
  const { t, tn } = useTexts();
  const known = asked === thread;
  const each = (row) => <Task key={row.id} {...{ row, thread, answer, t, onEdit, onStatus, onNotYet, onWrite }} />;
  const more = (lane, way = "on") => <button type="button" className="link-button" onClick={() => onMore(lane, way)}>{way === "on" ? t("Show more") : t("Show the previous ones")}</button>;
  return (
    <>
      <header className="tasks-head">
        <h2>{t("Tasks")}</h2>
        <button type="button" className="button quiet-button" onClick={onNew}><Icon name="plus" /> {t("New task")}</button>
      </header>
      <div role="status">
        {handed.map(({ task, name }) => (
          <p key={task} className="task-handed">
            <span>{t("Assigned to {name}. Nothing has been sent.", { name })}</span>
            <span className="task-acts">
              <button type="button" className="button" onClick={() => (onForget(), onWrite(task))}>{t("Write to {name}", { name })}</button>
              <button type="button" className="link-button" onClick={() => onForget()}>{t("Not now")}</button>
            </span>
          </p>
        ))}
      </div>
      {!known && <section className="skeleton" aria-hidden="true"><b /><i /></section>}
      {known && toDo.length === 0 && <p className="tasks-none">{t("Nothing to do here.")}</p>}
      {known && beforeToDo && more("to_do", "back")}
      {known && toDo.length > 0 && <ul className="task-list">{toDo.map(each)}</ul>}
      {known && moreToDo && more("to_do")}
      {known && closed.length > 0 && (
        <details className="tasks-closed">
          <summary>{moreClosed || beforeClosed ? t("More than {n} closed", { n: closed.length }) : tn("{n} closed", "{n} closed", { n: closed.length })} <Icon name="chevron-down" /></summary>
          {beforeClosed && more("closed", "back")}
          <ul className="task-list">{closed.map(each)}</ul>
          {moreClosed && more("closed")}
        </details>
      )}
    </>
  );
}

function Task({ row, thread, answer, t, onEdit, onStatus, onNotYet, onWrite }) {
  const isClosed = row.status === "done" || row.status === "cancelled";
  const facts = [named(kinds(t), row.kind), row.home].filter(Boolean);
  return (
    <li className={`task ${row.status}`}>
      <div className="task-top">
        <h3 dir="auto">{row.title}</h3>
        <button type="button" className="icon-button" aria-label={t("Change the task “{title}”", { title: row.title })} title={t("Change the task")} onClick={() => onEdit(row)}>
          <Icon name="edit" />
        </button>
      </div>
      <p className="quiet dotted">{facts.map((fact) => <span key={fact} dir="auto">{fact}</span>)}</p>
      {row.due_at > 0 && <Due at={row.due_at} zone={row.zone} elsewhere={row.elsewhere} late={!isClosed} t={t} />}
      {row.description && <p className="task-words" dir="auto">{row.description}</p>}
      {row.photo && <a className="task-photo" href={`/media/${row.photo}`} target="_blank" rel="noopener"><img src={`/media/${row.photo}?size=thumb`} alt={t("Photo")} loading="lazy" /></a>}
      <div className="task-acts">
        <select name={`status-${row.id}`} aria-label={t("Status of “{title}”", { title: row.title })} value={row.status} onChange={(event) => onStatus(row.id, event.target.value)}>
          {states(t).map(([value, words]) => <option key={value} value={value}>{words}</option>)}
        </select>
        <Whose {...{ row, thread, t, onWrite }} />
      </div>
      {row.answered && (
        <div className="task-answer">
          <p><Icon name="reply" /> <span dir="auto">{answer ? `«${answer}»` : t("They have answered.")}</span></p>
          <span className="task-acts">
            <button type="button" className="button" onClick={() => onStatus(row.id, "done")}>{t("Mark as finished")}</button>
            <button type="button" className="link-button" onClick={() => onNotYet(row.id)}>{t("Not yet")}</button>
          </span>
        </div>
      )}
    </li>
  );
}

/** At the home's own hour; the zone beside it where it is another than ours. */
function Due({ at, zone, elsewhere, late, t }) {
  const when = useMoment(() => there(at, zone));
  const isLate = useMoment(() => (late && at < now() ? "late" : ""));
  return (
    <p className={`task-due ${isLate}`}>
      <Icon name="clock" /> {isLate ? t("Late: was due {moment}", { moment: when }) : t("Due {moment}", { moment: when })} {elsewhere && <span className="quiet">({zone.replaceAll("_", " ").split("/").pop()})</span>}
    </p>
  );
}

function Whose({ row, thread, t, onWrite }) {
  const elsewhere = row.conversation && row.conversation !== thread;
  return (
    <>
      {row.supplier_id && (
        <button type="button" className="link-button truncate" onClick={() => onWrite(row.id)}>{t("Write to {name}", { name: row.supplier })}</button>
      )}
      {!row.supplier_id && <span className="quiet">{t("No supplier yet")}</span>}
      {elsewhere && <NavigationLink to={`/inbox/${row.conversation}?m=${row.message}`} className="link-button">{t("Where it comes from")}</NavigationLink>}
    </>
  );
}
