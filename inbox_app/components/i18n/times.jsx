// Everything that depends on the time: one ticker and one server clock for the whole page, no traffic (W2, W6).
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { onTexts, t, useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import * as format from "@/external/inbox_app/components/i18n/times/formats.js";
import { level, timeLeft } from "@/external/inbox_app/components/i18n/times/window_level.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const listeners = new Set();
const tell = () => listeners.forEach((listener) => listener());
let heard = null;
let ticker;

/** The server's time in epoch milliseconds; the computer's own clock plays no part once the server was heard. */
export const now = () => (heard ? heard.at + performance.now() - heard.local : Date.now());

/** Tells the page what time it is on the server, each time the server says so, and in which zone to write it. */
export function ServerClock({ at, zone }) {
  useLayoutEffect(() => {
    if (!at) return;
    heard = { at, local: performance.now() };
    format.setZone(zone);
    tell();
    written.forEach((listener) => listener());
  }, [at, zone]);
  return null;
}

function subscribe(listener) {
  listeners.add(listener);
  ticker ??= setInterval(tell, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) ticker = clearInterval(ticker);
  };
}

const written = new Set();
const onZone = (listener) => (written.add(listener), () => written.delete(listener));
onTexts(() => [...listeners, ...written].forEach((listener) => listener()));

/** What `read` writes; again only when the zone or the language it is written in becomes known. */
const useWritten = (read) => useSyncExternalStore(onZone, read, () => "");

/** What `read` makes of the present moment; draws again only when that changes. */
export const useMoment = (read) => useSyncExternalStore(subscribe, read, () => "");

/** When something happened, as short as a list wants it: 14:52, Yesterday, Fri, 3 Dec. */
export function ListTime({ at }) {
  const label = useMoment(() => (at ? format.inList(at, now()) : ""));
  return at ? <time dateTime={new Date(at).toISOString()} title={label && format.whole(at)}>{label}</time> : null;
}

/** The hour of a message. */
export function ClockTime({ at }) {
  const hour = useWritten(() => (at ? format.clock(at) : ""));
  return hour ? <time dateTime={new Date(at).toISOString()} title={format.whole(at)}>{hour}</time> : null;
}

/** The name of a day (`YYYY-MM-DD`) between messages: Today, Yesterday, Wednesday 19 November. */
export function DayName({ day }) {
  return useMoment(() => format.dayName(day, now()));
}

/** A local date of a stay: Wed 19 Nov. */
export function StayDate({ day }) {
  const { ready } = useTexts();
  return ready && day ? <time dateTime={day}>{format.stayDate(day)}</time> : null;
}

/** A day inside a line: 3 Dec. */
export function ShortDate({ day }) {
  const { ready } = useTexts();
  return ready && day ? format.shortDate(day) : null;
}

/** What time it is where the accommodation is. */
export function LocalTime({ zone }) {
  return useMoment(() => t("{time} there", { time: format.clock(now(), zone) }));
}

/** `sentence` with what `write` makes of a moment in the place of its `{moment}`. */
function useSentence(sentence, at, write) {
  const moment = useMoment(() => (at ? write(at, now()) : ""));
  return format.capital(sentence.replace("{moment}", moment));
}

/** A sentence with a `{moment}`: today at 19:04, on 12 November at 19:04. */
export const MomentIn = ({ sentence, at }) => useSentence(sentence, at, format.dayAndClock);

/** A sentence with a `{moment}` that is most likely today: at 19:04, yesterday at 14:02. */
export const ClockIn = ({ sentence, at }) => useSentence(sentence, at, format.nearClock);

/** A label with a `{moment}` after it: 14:02; yesterday, 14:02. */
export const MomentAfter = ({ sentence = "{moment}", at }) => useSentence(sentence, at, format.moment);

/** A sentence with the `{span}` since a moment: 2 hours; within the first minutes the sentence `soon`. */
export function SpanIn({ sentence, soon, at }) {
  const span = useMoment(() => (now() - at < 5 * MINUTE ? "" : format.span(now() - at)));
  return at && span ? sentence.replace("{span}", span) : soon;
}

/** An amount as the language writes it. */
export function Money({ amount, currency }) {
  const { ready } = useTexts();
  return ready && amount ? format.money(amount, currency) : null;
}

/** Its children, once so many minutes have gone by since a moment. */
export function After({ at, minutes, children }) {
  const due = useMoment(() => (now() - at >= minutes * MINUTE ? "due" : ""));
  return due ? children : null;
}

/** Of a window `{ phase, closesAt, length }`. */
const left = (of) => (of.phase === "open" ? timeLeft(of.closesAt - now(), of.length) : 0);

function leftInWords(ms, brief) {
  const h = Math.floor(ms / HOUR);
  const m = Math.floor((ms % HOUR) / MINUTE);
  if (ms <= 0) return t("Closed");
  if (ms < MINUTE) return t("{s} s", { s: Math.ceil(ms / 1000) });
  if (h === 0) return t("{m} min", { m });
  if (brief) return h >= 6 ? t("{h} h", { h }) : t("{h} h {m}", { h, m: String(m).padStart(2, "0") });
  return t("{h} h {m} min", { h, m });
}

const windowInWords = (of, brief) => (of.phase === "never" ? t("Never opened") : leftInWords(left(of), brief));

/** How long a row's window stays open. */
export function WindowLeft(of) {
  const { t } = useTexts();
  const tone = useMoment(() => level(left(of)));
  const label = useMoment(() => windowInWords(of, true));
  return (
    <span className={`window-left ${tone}`}>
      <Icon name={tone === "closed" ? "lock" : "clock"} />
      <span className="visually-hidden">{t("Reply window:")} </span>
      {label}
    </span>
  );
}

/** How long somebody has waited for an answer. */
export function Waited({ since }) {
  const { t } = useTexts();
  const span = useMoment(() => spanInWords(now() - since));
  return <span className="tag waits" title={t("Waiting for an answer")}><Icon name="reply" /><span className="visually-hidden">{t("Waiting for an answer")}: </span>{span}</span>;
}

const spanInWords = (ms) => (ms < 2 * 24 * HOUR ? leftInWords(Math.max(ms, MINUTE), true) : t("{d} d", { d: Math.floor(ms / HOUR / 24) }));

/** When a snoozed conversation comes back. */
export const SnoozedUntil = ({ at }) => useMoment(() => format.moment(at, now()));

/** The open thread's countdown: ticks in the browser, says aloud only thresholds, calls `onExpire` once at zero. */
export function Countdown({ onExpire, ...of }) {
  const { t } = useTexts();
  const tone = useMoment(() => level(left(of)));
  const label = useMoment(() => windowInWords(of, false));
  const brief = useMoment(() => windowInWords(of, true));
  const hint = useMoment(() => closingHint(of));
  useExpiry(of, tone, onExpire);
  return (
    <span className={`countdown ${tone || "calm"}`} tabIndex={0} onClick={(event) => event.currentTarget.focus()}>
      <Icon name={tone === "closed" ? "lock" : "clock"} />
      <span className="visually-hidden">{t("Reply window:")} </span>
      <span role="timer">
        <span className="wide-only">{label}</span>
        <span className="narrow-only">{brief}</span>
      </span>
      <span className="hint">{hint}</span>
      <Thresholds of={of} />
    </span>
  );
}

function closingHint({ phase, closesAt, closedAt }) {
  const closed = phase === "closed" ? closedAt || closesAt : closesAt;
  if (phase === "never" || !closed) return t("It opens when they write to you");
  const moment = format.dayAndClock(closed, now());
  return closed > now() ? t("Closes {moment}", { moment }) : t("Closed {moment}", { moment });
}

function useExpiry({ phase, closesAt }, tone, onExpire) {
  const told = useRef(0);
  useEffect(() => {
    if (phase !== "open" || tone !== "closed" || told.current === closesAt) return;
    told.current = closesAt;
    onExpire?.();
  }, [phase, closesAt, tone, onExpire]);
}

const THRESHOLDS = [6 * HOUR, HOUR, 15 * MINUTE, 5 * MINUTE, 0];
const passed = (of) => THRESHOLDS.filter((threshold) => left(of) <= threshold).length;

function Thresholds({ of }) {
  const { closesAt } = of;
  const crossed = useMoment(() => String(passed(of)));
  const [said, say] = useState("");
  const before = useRef({ closesAt, crossed });
  useEffect(() => {
    const last = before.current;
    before.current = { closesAt, crossed };
    if (!last.crossed || last.closesAt !== closesAt || crossed <= last.crossed) return;
    const ms = THRESHOLDS[Number(crossed) - 1];
    say(ms ? t("The window closes in {time}", { time: leftInWords(ms, false) }) : t("The reply window has closed"));
  }, [closesAt, crossed]);
  return <span className="visually-hidden" aria-live="polite">{said}</span>;
}
