// The tables of figures: by week or day, and by person or accommodation.
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { shortDate } from "@/external/inbox_app/components/i18n/times/formats.js";
import { subjectName } from "@/external/inbox_app/components/figures/figures/figure_words.js";

/** `columns` are `[heading, (figures) => text]`. */
export function StepTable({ title, steps, columns, byWeek }) {
  const { t } = useTexts();
  return (
    <Table
      title={title}
      first={byWeek ? t("Week from") : t("Day")}
      columns={columns}
      rows={steps.map((step) => ({ id: step.day, name: shortDate(step.day), figures: step.figures }))}
    />
  );
}

export function SubjectTable({ title, first, subjects, columns }) {
  const { t } = useTexts();
  const rows = subjects.map((each) => ({ id: each.id, name: subjectName(each, t), figures: each.figures }));
  return <Table {...{ title, first, columns, rows }} />;
}

function Table({ title, first, columns, rows }) {
  const { t } = useTexts();
  return (
    <div className="table-room" role="region" aria-label={t("{title}: table", { title })} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map(([name]) => <th key={name} scope="col" className="count">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, figures }) => (
            <tr key={id}>
              <th scope="row" dir="auto">{name}</th>
              {columns.map(([heading, write]) => <td key={heading} className="count">{write(figures)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
