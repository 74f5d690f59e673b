// The emoji picker (M7), loaded when first opened, with the words of the person's language to search by.
import { useEffect, useRef, useState } from "react";
import "@/styles/emoji.css";
import { EmojiPicker as Picker } from "frimousse";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { emojiData } from "@/external/inbox_app/components/inbox/composer/composer/emoji_data.js";
import { recentEmoji, rememberEmoji } from "@/external/inbox_app/components/inbox/composer/composer/recent_emoji.js";

const COLUMNS = 8;
const isTouch = () => matchMedia("(pointer: coarse)").matches;

export default function EmojiPicker({ onPick, onClose }) {
  const box = useRef(null);
  const [search, setSearch] = useState("");
  const { t, language } = useTexts();
  useDismiss(box, onClose);

  const pick = (emoji) => {
    rememberEmoji(emoji);
    onPick(emoji);
  };
  return (
    <Picker.Root
      className="emoji-picker" role="dialog" aria-label={t("Emoji")} ref={box} columns={COLUMNS}
      locale={language} resolveEmojiData={emojiData} onEmojiSelect={({ emoji }) => pick(emoji)}
    >
      {/* Of no form: Enter chooses, and must not send the message. */}
      <Picker.Search
        className="emoji-search" form="" autoFocus={!isTouch()} value={search}
        aria-label={t("Search emoji")} placeholder={t("Search emoji")} onChange={(event) => setSearch(event.target.value)}
      />
      {!search && <Recent onPick={pick} label={t("Recent")} />}
      <Picker.Viewport className="emoji-viewport" tabIndex={0}>
        <Picker.Loading className="emoji-note">{t("Loading…")}</Picker.Loading>
        <Picker.Empty className="emoji-note">{t("No emoji found")}</Picker.Empty>
        <Picker.List className="emoji-list" aria-label={t("Emoji")} components={{ CategoryHeader, Row, Emoji }} />
      </Picker.Viewport>
    </Picker.Root>
  );
}

/** As it was when the picker opened, so that nothing moves under the pointer. */
function Recent({ onPick, label }) {
  const [recent] = useState(() => recentEmoji().slice(0, COLUMNS));
  if (recent.length === 0) return null;
  return (
    <div className="emoji-recent" role="group" aria-label={label}>
      {recent.map((emoji) => <button type="button" key={emoji} onClick={() => onPick(emoji)}>{emoji}</button>)}
    </div>
  );
}

const CategoryHeader = ({ category, ...rest }) => <div className="emoji-category" {...rest}>{category.label}</div>;
/** The library counts rows and columns from 0, ARIA from 1; it finds rows by their number, so that the first has none. */
const Row = ({ children, "aria-rowindex": index, ...rest }) => (
  <div className="emoji-row" aria-rowindex={index || undefined} {...rest}>{children}</div>
);

function Emoji({ emoji, "aria-colindex": column, ...rest }) {
  const button = useRef(null);
  useEffect(() => {
    // The library brings into view the rows that it finds by their number.
    if (emoji.isActive && !button.current.parentNode.hasAttribute("aria-rowindex")) {
      button.current.parentNode.scrollIntoView({ block: "nearest" });
    }
  }, [emoji.isActive]);
  return <button type="button" title={emoji.label} aria-colindex={column + 1} ref={button} {...rest}>{emoji.emoji}</button>;
}

/** Esc, or a press elsewhere. */
function useDismiss(box, onClose) {
  useEffect(() => {
    const outside = (event) => box.current?.parentNode.contains(event.target) || onClose();
    const escape = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      onClose();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("keydown", escape, true);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("keydown", escape, true);
    };
  }, [box, onClose]);
}
