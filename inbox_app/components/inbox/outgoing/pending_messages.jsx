// Answers that are on screen the moment they are sent, until the server's rows stand in their place (M6, M7).
import { memo, Suspense, useLayoutEffect, useRef } from "react";
import { useConnection } from "@/external/inbox_app/components/layout/connection_banner/connection_banner.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { ClockTime, now } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";
import { MessageText } from "@/external/inbox_app/components/inbox/thread/message_text/message_text.jsx";
import { heldUp } from "@/external/inbox_app/components/inbox/outgoing/outgoing/sending_order.js";
import { takeBack, useElapsed, useOutgoingOf, useUndo, withoutRow } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing.js";

const PendingFile = lazyAhead(() => import("@/external/inbox_app/components/inbox/outgoing/outgoing/pending_file.jsx"));
const WaitingSends = lazyAhead(() => import("@/external/inbox_app/components/inbox/outgoing/outgoing/waiting_sends.jsx"));

/** How long the server may take before it is said. */
const PATIENT = 2000;

/** `rows`: the messages that the server has brought, each with its `client_ref`. */
export function PendingMessages({ thread, rows, waiting: later, author, onTakeBack }) {
  const entries = useOutgoingOf(thread);
  const waiting = withoutRow(entries, [...rows, ...later]);
  const held = heldUp(waiting);
  const end = useFollowed(waiting.length);
  const last = rows.at(-1);
  const goesOn = last?.direction === "out" && last.author === author;
  return (
    <>
      {later.length > 0 && <Suspense fallback={null}><WaitingSends rows={later} onTakeBack={onTakeBack} /></Suspense>}
      {waiting.map((each, at) => (
        <Pending
          key={each.ref} clientRef={each.ref} text={each.text} file={each.file} waits={each.waits} behind={held.has(each.ref) && !each.waits}
          thread={thread} at={each.at} since={each.handed || each.at} author={author} first={at === 0 && !goesOn} last={at === waiting.length - 1}
        />
      ))}
      <span ref={end} hidden />
    </>
  );
}

const Pending = memo(({ clientRef, text, file, waits, behind, thread, at, since, author, first, last }) => {
  const { t } = useTexts();
  const queued = t("Queued");
  const sentAt = useRef(now() - (Date.now() - at));
  return (
    <article className={`message outgoing${first ? " first" : ""}${last ? " last" : ""}`} data-pending="">
      <span className="visually-hidden">{author || t("You")}: </span>
      {file && <Suspense fallback={null}><PendingFile file={file} waits={waits} /></Suspense>}
      {text && <MessageText text={text.trim()} />}
      <div className="message-foot">
        {last && author && <span aria-hidden="true">{author}</span>}
        <ClockTime at={sentAt.current} />
        <span className="tick queued" title={queued}>
          <Icon name="clock" />
          <span className="visually-hidden">{queued}</span>
        </span>
      </div>
      {!waits && <Late at={since} behind={behind} t={t} />}
      <UndoSend clientRef={clientRef} text={text} thread={thread} label={waits && t("Cancel")} />
    </article>
  );
});

/** «Undo» beside a bubble, as long as its text has not left (M11); `held`: `{author, until}`, as its row says. */
export function UndoSend({ clientRef, held, text, thread, label }) {
  const may = useUndo(clientRef, held);
  const { t } = useTexts();
  if (may === "too late") return <span className="undo-send" role="status">{t("It had left already")}</span>;
  if (!may) return null;
  return <button type="button" className="undo-send link-button" onClick={() => takeBack(clientRef, { thread, text })}>{label || t("Undo")}</button>;
}

/** Said once the server takes its time. */
function Late({ at, behind, t }) {
  const connection = useConnection();
  if (!useElapsed(at, PATIENT)) return null;
  const why = connection ? t("It leaves by itself as soon as the connection is back.") : t("Not confirmed yet. Trying again…");
  return <p className="delivery-failure unconfirmed" role="status">{behind && !connection ? t("It leaves after the file before it.") : why}</p>;
}

/** Who sends wants to see it: the log goes to its end. */
function useFollowed(count) {
  const end = useRef(null);
  const before = useRef(0);
  useLayoutEffect(() => {
    const log = end.current.closest("[role=log]");
    if (count > before.current && log) log.scrollTop = log.scrollHeight;
    before.current = count;
  }, [count]);
  return end;
}
