// The page of figures (X7).
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { Bars } from "@/external/inbox_app/components/figures/figures/charts.jsx";
import { duration, number, periods, share, span } from "@/external/inbox_app/components/figures/figures/figure_words.js";
import { Hours } from "@/external/inbox_app/components/figures/figures/hours.jsx";
import { SubjectTable } from "@/external/inbox_app/components/figures/figures/tables.jsx";

export function Figures({ view, everybody, onChoose }) {
  const { t } = useTexts();
  return (
    <div className="page-parts figures">
      <Choices {...{ view, onChoose }} />
      {view.behind && (
        <p className="figure-behind" role="status">
          <Icon name="clock" />
          {t("Earlier messages are still being counted: these figures will grow for a few minutes.")}
        </p>
      )}
      {view.ever ? <Shown {...{ view, everybody }} /> : <Nothing />}
      <Meaning />
    </div>
  );
}

function Choices({ view, onChoose }) {
  const { t } = useTexts();
  const values = { period: span(view.first, view.last, t), before: span(view.before_first, view.before_last, t) };
  return (
    <div className="figure-choices">
      <select className="plain-select" value={view.choice} onChange={(event) => onChoose(event.target.value)} aria-label={t("Period")}>
        {periods(t).map(([value, name]) => <option key={value} value={value}>{name}</option>)}
      </select>
      <a className="button quiet-button" href={`/export/figures.csv?period=${view.choice}`}>{t("Download as CSV")}</a>
      <p className="figure-note" role="status">{t("{period}, compared with {before}", values)}</p>
    </div>
  );
}

function Nothing() {
  const { t } = useTexts();
  return (
    <div className="empty">
      <span className="empty-icon"><Icon name="chart" /></span>
      <h2>{t("No figures yet")}</h2>
      <p>{t("They are counted from the messages received and sent since the account was connected, about a minute after each. Come back once somebody has written.")}</p>
    </div>
  );
}

function Shown({ view, everybody }) {
  const { t } = useTexts();
  const columns = useColumns();
  const steps = { steps: view.steps, byWeek: view.by_week };
  return (
    <>
      <Tiles {...view} />
      <Bars
        id="figures-answer"
        title={view.by_week ? t("First answer, by week") : t("First answer, by day")}
        parts={[{ name: t("Half answered within"), of: (of) => of.median }]}
        columns={[columns.answered, columns.median, columns.most, columns.hour]}
        write={(seconds) => duration(seconds, t)}
        {...steps}
      />
      <Bars
        id="figures-asked"
        title={view.by_week ? t("Requests, by week") : t("Requests, by day")}
        parts={[
          { name: t("Answered"), of: (of) => of.answered },
          { name: t("Closed without an answer"), of: (of) => of.settled },
          { name: t("Unanswered"), of: (of) => of.unanswered },
        ]}
        columns={[columns.asked, columns.answered, columns.settled, columns.unanswered, columns.lost, columns.received, columns.sent]}
        write={number}
        {...steps}
      />
      <Hours received={view.received_hours} sent={view.sent_hours} />
      <Subjects id="figures-people" title={everybody ? t("By person") : t("Your figures")} first={t("Person")} subjects={view.people}
        columns={[columns.answered, columns.median, columns.most, columns.unanswered, columns.lost, columns.sent]}
        note={everybody
          ? t("Answers count for who wrote them; what is unanswered or lost, for whom the conversation is assigned to.")
          : t("Your own figures. Administrators see everybody's.")} />
      <Subjects id="figures-homes" title={t("By accommodation")} first={t("Accommodation")} subjects={view.homes}
        columns={[columns.asked, columns.answered, columns.median, columns.unanswered, columns.lost]}
        note={t("Of the guest's stay when they wrote.")}
        more={view.more_homes} />
    </>
  );
}

function useColumns() {
  const { t } = useTexts();
  return {
    asked: [t("Requests"), (of) => number(of.asked)],
    answered: [t("Answered"), (of) => number(of.answered)],
    settled: [t("Closed without an answer"), (of) => number(of.settled)],
    unanswered: [t("Unanswered"), (of) => number(of.unanswered)],
    lost: [t("Windows lost"), (of) => number(of.lost)],
    received: [t("Messages received"), (of) => number(of.received)],
    sent: [t("Messages sent"), (of) => number(of.sent)],
    median: [t("Half answered within"), (of) => duration(of.median, t)],
    most: [t("Nine in ten within"), (of) => duration(of.most, t)],
    hour: [t("Within an hour"), (of) => (of.answered ? share(of.within_hour, of.answered) : duration(-1, t))],
  };
}

function Tiles({ total, before }) {
  const { t } = useTexts();
  const time = (seconds) => duration(seconds, t);
  return (
    <div className="figure-tiles">
      <Tile name={t("First answer")} now={total.median} then={before.median} write={time} lessIsBetter
        note={total.median < 0 ? t("Nobody was answered in this period.") : t("Half were answered within this; nine in ten within {time}.", { time: time(total.most) })} />
      <Tile name={t("Unanswered")} now={total.unanswered} then={before.unanswered} write={number} lessIsBetter
        note={t("Of {n} requests of this period.", { n: number(total.asked) })} />
      <Tile name={t("Windows lost")} now={total.lost} then={before.lost} write={number} lessIsBetter
        note={t("Closed while somebody was waiting.")} />
      <Tile name={t("Messages received")} now={total.received} then={before.received} write={number}
        note={t("{n} were sent.", { n: number(total.sent) })} />
    </div>
  );
}

function Tile({ name, now, then, write, note, lessIsBetter = false }) {
  const { t } = useTexts();
  const moved = now < 0 || then < 0 ? 0 : Math.sign(now - then);
  const mood = !lessIsBetter || moved === 0 ? "" : moved < 0 ? "better" : "worse";
  return (
    <section className="boxed figure-tile" aria-label={name}>
      <h2>{name}</h2>
      <p className="figure-value">{write(now)}</p>
      <p className="figure-note">{note}</p>
      <p className={`figure-before ${mood}`}>
        {moved !== 0 && <Icon name={moved > 0 ? "arrow-up" : "arrow-down"} />}
        {t("Before: {value}", { value: write(then) })}
      </p>
    </section>
  );
}

function Subjects({ id, title, first, subjects, columns, note, more = 0 }) {
  const { t, tn } = useTexts();
  return (
    <section className="boxed figure-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="figure-note">{note}</p>
      {subjects.length === 0 ? <p className="figure-none">{t("Nothing of this in the period.")}</p> : <SubjectTable {...{ title, first, subjects, columns }} />}
      {more > 0 && <p className="figure-note">{tn("{n} more is in the CSV.", "{n} more are in the CSV.", { n: more })}</p>}
    </section>
  );
}

function Meaning() {
  const { t } = useTexts();
  const terms = [
    [t("Request"), t("Somebody writes and nobody has answered yet: further messages until the answer belong to the same request. Reactions and changed messages ask for nothing, and groups cannot be answered.")],
    [t("First answer"), t("From the first message that nobody has answered to the first message that a person sends, from here or from the phone app. Texts that leave by themselves, out of hours or at a set time, do not count; internal notes neither. It counts on the day of the request.")],
    [t("Closed without an answer"), t("Somebody pressed “Done”, or another system answered through the API.")],
    [t("Unanswered"), t("Neither answered nor closed until now, even if the figure is of last week.")],
    [t("Window lost"), t("The 24 hours ran out while somebody was waiting: from then on only a template could reach them. It counts on the day the window closed.")],
    [t("Half answered within"), t("The median: half of the answers were quicker, half slower. One that took days hardly changes it. In an hour it is accurate to a few minutes.")],
    [t("Days and hours"), t("In the company's time zone. What was said before WhatsApp was connected is not counted. Erasing a person's data leaves the figures: they hold nobody's name and no text.")],
  ];
  return (
    <details className="boxed figure-card figure-meaning">
      <summary>{t("What these figures mean")}</summary>
      <dl>
        {terms.map(([term, meaning]) => <div key={term}><dt>{term}</dt><dd>{meaning}</dd></div>)}
      </dl>
    </details>
  );
}
