// Writes down when a text is to leave: at a time there (M10), or when the person answers (W7).
import { Suspense, useEffect, useId, useState } from "react";
import { FormDialog } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { isBlank, size } from "@/external/inbox_app/components/forms/typed/typed.js";
import { ask } from "@/external/inbox_app/components/inbox/together/together/asking.js";
import { put } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing.js";

export const OPEN_SEND_LATER = "send-later";
const Form = lazyAhead(() => import("@/external/inbox_app/components/inbox/composer/send_later/send_later_form.jsx"));

/** `onSend(local, fallback)`. */
export function SendLater({ onSend, ...rest }) {
  const { t } = useTexts();
  const [sent, setSent] = useState(0);
  const send = (...when) =>
    ask(() => {
      onSend(...when);
      setSent(sent + 1);
    });
  return (
    <FormDialog title={t("Send later")} opensOn={OPEN_SEND_LATER} done={sent}>
      <Suspense fallback={<div className="later-form" aria-busy="true" />}>
        <Form onSend={send} {...rest} />
      </Suspense>
    </FormDialog>
  );
}

/** A button and the box behind it: what is written there leaves when they answer. */
export function AnswerLater({ thread, draft, most, label, onDraft }) {
  const { t } = useTexts();
  const id = useId();
  const [text, setText] = useState(draft ?? "");
  const [sent, setSent] = useState(0);
  useEffect(() => setText(draft ?? ""), [draft]);
  const left = most - size(text);
  const may = left >= 0 && !isBlank(text);
  const submit = (event) => {
    event.preventDefault();
    if (!may) return;
    ask(() => {
      put(thread, text, { local: "", fallback: "" });
      setText("");
      setSent(sent + 1);
    });
  };
  return (
    <FormDialog label={label} title={t("Write now, send when they answer")} done={sent} className="button quiet-button answer-later">
      <form className="later-form" onSubmit={submit}>
        <p className="form-note" id={id}>{t("Send a template too, so that they write back. This message then leaves by itself, once.")}</p>
        <textarea
          className="later-box" data-first="" rows={5} dir="auto" value={text} aria-label={t("Write a message")} aria-describedby={id}
          onChange={(event) => setText(event.target.value)} onBlur={() => onDraft?.(thread, text)}
        />
        {left < 0 && <p className="form-problem" role="alert">{t("{n} characters too many", { n: -left })}</p>}
        <button type="submit" className="button" disabled={!may}>{t("Send when they answer")}</button>
      </form>
    </FormDialog>
  );
}
