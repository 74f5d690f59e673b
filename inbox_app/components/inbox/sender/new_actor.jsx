// An unknown sender is put on file; what is refused keeps what was typed (A1).
import { useEffect, useRef, useState } from "react";
import { CloseButton } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { LanguageOptions } from "@/external/inbox_app/components/i18n/languages/languages.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { KINDS, LANGUAGES, kindName, linkProblem } from "@/external/inbox_app/components/inbox/sender/sender_dialogs/actor_words.js";
import { PlacePicker } from "@/external/inbox_app/components/inbox/sender/sender_dialogs/place_picker.jsx";

export default function NewActor({ thread, profile, number, places, placesFor, problem, whose, refused, onLook, onMake }) {
  const { t } = useTexts();
  const form = useRef(null);
  const [kind, setKind] = useState(KINDS[0]);
  const [place, setPlace] = useState(null);
  const [sending, setSending] = useState(false);
  const before = useRef(refused);
  useEffect(() => {
    setSending(false);
    form.current.querySelector("[aria-invalid=true]")?.focus();
  }, [refused]);
  useEffect(() => form.current.elements.name.focus(), []);

  const submit = (event) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    onMake(thread, { ...Object.fromEntries(new FormData(event.currentTarget)), place: place?.id ?? "" });
  };
  const onKind = (event) => {
    setKind(event.target.value);
    setPlace(null);
  };
  const wrong = refused === before.current ? "" : problem;
  const bad = (one) => wrong === one || undefined;
  const said = actorProblem(wrong, whose, t);
  return (
    <form className="dialog-form" ref={form} noValidate onSubmit={submit}>
      <label className="field">
        <span>{t("Name")}</span>
        <input name="name" maxLength={200} autoComplete="off" dir="auto" data-first="" aria-invalid={bad("no_name")} aria-describedby="new-actor-problem" />
        {profile && <small>{t("On their profile: {name}", { name: `~${profile}` })}</small>}
      </label>
      <div className="field-row">
        <label className="field">
          <span>{t("Kind")}</span>
          <select name="kind" value={kind} onChange={onKind}>
            {KINDS.map((each) => <option key={each} value={each}>{kindName(each, t)}</option>)}
          </select>
        </label>
        <label className="field">
          <span>{t("Language (optional)")}</span>
          <select name="language" defaultValue="">
            <option value="">{t("Not known")}</option>
            <LanguageOptions codes={LANGUAGES} />
          </select>
        </label>
      </div>
      <label className="field">
        <span>{t("Phone number")}</span>
        {number ? (
          <input value={number} readOnly dir="ltr" type="tel" />
        ) : (
          <input name="number" type="tel" dir="ltr" maxLength={60} autoComplete="off" aria-describedby="new-actor-problem" />
        )}
        <small>{number ? t("The one they write from.") : t("With the international prefix, like +39 347 123 4567")}</small>
      </label>
      <label className="field">
        <span>{t("E-mail (optional)")}</span>
        <input name="email" type="email" maxLength={320} autoComplete="off" dir="ltr" aria-invalid={bad("bad_email")} aria-describedby="new-actor-problem" />
      </label>
      <PlacePicker kind={kind} places={places} placesFor={placesFor} chosen={place} onChoose={setPlace} onLook={onLook} />
      <div role="alert" id="new-actor-problem" className="form-problem-area">
        {said && <p className="form-problem"><Icon name="warning" /><span>{said}</span></p>}
      </div>
      <div className="dialog-end">
        <CloseButton className="button quiet-button">{t("Cancel")}</CloseButton>
        <button type="submit" className="button" aria-disabled={sending}>{t("Save")}</button>
      </div>
    </form>
  );
}

/** "" while nothing is wrong. */
function actorProblem(problem, whose, t) {
  if (!problem) return "";
  const said = {
    no_name: t("Write a name."),
    bad_email: t("This is not an e-mail address."),
    no_stay: t("The reservation is no longer there. Choose another."),
    no_home: t("The accommodation is no longer there. Choose another."),
    missing_prefix: t("The international prefix is missing."),
    own_number: t("This is your own WhatsApp number."),
    gone: t("This conversation is no longer there."),
  };
  return said[problem] || linkProblem(problem, whose, t) || t("This number can't exist: check the digits.");
}
