// The drawer in which a reservation is written by hand; nothing waits for the server but saving and looking for homes (A3).
import { useEffect, useRef, useState } from "react";
import "@/styles/cards.css";
import { ConfirmDialog } from "@/external/inbox_app/components/dialogs/confirm_dialog/confirm_dialog.jsx";
import { useAcknowledgedSend } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { Choice } from "@/external/inbox_app/components/forms/choice/choice.jsx";
import { DrawerForm, Field } from "@/external/inbox_app/components/forms/drawer_form/drawer_form.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const LATER = ["in_stay", "completed", "owner_stay", "block"];

const statuses = (t, now) => [
  ["confirmed", t("Confirmed")], ["pending", t("To be confirmed")], ["inquiry", t("Inquiry")], ["cancelled", t("Cancelled")], ["no_show", t("No-show")],
  ...(LATER.includes(now) ? [[now, t("As it is")]] : []),
];

/** What the other parts of a page call, where a thread is open. */
const NEW = "new-reservation";
/** Sent in the place of what was written: it is to go. */
const GONE = "gone";

/** Opens when `opened` changes; what was typed stays until it is saved or put away. */
export function ReservationForm({ opened, form, thread, problem, savedRef, refusedRef, focusAfter, onBegin, onSave, onDelete, ...finding }) {
  const dialog = useRef(null);
  const { t } = useTexts();
  const [shown, show] = useState(0);
  const [asking, ask] = useState(false);
  const before = useRef(opened);
  const home = useRef("");
  const { waiting, submit, forget } = useAcknowledgedSend({
    place: `reservation/${form.guest}/${form.reservation}`, acceptedRef: savedRef, refusedRef,
    onSend: (kept, ref) => (kept === GONE ? onDelete(form.reservation, ref) : onSave(form.guest, form.reservation, kept, ref)),
    onAccepted: ([kept]) => {
      dialog.current.close();
      if (kept === GONE) document.querySelector(focusAfter)?.focus();
    },
  });

  useEffect(() => {
    if (!thread) return undefined;
    const begin = () => onBegin(thread);
    document.addEventListener(NEW, begin);
    return () => document.removeEventListener(NEW, begin);
  }, [thread]);

  useEffect(() => {
    if (opened === before.current) return;
    before.current = opened;
    forget();
    show(opened);
  }, [opened]);

  const save = (written) => submit({ ...Object.fromEntries(new FormData(written)), home: home.current });
  const deletion = form.reservation && (
    <button type="button" className="icon-button" aria-label={t("Delete reservation")} title={t("Delete reservation")} disabled={waiting} onClick={() => ask(true)}><Icon name="trash" /></button>
  );
  return (
    <>
      <DrawerForm
        open={shown > 0} opened={shown} innerRef={dialog} title={form.reservation ? t("Edit reservation") : t("New reservation")}
        problem={problem} waiting={waiting} beside={deletion} onSave={save} onClose={() => show(0)} noValidate
      >
        {shown > 0 && <Fields form={form} home={home} t={t} {...finding} />}
      </DrawerForm>
      <ConfirmDialog open={asking} title={t("Delete this reservation?")} confirmLabel={t("Delete reservation")} onConfirm={() => (ask(false), submit(GONE))} onCancel={() => ask(false)}>
        <p>{t("It disappears from the guest's record and from beside their conversations. Its tasks stay.")}</p>
      </ConfirmDialog>
    </>
  );
}

/** `home` is where the id of the chosen home is put. */
function Fields({ form, home, t, choices, choicesFor, onFind }) {
  const [chosen, choose] = useState(form.home_id ? { id: form.home_id, name: form.home } : null);
  const [arrival, setArrival] = useState(form.check_in);
  home.current = chosen?.id ?? "";
  const given = (name) => ({ name, defaultValue: form[name] });
  const count = (name) => <input type="number" min={0} max={1000} inputMode="numeric" {...given(name)} />;
  const amount = (name) => <input type="number" step="0.01" inputMode="decimal" {...given(name)} />;
  return (
    <>
      <Choice
        what="home" label={t("Accommodation")} hint={t("Name of the accommodation")} chosen={chosen} onChoose={choose}
        choices={choices} choicesFor={choicesFor} onFind={onFind}
      />
      <div className="field-row">
        <Field label={t("Arrival")}>
          <input type="date" name="check_in" defaultValue={form.check_in} onChange={(event) => setArrival(event.target.value)} />
        </Field>
        <Field label={t("Departure")}><input type="date" min={arrival || undefined} {...given("check_out")} /></Field>
      </div>
      <div className="field-row">
        <Field label={t("Status")}>
          <select {...given("status")}>{statuses(t, form.status).map(([value, name]) => <option key={value} value={value}>{name}</option>)}</select>
        </Field>
        <Field label={t("Arrives at (optional)")}><input type="time" {...given("arrival_time")} /></Field>
      </div>
      <div className="field-row">
        <Field label={t("Adults")}>{count("adults")}</Field>
        <Field label={t("Children")}>{count("children")}</Field>
      </div>
      <div className="field-row">
        <Field label={t("Code (optional)")}><input maxLength={200} dir="auto" {...given("code")} /></Field>
        <Field label={t("Portal (optional)")}><input maxLength={200} dir="auto" {...given("portal")} /></Field>
      </div>
      <div className="field-row">
        <Field label={t("Total")}>{amount("total")}</Field>
        <Field label={t("Balance due")}>{amount("balance")}</Field>
        <Field label={t("Currency")}><input maxLength={3} placeholder="EUR" autoCapitalize="characters" spellCheck={false} dir="ltr" {...given("currency")} /></Field>
      </div>
      <Field label={t("Notes")}><textarea rows={3} maxLength={20000} dir="auto" {...given("notes")} /></Field>
    </>
  );
}
