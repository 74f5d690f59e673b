// What labels and kept lists are called: the box to write it in, and what stands against it (P9).
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

export function NameForm({ label, act, problem, onName }) {
  const { t } = useTexts();
  const submit = (event) => {
    event.preventDefault();
    onName(new FormData(event.target).get("name"));
  };
  return (
    <form className="later-form" onSubmit={submit}>
      <label className="field">
        <span>{label}</span>
        <input name="name" data-first="" autoFocus required maxLength={40} autoComplete="off" />
      </label>
      {problem && <p className="form-problem" role="alert">{nameProblem(problem, t)}</p>}
      <button type="submit" className="button">{act}</button>
    </form>
  );
}

/** Of `NameProblem`, in words. */
export const nameProblem = (problem, t) =>
  ({
    no_name: t("Give it a name."),
    too_long: t("A name can have at most 40 characters."),
    taken: t("Another one has this name."),
  })[problem] ?? t("There are a hundred already: delete one first.");
