// A link by which somebody chooses a password: fetched when asked for, shown once, kept by nobody (X1).
import { useEffect, useRef, useState } from "react";
import { CopyButton } from "@/external/inbox_app/components/layout/copy_button/copy_button.jsx";
import { MomentIn } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** `label` is the button's; `person` the id of whose link it is. */
export function PasswordLink({ person, label }) {
  const { t } = useTexts();
  const [made, setMade] = useState(null);
  const [problem, setProblem] = useState("");
  const shown = useRef(null);
  useEffect(() => shown.current?.select(), [made]);
  const ask = async () => {
    setProblem("");
    const answer = await fetch(`/people/${person}/link`, { method: "POST" }).catch(() => null);
    if (answer?.ok) setMade(await answer.json());
    else setProblem(answer ? t("This link cannot be made any more.") : t("No connection: try again."));
  };
  if (!made) {
    return (
      <>
        <button type="button" className="button quiet-button" onClick={ask}>{label}</button>
        {problem && <p className="form-problem" role="alert">{problem}</p>}
      </>
    );
  }
  return (
    <div className="password-link" role="status">
      <p><MomentIn sentence={t("Send them this link yourself. It works once, until {moment}.")} at={made.expires_at} /></p>
      <div>
        <input ref={shown} readOnly value={made.link} aria-label={label} onFocus={(event) => event.target.select()} />
        <CopyButton text={made.link} label={t("Copy the link")} silent />
      </div>
    </div>
  );
}

/** The secret behind the `#` of this page's address, for a form to post; the address shows it no longer. */
export function LinkSecret() {
  const [secret, setSecret] = useState("");
  useEffect(() => {
    const given = window.location.hash.slice(1);
    if (given) sessionStorage.setItem("password-link", given);
    setSecret(given || sessionStorage.getItem("password-link") || "");
    if (given) window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  }, []);
  return <input type="hidden" name="token" value={secret} readOnly />;
}
