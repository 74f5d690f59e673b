// The drawer in which an accommodation is written, with what its guests are told; nothing waits for the server but saving (S3).
import { useEffect, useRef, useState } from "react";
import { useAcknowledgedSend } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { CountrySelect } from "@/external/inbox_app/components/forms/countries/countries.jsx";
import { DrawerForm, Field } from "@/external/inbox_app/components/forms/drawer_form/drawer_form.jsx";
import { TimeZoneSelect } from "@/external/inbox_app/components/forms/time_zones/time_zones.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const VERBATIM = { autoCapitalize: "off", autoCorrect: "off", spellCheck: false };

function Group({ title, children }) {
  return (
    <fieldset className="field-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** Open while `accommodation` is an id, or "new"; what was typed stays until it is saved or put away. */
export function AccommodationForm({ accommodation, problem, savedRef, refusedRef, onSave, onClose, children, ...known }) {
  const dialog = useRef(null);
  const { t } = useTexts();
  const [opened, reopen] = useState(0);
  const { waiting, submit, forget } = useAcknowledgedSend({
    place: `accommodation/${accommodation}`, acceptedRef: savedRef, refusedRef, onSend: (kept, ref) => onSave(accommodation, kept, ref),
    onAccepted: () => dialog.current.close(),
  });

  useEffect(() => {
    if (accommodation === "") return;
    forget();
    reopen(opened + 1);
  }, [accommodation]);

  return (
    <DrawerForm
      open={accommodation !== ""} opened={opened} innerRef={dialog} title={accommodation === "new" ? t("New accommodation") : t("Edit accommodation")}
      problem={problem} waiting={waiting} onSave={(form) => submit(Object.fromEntries(new FormData(form)))} onClose={onClose}
    >
      {accommodation !== "" && <Fields {...known}>{children}</Fields>}
    </DrawerForm>
  );
}

function Fields({ facts, prefixes, maxLine, maxText, children }) {
  const { t } = useTexts();
  const given = (name) => ({ name, defaultValue: facts[name] ?? "" });
  const line = (name) => <input {...given(name)} maxLength={maxLine} dir="auto" />;
  const code = (name) => <input {...given(name)} {...VERBATIM} maxLength={maxLine} dir="auto" />;
  const time = (name) => <input type="time" {...given(name)} />;
  const words = (name, rows) => <textarea {...given(name)} rows={rows} maxLength={maxText} dir="auto" />;
  return (
    <>
      <Field label={t("Name")}><input {...given("name")} required pattern=".*\S.*" maxLength={maxLine} dir="auto" /></Field>
      <Group title={t("Where it is")}>
        <Field label={t("Address")}>{line("address")}</Field>
        <div className="field-row">
          <Field label={t("Country")}><CountrySelect bare prefixes={prefixes} name="country" value={facts.country ?? ""} placeholder={t("Not given")} /></Field>
          <Field label={t("Time zone")}><TimeZoneSelect name="timezone" value={facts.timezone} /></Field>
        </div>
      </Group>
      {children}
      <Group title={t("Check-in and check-out")}>
        <div className="field-row">
          <Field label={t("Check-in time")}>{time("check_in_time")}</Field>
          <Field label={t("Check-out time")}>{time("check_out_time")}</Field>
        </div>
        <Field label={t("Check-in instructions")} hint={t("How to get there and in, as you would write it to a guest.")}>{words("check_in_instructions", 4)}</Field>
      </Group>
      <Group title={t("Codes")}>
        <p className="hint"><Icon name="lock" /><span>{t("Kept encrypted. Saved replies tell them only to guests with a confirmed stay.")}</span></p>
        <Field label={t("Door code")}>{code("door_code")}</Field>
        <div className="field-row">
          <Field label={t("Wi-Fi network")}>{code("wifi_name")}</Field>
          <Field label={t("Wi-Fi password")}>{code("wifi_password")}</Field>
        </div>
      </Group>
      <Group title={t("Good to know")}>
        <Field label={t("Parking")}>{words("parking", 2)}</Field>
        <Field label={t("House rules")}>{words("house_rules", 4)}</Field>
      </Group>
      <Group title={t("Property-management system")}>
        <Field label={t("Its key there")} hint={t("Reservations from the HTTP API find the accommodation by it. Leave it empty if you don't use one.")}>{code("external_id")}</Field>
      </Group>
    </>
  );
}
