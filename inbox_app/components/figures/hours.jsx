// Messages by hour and weekday: darker where there are more, and the same as a table.
import { useState } from "react";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { number, weekdays } from "@/external/inbox_app/components/figures/figures/figure_words.js";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const LEVELS = 5;

export function Hours({ received, sent }) {
  const { t } = useTexts();
  const [which, setWhich] = useState("received");
  const counts = which === "sent" ? sent : received;
  const most = Math.max(...counts);
  return (
    <section className="boxed figure-card" aria-labelledby="figures-hours">
      <div className="figure-head">
        <h2 id="figures-hours">{t("Messages by hour and weekday")}</h2>
        <select className="plain-select" value={which} onChange={(event) => setWhich(event.target.value)} aria-label={t("Which messages")}>
          <option value="received">{t("Messages received")}</option>
          <option value="sent">{t("Messages sent")}</option>
        </select>
      </div>
      {most === 0 ? <p className="figure-none">{t("Nothing of this in the period.")}</p> : <Grid {...{ counts, most }} />}
      {most > 0 && (
        <details className="figure-table">
          <summary>{t("As a table")}</summary>
          <HourTable counts={counts} />
        </details>
      )}
    </section>
  );
}

function Grid({ counts, most }) {
  const { t } = useTexts();
  const busiest = counts.indexOf(most);
  const values = { day: weekdays("long")[Math.floor(busiest / 24)], from: busiest % 24, to: (busiest % 24) + 1, n: number(most) };
  return (
    <>
      <p className="figure-note">{t("Busiest hour: {day}, {from}:00–{to}:00 ({n})", values)}</p>
      <div className="hour-grid" aria-hidden="true">
        {weekdays("short").map((day, row) => (
          <div key={day} className="hour-row">
            <span className="hour-day">{day}</span>
            {HOURS.map((hour) => {
              const count = counts[row * 24 + hour];
              return <span key={hour} className={`hour level-${count ? Math.ceil((count / most) * LEVELS) : 0}`} title={`${day} ${hour}:00 · ${number(count)}`} />;
            })}
          </div>
        ))}
        <div className="hour-row hour-scale">
          <span className="hour-day" />
          {[0, 6, 12, 18].map((hour) => <span key={hour}>{hour}</span>)}
        </div>
      </div>
    </>
  );
}

function HourTable({ counts }) {
  const { t } = useTexts();
  return (
    <div className="table-room" role="region" aria-label={t("{title}: table", { title: t("Messages by hour and weekday") })} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("Hour")}</th>
            {weekdays("short").map((day) => <th key={day} scope="col" className="count">{day}</th>)}
          </tr>
        </thead>
        <tbody>
          {HOURS.map((hour) => (
            <tr key={hour}>
              <th scope="row">{`${hour}:00`}</th>
              {Array.from({ length: 7 }, (_, day) => <td key={day} className="count">{number(counts[day * 24 + hour])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
