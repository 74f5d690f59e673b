// Where a message is written: nothing here waits for the server but the emptying of the box (M2, M7, B12).
import { Suspense, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useConnection } from "@/external/inbox_app/components/layout/connection_banner/connection_banner.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { lazyAhead, lazyAtNeed } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";
import { Menu, TellItem } from "@/external/inbox_app/components/dialogs/menu/menu.jsx";
import { OPEN_TEMPLATE_MENU } from "@/external/inbox_app/components/templates/template_menu/template_menu.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { OPEN_SEND_LATER, SendLater } from "@/external/inbox_app/components/inbox/composer/send_later/send_later.jsx";
import { isBlank, isComposing, size } from "@/external/inbox_app/components/forms/typed/typed.js";
import { useDraft } from "@/external/inbox_app/components/inbox/composer/composer/draft.js";
import { AttachButton, attachItems, DropZone, filesOf, Tray, usePickers } from "@/external/inbox_app/components/inbox/composer/attachments/attachments.jsx";
import { ask } from "@/external/inbox_app/components/inbox/together/together/asking.js";
import { attach, send as sendFiles, useUploads } from "@/external/inbox_app/components/inbox/outgoing/uploads/uploads.js";
import { put, useOutgoingOf, useTaker } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing.js";
import { OPEN_REPLIES, openFields, useReplies } from "@/external/inbox_app/components/inbox/composer/composer/replies.jsx";

const TooLong = lazyAhead(() => import("@/external/inbox_app/components/inbox/composer/too_long/too_long.jsx"));
const JoinShort = lazyAhead(() => import("@/external/inbox_app/components/inbox/composer/join_short/join_short.jsx"));
const EmojiPicker = lazyAtNeed(() => import("@/external/inbox_app/components/inbox/composer/composer/emoji_picker.jsx"));
const COUNTED = 500;
const isTouch = () => matchMedia("(pointer: coarse)").matches;

/** `most` characters, `mostCaption` beside a file (0: none may be sent); `counted`: each message costs. What is sent leaves the box at once; refused, it comes back into it. */
export function Composer({
  thread, opened, draft, attached, most, mostCaption, counted, templates, replies, later, onDraft, onAskReplies, onUseReply, onLook,
}) {
  const box = useRef(null);
  const { t } = useTexts();
  const connection = useConnection();
  const { text, write, flush, forget } = useDraft(thread, draft, opened, onDraft);
  useTaker(thread, (back) => {
    write([back, text].filter(Boolean).join("\n"));
    box.current.focus();
  });
  useSentBefore(thread, text, forget);
  const saved = useReplies({ thread, text, write, box, replies, onAsk: onAskReplies, onUse: onUseReply });
  const [picking, setPicking] = useState(false);
  const files = useUploads(thread, opened ? attached : undefined);
  const pickers = usePickers(thread);
  const mayAttach = mostCaption > 0;

  useAutosize(box, text);
  useFallbackFocus(box);
  const [unlikely] = useState(() => !opened && isClosedInList(thread));
  useLayoutEffect(() => {
    const end = box.current.value.length;
    box.current.setSelectionRange(end, end);
    if (!isTouch()) box.current.focus({ preventScroll: true });
  }, [thread]);

  const left = most - size(text);
  const open = openFields(text, t);
  const withFiles = mayAttach && files.sendable.length > 0;
  const ready = left >= 0 && open.length === 0 && (withFiles || !isBlank(text));
  // As WhatsApp does: what stands in the box goes with the first file, unless it is too long for that.
  const headed = withFiles && size(text) <= mostCaption;
  const leave = (texts) => {
    forget();
    texts.forEach((each) => put(thread, each));
    box.current.focus();
    return true;
  };
  const sendLater = (local, fallback) => {
    forget();
    put(thread, text, { local, fallback });
  };
  const leaveWithFiles = () => {
    const apart = !headed && !isBlank(text);
    leave(apart ? [text] : []);
    sendFiles(thread, files.sendable, apart || isBlank(text) ? "" : text);
    return true;
  };
  const send = () => ready && ask(withFiles ? leaveWithFiles : () => leave([text]));
  const onPaste = (event) => {
    const pasted = filesOf(event.clipboardData);
    if (!mayAttach || pasted.length === 0) return;
    event.preventDefault();
    attach(thread, pasted);
  };
  const onKeyDown = (event) => {
    if (saved.onKey(event)) return event.preventDefault();
    if (event.key !== "Enter" || event.shiftKey || isComposing(event.nativeEvent) || isTouch()) return;
    event.preventDefault();
    const sent = send();
    if (sent && (event.ctrlKey || event.metaKey)) openNextWaiting();
  };
  const insert = (emoji) => {
    const { selectionStart, selectionEnd } = box.current;
    write(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd));
    requestAnimationFrame(() => {
      const caret = selectionStart + emoji.length;
      box.current?.setSelectionRange(caret, caret);
    });
  };

  const note = <Note connection={connection} left={left} open={open} apart={withFiles && !headed} t={t} />;

  return (
    <>
    <form className="composer" hidden={unlikely && !opened} onSubmit={(event) => (event.preventDefault(), send())}>
      {saved.picker}
      {mayAttach && <DropZone thread={thread} />}
      {mayAttach && pickers.fields}
      <Tray entries={files.entries} most={mostCaption} headed={headed && !isBlank(text)} />
      <textarea
        id="message-box" ref={box} rows={1} dir="auto" value={text} enterKeyHint={isTouchHint()}
        aria-label={t("Write a message")} placeholder={t("Write a message")} aria-describedby="composer-note"
        onChange={(event) => write(event.target.value)} onKeyDown={onKeyDown} onBlur={flush} onPaste={onPaste}
      />
      <div className="composer-bar">
        <More t={t} templates={templates} onOpen={mayAttach && pickers.open} />
        {mayAttach && <AttachButton onOpen={pickers.open} />}
        <EmojiButton open={picking} setOpen={setPicking} onPick={insert} box={box} />
        <p id="composer-note" className="composer-note" role="status">
          {left < 0 && open.length === 0 ? (
            <Suspense fallback={null}><TooLong text={text} most={most} over={-left} onSend={(texts) => ask(() => leave(texts))} /></Suspense>
          ) : (
            <Suspense fallback={note}>{counted ? <JoinShort thread={thread} text={text} most={most} instead={note} /> : note}</Suspense>
          )}
        </p>
        <button type="submit" className="button" aria-label={t("Send")} disabled={!ready}>
          <span className="wide-only">{t("Send")}</span>
          <Icon name="send" className="narrow-only" />
        </button>
      </div>
    </form>
    <SendLater text={text} later={later} ready={ready} withFiles={withFiles} onLook={(local) => onLook(thread, local)} onSend={sendLater} />
    </>
  );
}

/** The first after this one in the list, or from its beginning, whose last word is the guest's. */
function openNextWaiting() {
  const rows = [...document.querySelectorAll("[data-conversation]")];
  const here = rows.findIndex((row) => row.getAttribute("aria-current") === "page");
  const next = [...rows.slice(here + 1), ...rows.slice(0, Math.max(here, 0))].find((row) => row.dataset.waiting === "yes");
  next?.click();
  next?.scrollIntoView({ block: "nearest" });
}

const isTouchHint = () => (typeof matchMedia === "function" && isTouch() ? "enter" : "send");

/** What the list knows of a thread that has not come: there will be no box. */
function isClosedInList(thread) {
  const row = document.querySelector(`[data-conversation="${CSS.escape(thread)}"]`);
  return ["closed", "never"].includes(row?.dataset.window);
}

/** The server's draft may still say what was sent already, before a reload. */
function useSentBefore(thread, text, forget) {
  const sent = useOutgoingOf(thread);
  const looked = useRef(false);
  useEffect(() => {
    if (looked.current || sent.length === 0) return;
    looked.current = true;
    if (sent.some((each) => each.text === text)) forget();
  }, [sent]);
}

function Note({ connection, left, open, apart, t }) {
  if (open.length > 0) return <span className="over">{t("Fill in first: {fields}", { fields: open.join(", ") })}</span>;
  if (connection) return t("What you send leaves as soon as the connection is back.");
  if (apart) return t("The text is too long for a caption: it goes before, as a message of its own.");
  if (left < COUNTED) return t("{n} left", { n: left });
  return null;
}

/** What else can be sent. */
const More = ({ t, templates, onOpen }) => (
  <Menu label={t("Send something else")} icon="plus" place="above">
    {onOpen && attachItems(t, onOpen)}
    {templates && <TellItem event={OPEN_TEMPLATE_MENU} icon="template">{t("Send template")}</TellItem>}
    <TellItem event={OPEN_REPLIES} icon="bolt">{t("Saved replies")}</TellItem>
    <TellItem event={OPEN_SEND_LATER} icon="clock">{t("Send later")}</TellItem>
  </Menu>
);

function EmojiButton({ open, setOpen, onPick, box }) {
  const { t } = useTexts();
  const close = useCallback(() => {
    setOpen(false);
    box.current?.focus();
  }, [setOpen, box]);
  return (
    <div className="emoji-place">
      <button type="button" className="icon-button" aria-label={t("Emoji")} aria-expanded={open} onClick={() => (open ? close() : setOpen(true))}>
        <Icon name="smile" />
      </button>
      {open && (
        <Suspense fallback={<div className="emoji-picker" />}>
          <EmojiPicker onPick={onPick} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

/** When the box goes, as the window closes, the focus in it goes to what stands in its place. */
function useFallbackFocus(box) {
  useLayoutEffect(() => () => {
    if (!box.current?.form.contains(document.activeElement)) return;
    requestAnimationFrame(() => document.querySelector(".foot-card")?.focus());
  }, [box]);
}

/** Where the style sheet's `field-sizing` does not see to it. */
function useAutosize(box, text) {
  useLayoutEffect(() => {
    if (CSS.supports("field-sizing", "content")) return;
    const area = box.current;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, window.innerHeight * 0.36)}px`;
  }, [box, text]);
}
