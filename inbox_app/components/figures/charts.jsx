// Bars over the weeks or days of a period, with the table that says the same.
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { shortDate } from "@/external/inbox_app/components/i18n/times/formats.js";
import { StepTable } from "@/external/inbox_app/components/figures/figures/tables.jsx";

const WIDE = 10;
const HIGH = 100;

/** `parts` are `{name, of(figures)}`, drawn one upon another; `write` says how a value reads. */
export function Bars({ id, title, steps, parts, columns, byWeek, write }) {
  const { t } = useTexts();
  const whole = (figures) => parts.reduce((sum, part) => sum + Math.max(0, part.of(figures)), 0);
  const most = Math.max(0, ...steps.map((step) => whole(step.figures)));
  return (
    <section className="boxed figure-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {parts.length > 1 && <Key parts={parts} />}
      {most === 0 ? (
        <p className="figure-none">{t("Nothing of this in the period.")}</p>
      ) : (
        <figure className="bar-chart">
          <p className="bar-most" aria-hidden="true">{write(most)}</p>
          <svg viewBox={`0 0 ${steps.length * WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
            {steps.map((step, at) => <Bar key={step.day} {...{ step, at, parts, most, write }} />)}
          </svg>
          <figcaption className="bar-days" aria-hidden="true">
            <span>{shortDate(steps[0].day)}</span>
            {steps.length > 1 && <span>{shortDate(steps[steps.length - 1].day)}</span>}
          </figcaption>
        </figure>
      )}
      <details className="figure-table">
        <summary>{t("As a table")}</summary>
        <StepTable {...{ title, steps, columns, byWeek }} />
      </details>
    </section>
  );
}

function Bar({ step, at, parts, most, write }) {
  let top = HIGH;
  const said = parts.map((part) => `${part.name}: ${write(part.of(step.figures))}`).join(", ");
  return (
    <g>
      <title>{`${shortDate(step.day)} · ${said}`}</title>
      <rect className="bar-room" x={at * WIDE} y="0" width={WIDE} height={HIGH} />
      {parts.map((part, order) => {
        const height = (Math.max(0, part.of(step.figures)) / most) * HIGH;
        top -= height;
        return <rect key={part.name} className={`bar bar-${order}`} x={at * WIDE + 1.2} y={top} width={WIDE - 2.4} height={height} />;
      })}
    </g>
  );
}

const Key = ({ parts }) => (
  <ul className="bar-key" aria-hidden="true">
    {parts.map((part, order) => (
      <li key={part.name}><span className={`key-sign key-${order}`} />{part.name}</li>
    ))}
  </ul>
);
