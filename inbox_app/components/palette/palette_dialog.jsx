// Find anything, or do something, from wherever one is: arrows choose, Enter goes there (P9).
import { useEffect, useId, useRef, useState } from "react";
import { matchPath, useLocation, useNavigate } from "react-router";
import "@/styles/palette.css";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { CloseButton } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { isComposing } from "@/external/inbox_app/components/forms/typed/typed.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { groups } from "@/external/inbox_app/components/palette/palette/palette_results.js";
import { Option } from "@/external/inbox_app/components/palette/palette/palette_rows.jsx";

const PAUSE = 150;
const PATIENCE = 5000;

/** Asks the server a little after the last key, one search at a time: the next goes once `asked` says that this one is answered. */
function useSearch(typed, asked, onSearch) {
  const asking = useRef(null);
  const latest = useRef(onSearch);
  latest.current = onSearch;
  const words = typed.trim().replace(/\s+/g, " ");
  useEffect(() => {
    if (asking.current?.words === asked) asking.current = null;
    if (words === asked) return undefined;
    const since = asking.current && PATIENCE - (Date.now() - asking.current.at);
    const ask = () => {
      asking.current = { words, at: Date.now() };
      latest.current(words);
    };
    const timer = setTimeout(ask, Math.max(PAUSE, since ?? 0));
    return () => clearTimeout(timer);
  }, [words, asked]);
  return words !== asked;
}

/** `found`, `asked` and `thread` are the server's of this opening once `onOpen` is answered. */
export default function PaletteDialog({ found, asked, thread, refused, onOpen, onSearch, onActor, onClosed }) {
  const { t, tn } = useTexts();
  const id = useId();
  const dialog = useRef(null);
  const list = useRef(null);
  const [typed, type] = useState("");
  const [at, setAt] = useState(0);
  const [said, say] = useState("");
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const over = matchPath("/inbox/:id", pathname)?.params.id ?? "";
  const here = useRef(pathname + search);
  const searching = useSearch(typed, asked, onSearch);

  const isOurs = typed.trim() || asked === "";
  const shown = groups({ typed, found: isOurs ? found : {}, thread: thread.id === over ? thread : {}, t });
  const options = shown.flatMap((group) => group.options);
  const chosen = options[Math.min(at, options.length - 1)];
  const idOf = (option) => `${id}-${option.key}`;
  const close = () => dialog.current?.close();

  useEffect(() => void onOpen(over), []);
  useEffect(() => {
    if (here.current !== pathname + search) close();
  }, [pathname, search]);
  useEffect(() => void (refused && say(t("This conversation cannot be opened: someone else may have its number."))), [refused]);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen?.key]);

  const choose = (option) => {
    if (option.to === here.current || option.run) close();
    // What opens now takes the focus from where it goes back to.
    if (option.run) requestAnimationFrame(() => option.run(navigate));
    else if (option.to) navigate(option.to);
    else if (option.actor) onActor(option.actor);
  };
  const onKeyDown = (event) => {
    if (isComposing(event.nativeEvent)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) setAt((Math.min(at, options.length - 1) + step + options.length) % options.length);
    else if (event.key === "Enter" && chosen) choose(chosen);
    else return;
    event.preventDefault();
  };
  const onChange = (event) => {
    type(event.target.value);
    setAt(0);
    say("");
  };
  const nothing = !searching && options.length === 0;
  return (
    <Dialog open innerRef={dialog} className="dialog palette" aria-label={t("Search everywhere")} onClose={onClosed}>
      <div className="palette-box">
        <Icon name="search" />
        <input
          type="text" role="combobox" autoFocus autoComplete="off" spellCheck={false} maxLength={100} value={typed}
          aria-label={t("Search everywhere")} placeholder={t("People, reservations, messages, commands…")}
          aria-expanded={options.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list" aria-activedescendant={chosen && idOf(chosen)}
          onChange={onChange} onKeyDown={onKeyDown}
        />
        <CloseButton className="icon-button" aria-label={t("Close")}><Icon name="close" /></CloseButton>
      </div>
      <div className="palette-list" role="listbox" id={`${id}-list`} aria-label={t("Search everywhere")} aria-busy={searching} ref={list}>
        {shown.map((group) => (
          <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
            <h3 id={`${id}-${group.id}`} role="presentation">{group.title}</h3>
            {group.options.map((option) => (
              <Option key={option.key} option={option} id={idOf(option)} chosen={option === chosen} onChoose={() => choose(option)} onPoint={() => setAt(options.indexOf(option))} />
            ))}
          </div>
        ))}
        {nothing && <p className="palette-nothing">{t("Nothing found for “{words}”. Try fewer letters, or another spelling.", { words: typed.trim() })}</p>}
        {said && <p className="palette-nothing" role="alert">{said}</p>}
      </div>
      <p className="visually-hidden" role="status">{typed.trim() && !searching ? tn("{n} result", "{n} results", { n: options.length }) : ""}</p>
      <footer className="keyboard-only" aria-hidden="true">
        <span><kbd>↑</kbd><kbd>↓</kbd> {t("to choose")}</span>
        <span><kbd>Enter</kbd> {t("to open")}</span>
        <span><kbd>Esc</kbd> {t("to close")}</span>
      </footer>
    </Dialog>
  );
}
