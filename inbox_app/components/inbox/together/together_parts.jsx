// Who else looks at the conversation or writes in it, and the question before two answers leave at once (X1).
import { useEffect, useRef, useState } from "react";
import "@/styles/together.css";
import { ConfirmDialog } from "@/external/inbox_app/components/dialogs/confirm_dialog/confirm_dialog.jsx";
import { useConnection } from "@/external/inbox_app/components/layout/connection_banner/connection_banner.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { useSaying } from "@/external/inbox_app/components/inbox/together/together/saying.js";
import { useQuestion } from "@/external/inbox_app/components/inbox/together/together/question.js";

const SHOWN = 3;
const AGAIN = 60_000;

/** `others`: those at the conversation `of`, `{id, name, initials, doing}`, who writes first; `rows`: its newest messages; `onHere(thread, doing)`. */
export function Together({ thread, opened, of, others, rows, author, onHere }) {
  const { t, language } = useTexts();
  const connection = useConnection();
  const there = of === thread && !connection ? others : [];
  useSaying(thread, connection, onHere);
  const { question, goOn, keepWriting } = useQuestion({ there, rows, opened, author, connection });
  const sentence = sentenceOf(there, t, language);
  return (
    <div className="together">
      {sentence && (
        <p title={there.map((each) => each.name).join(", ")}>
          <span className="together-faces" aria-hidden="true">
            {there.slice(0, SHOWN).map((each) => <i key={each.id} className="assignee">{each.initials}</i>)}
            {there.length > SHOWN && <i className="assignee">+{there.length - SHOWN}</i>}
          </span>
          <span className={isBusy(there[0]) ? "truncate busy" : "truncate"} dir="auto">{sentence}</span>
        </p>
      )}
      <Announced there={there} t={t} language={language} />
      <ConfirmDialog
        open={question !== null} title={question ? titleOf(question, there, t, language) : ""} confirmLabel={t("Go on anyway")} cancelLabel={question?.isOverBox ? "" : t("Keep writing")}
        tone="" onConfirm={goOn} onCancel={keepWriting}
      >
        {question?.answer?.text && <blockquote className="together-said" dir="auto">{question.answer.text}</blockquote>}
        <p>{question?.answer ? t("If you send yours too, there will be two answers.") : t("If you send yours now, there may be two answers.")}</p>
      </ConfirmDialog>
    </div>
  );
}

const isBusy = (person) => person.doing !== "looking";

/** By their first names, unless two share one. */
function namesOf(people, all, language) {
  const short = (name) => name.split(/[\s@]/)[0];
  const shared = (name) => all.filter((each) => short(each.name) === short(name)).length > 1;
  return new Intl.ListFormat(language).format(people.map(({ name }) => (shared(name) ? name : short(name))));
}

function sentenceOf(there, t, language) {
  const busy = there.filter(isBusy);
  const people = busy.length > 0 ? busy : there;
  const names = namesOf(people, there, language);
  if (people.length === 0) return "";
  if (busy.length > 1) return t("{names} are writing…", { names });
  if (busy.length === 1) return busy[0].doing === "typing" ? t("{name} is writing…", { name: names }) : t("{name} has begun an answer", { name: names });
  return people.length > 1 ? t("{names} are viewing", { names }) : t("{name} is viewing", { name: names });
}

function titleOf({ answer, people }, there, t, language) {
  if (answer) return answer.author ? t("{name} has answered meanwhile", { name: namesOf([{ name: answer.author }], there, language) }) : t("Somebody has answered meanwhile");
  const names = namesOf(people, there, language);
  return people.length > 1 ? t("{names} are writing an answer", { names }) : t("{name} is writing an answer", { name: names });
}

/** What is heard: who comes and who begins to write, each once in a while; nobody's leaving. */
function Announced({ there, t, language }) {
  const [said, say] = useState("");
  const told = useRef(new Map());
  const now = there.map((each) => `${each.id} ${isBusy(each)}`).join();
  useEffect(() => {
    const at = performance.now();
    const news = there.filter((each) => at - (told.current.get(`${each.id} ${isBusy(each)}`) ?? -AGAIN) >= AGAIN);
    there.forEach((each) => told.current.set(`${each.id} ${isBusy(each)}`, at));
    if (news.length > 0) say(sentenceOf(news, t, language));
    else if (there.length === 0) say("");
  }, [now]);
  return <span className="visually-hidden" role="status">{said}</span>;
}
