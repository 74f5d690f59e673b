// The drawer in which an actor is written; nothing waits for the server but saving (A3, B13).
import { useEffect, useId, useRef, useState } from "react";
import { useAcknowledgedSend } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { DrawerForm, Field } from "@/external/inbox_app/components/forms/drawer_form/drawer_form.jsx";
import { LanguageOptions } from "@/external/inbox_app/components/i18n/languages/languages.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { KINDS, LANGUAGES, kindName } from "@/external/inbox_app/components/inbox/sender/sender_dialogs/actor_words.js";
import { PlacePicker } from "@/external/inbox_app/components/inbox/sender/sender_dialogs/place_picker.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const MOST_NUMBERS = 20;

/** Open while `actor` is an id, or "new"; what was typed stays until it is saved or put away. */
export function ActorForm({ actor, problem, wrong, savedRef, refusedRef, onSave, onClose, ...known }) {
  const dialog = useRef(null);
  const problemId = useId();
  const { t } = useTexts();
  const [opened, reopen] = useState(0);
  const extra = useRef({});
  const { waiting, submit, forget } = useAcknowledgedSend({
    place: `actor/${actor}`, acceptedRef: savedRef, refusedRef, onSend: (kept, ref) => onSave(actor, kept, ref),
    onAccepted: () => dialog.current.close(),
    onRefused: () => requestAnimationFrame(() => dialog.current?.querySelector("[aria-invalid=true]")?.focus()),
  });

  useEffect(() => {
    if (actor === "") return;
    forget();
    reopen(opened + 1);
  }, [actor]);

  return (
    <DrawerForm
      open={actor !== ""} opened={opened} innerRef={dialog} title={actor === "new" ? t("New actor") : t("Edit actor")} problem={problem} problemId={problemId}
      waiting={waiting} onSave={(form) => submit({ ...Object.fromEntries(new FormData(form)), ...extra.current })} onClose={onClose} noValidate
    >
      {actor !== "" && opened > 0 && <Fields isNew={actor === "new"} wrong={problem && !waiting && wrong} describedBy={problemId} extra={extra} {...known} />}
    </DrawerForm>
  );
}

/** `extra` is where the fields that no input holds are put. */
function Fields({ isNew, facts, numbers, whatsapp, places, placesFor, wrong, describedBy, extra, onLook }) {
  const { t } = useTexts();
  const [kind, setKind] = useState(facts.kind || KINDS[0]);
  const [place, setPlace] = useState(null);
  const [phones, setPhones] = useState(numbers.length ? numbers : [""]);
  const [chosen, choose] = useState(numbers.indexOf(whatsapp));
  extra.current = { numbers: phones.filter((each) => each.trim()), whatsapp: phones[chosen] ?? "", place: place?.id ?? "" };
  const flaw = (field) => (wrong === field ? { "aria-invalid": true, "aria-describedby": describedBy } : {});
  const onKind = (event) => {
    setKind(event.target.value);
    setPlace(null);
  };
  return (
    <>
      <Field label={t("Name")}>
        <input name="name" defaultValue={facts.name ?? ""} maxLength={200} dir="auto" {...flaw("name")} />
      </Field>
      <div className="field-row">
        <Field label={t("Kind")}>
          <select name="kind" value={kind} onChange={onKind}>
            {KINDS.map((each) => <option key={each} value={each}>{kindName(each, t)}</option>)}
          </select>
        </Field>
        <Field label={t("Language (optional)")}>
          <select name="language" defaultValue={facts.language ?? ""}>
            <option value="">{t("Not known")}</option>
            <LanguageOptions codes={facts.language && !LANGUAGES.includes(facts.language) ? [facts.language, ...LANGUAGES] : LANGUAGES} />
          </select>
        </Field>
      </div>
      <Phones phones={phones} setPhones={setPhones} chosen={chosen} choose={choose} wrong={wrong} flaw={flaw} />
      <Field label={t("E-mail (optional)")}>
        <input name="email" type="email" defaultValue={facts.email ?? ""} maxLength={320} dir="ltr" {...flaw("email")} />
      </Field>
      {isNew && <PlacePicker kind={kind} places={places} placesFor={placesFor} chosen={place} onChoose={setPlace} onLook={onLook} />}
      <Field label={t("Notes")} hint={t("Only you and your colleagues see them.")}>
        <textarea name="notes" rows={4} defaultValue={facts.notes ?? ""} maxLength={4000} dir="auto" />
      </Field>
    </>
  );
}

/** The numbers, one below the other, and which of several messages go to. */
function Phones({ phones, setPhones, chosen, choose, flaw }) {
  const { t } = useTexts();
  const list = useRef(null);
  const write = (index, value) => setPhones(phones.map((each, at) => (at === index ? value : each)));
  const drop = (index) => {
    setPhones(phones.length > 1 ? phones.filter((_, at) => at !== index) : [""]);
    choose(index === chosen ? -1 : chosen > index ? chosen - 1 : chosen);
    list.current.querySelector("input[type=tel]").focus();
  };
  const add = () => {
    setPhones([...phones, ""]);
    requestAnimationFrame(() => [...list.current.querySelectorAll("input[type=tel]")].at(-1)?.focus());
  };
  return (
    <fieldset className="phone-fields" ref={list}>
      <legend>{t("Phone numbers")}</legend>
      {phones.map((number, index) => (
        <div className="phone-field" key={index}>
          <input
            type="tel" dir="ltr" maxLength={60} value={number} aria-label={t("Number {n}", { n: index + 1 })}
            onChange={(event) => write(index, event.target.value)} {...flaw(number.trim() || null)}
          />
          {phones.length > 1 && (
            <label className="phone-choice">
              <input type="radio" name="for-whatsapp" checked={chosen === index} onChange={() => choose(index)} /> {t("WhatsApp")}
            </label>
          )}
          <button type="button" className="icon-button" aria-label={t("Remove {number}", { number })} disabled={phones.length === 1 && !number} onClick={() => drop(index)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
      <small>{t("With the international prefix, like +39 347 123 4567")}</small>
      {phones.length < MOST_NUMBERS && (
        <button type="button" className="link-button" onClick={add}><Icon name="plus" /> {t("Add a number")}</button>
      )}
    </fieldset>
  );
}
