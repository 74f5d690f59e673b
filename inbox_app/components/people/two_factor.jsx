// One's second factor: an authenticator app set up, recovery codes shown once (X1). What is secret comes by
// the answer to a request, and is kept nowhere.
import { useEffect, useRef, useState } from "react";
import { CopyButton } from "@/external/inbox_app/components/layout/copy_button/copy_button.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

async function post(what, fields = {}) {
  try {
    const answer = await fetch(`/two-factor/${what}`, { method: "POST", body: new URLSearchParams(fields) });
    return answer.ok ? await answer.json() : { problem: "away" };
  } catch {
    return { problem: "away" };
  }
}

function Problem({ why }) {
  const { t } = useTexts();
  const words = {
    wrong: t("The password is wrong: nothing was changed."),
    code: t("This is not the code that the app shows now. Wait for the next one and try again."),
    wait: t("Too many attempts. Wait a minute, then try again."),
    throttled: t("Too many attempts. Try again in a quarter of an hour."),
    late: t("Too much time has passed: sign in again."),
    two_factor_required: t("Your company requires it of everybody."),
    away: t("No connection: try again."),
  };
  if (!why) return null;
  return <p className="form-problem" role="alert"><Icon name="warning" />{words[why] ?? t("This cannot be done any more: somebody has changed it meanwhile.")}</p>;
}

/** Asks for one thing, posts it, and hands on what comes back; says what is wrong. */
function Asking({ what, label, field, button, onAnswer, onCancel }) {
  const [why, setWhy] = useState("");
  const [busy, setBusy] = useState(false);
  const input = useRef(null);
  const { t } = useTexts();
  useEffect(() => input.current?.focus(), []);
  const send = async (event) => {
    event.preventDefault();
    setBusy(true);
    const answer = await post(what, { [field.name]: input.current.value });
    setBusy(false);
    setWhy(answer.problem ?? "");
    if (!answer.problem) return onAnswer(answer);
    input.current?.select();
  };
  return (
    <form className="two-factor-form" onSubmit={send}>
      <Problem why={why} />
      <label className="field"><span>{label}</span><input ref={input} required {...field} /></label>
      <div>
        <button type="submit" className="button" disabled={busy}>{button}</button>
        {onCancel && <button type="button" className="button quiet-button" onClick={onCancel}>{t("Cancel")}</button>}
      </div>
    </form>
  );
}

const PASSWORD = { name: "password", type: "password", autoComplete: "current-password" };
const CODE = { name: "code", type: "text", inputMode: "numeric", autoComplete: "one-time-code", maxLength: 10 };

function Scan({ begun, onCodes, onCancel }) {
  const { t } = useTexts();
  return (
    <div className="two-factor-scan">
      <img src={begun.qr} alt={t("QR code for an authenticator app")} />
      <div>
        <p>{t("Scan this with an authenticator app on your phone: Google Authenticator, Microsoft Authenticator, 1Password or any other.")}</p>
        <p className="two-factor-secret">
          {t("Or type this key:")}
          <span>
            <code>{begun.secret.match(/.{1,4}/g).join(" ")}</code>
            <CopyButton text={begun.secret} label={t("Copy the key")} silent />
          </span>
        </p>
      </div>
      <Asking what="confirm" label={t("The six digits that the app shows")} field={CODE} button={t("Confirm the code")} onAnswer={({ codes }) => onCodes(codes)} onCancel={onCancel} />
    </div>
  );
}

function Codes({ codes, onKept }) {
  const { t } = useTexts();
  const kept = useRef(null);
  useEffect(() => kept.current?.focus(), []);
  return (
    <div className="recovery-codes">
      <p ref={kept} tabIndex={-1}><b>{t("Keep these recovery codes where you keep passwords.")}</b> {t("Each lets you in once when you do not have your phone. They are not shown again.")}</p>
      <ul>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <div>
        <button type="button" className="button" onClick={onKept}>{t("I have kept them")}</button>
        <CopyButton text={codes.join("\n")} label={t("Copy the codes")} silent />
      </div>
    </div>
  );
}

function Standing({ left, required, onAsk }) {
  const { t, tn } = useTexts();
  return (
    <>
      <p className="form-done"><Icon name="check" />{t("On.")} {tn("One recovery code is left.", "{n} recovery codes are left.", { n: left })}</p>
      <div className="two-factor-deeds">
        <button type="button" className="button quiet-button" onClick={() => onAsk("codes")}>{t("New recovery codes…")}</button>
        {!required && <button type="button" className="button quiet-button" onClick={() => onAsk("off")}>{t("Switch off…")}</button>}
      </div>
    </>
  );
}

/** In the settings. `factor` is a `FactorRow`; `onChange` after each change. */
export function TwoFactor({ factor, onChange }) {
  const [asked, setAsked] = useState("");
  const [begun, setBegun] = useState(null);
  const [codes, setCodes] = useState(null);
  const { t } = useTexts();
  const end = () => {
    setAsked("");
    setBegun(null);
    setCodes(null);
  };
  const take = (answer) => {
    setAsked("");
    if (answer.secret) setBegun(answer);
    else end();
    if (answer.codes) setCodes(answer.codes);
    onChange();
  };
  const buttons = { begin: t("Go on"), codes: t("Make new codes"), off: t("Switch off") };
  if (codes) return <Codes codes={codes} onKept={end} />;
  if (begun) return <Scan begun={begun} onCodes={(made) => take({ codes: made })} onCancel={end} />;
  if (asked) return <Asking key={asked} what={asked} label={t("Your password")} field={PASSWORD} button={buttons[asked]} onAnswer={take} onCancel={end} />;
  if (factor.on) return <Standing left={factor.codes_left} required={factor.required} onAsk={setAsked} />;
  return <div><button type="button" className="button quiet-button" onClick={() => setAsked("begin")}>{t("Switch on…")}</button></div>;
}

/** Before coming in, for who has given the password and has none yet; then on to the page `to`. */
export function TwoFactorSetUp({ to }) {
  const [begun, setBegun] = useState(null);
  const [codes, setCodes] = useState(null);
  const [why, setWhy] = useState("");
  const { t } = useTexts();
  const begin = async () => {
    const answer = await post("begin");
    setWhy(answer.problem ?? "");
    if (!answer.problem) setBegun(answer);
  };
  if (codes) return <Codes codes={codes} onKept={() => window.location.assign(to)} />;
  if (begun) return <Scan begun={begun} onCodes={setCodes} />;
  return (
    <div className="form">
      <Problem why={why} />
      <button type="button" className="button large" onClick={begin}>{t("Set it up")}</button>
    </div>
  );
}
