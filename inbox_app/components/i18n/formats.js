// Dates, hours and money as the person's language writes them, in the account's time zone (X2).
import { t, tn, texts } from "@/external/inbox_app/components/i18n/text/text.jsx";

// The product's English is Britain's: 24-hour times, the day before the month.
const LOCALES = { en: "en-GB" };
const PADDED_HOURS = new Set(["en"]);
const made = new Map();
let timeZone;

/** The zone (IANA name) in which moments are written from now on; the browser's own until then. */
export const setZone = (zone) => {
  if (zone === timeZone) return;
  timeZone = zone || undefined;
  made.clear();
};

/** What `write` makes of moments in a zone (IANA name); "": the account's. */
export function inZone(zone, write) {
  const ours = timeZone;
  timeZone = zone || ours;
  try {
    return write();
  } finally {
    timeZone = ours;
  }
}

function intl(kind, options) {
  const language = LOCALES[texts().language] ?? texts().language;
  const given = kind === Intl.DateTimeFormat ? { timeZone, ...options } : options;
  const key = kind.name + language + JSON.stringify(given);
  if (!made.has(key)) made.set(key, new kind(language, given));
  return made.get(key);
}

const date = (ms, options) => intl(Intl.DateTimeFormat, options).format(ms);
const noon = (day) => Date.parse(`${day}T12:00:00Z`);

/** The local day of a moment, `YYYY-MM-DD`. */
export function dayOf(ms) {
  const parts = intl(Intl.DateTimeFormat, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(ms);
  const part = (type) => parts.find((each) => each.type === type).value;
  return `${part("year")}-${part("month")}-${part("day")}`;
}

const yearUnlessNow = (day, now) => (day.slice(0, 4) === dayOf(now).slice(0, 4) ? {} : { year: "numeric" });
const dayAndMonth = (ms, now) => date(ms, { day: "numeric", month: "long", ...yearUnlessNow(dayOf(ms), now) });
const daysAgo = (day, now) => Math.round((noon(dayOf(now)) - noon(day)) / 86_400_000);
const nearDay = (ago) => intl(Intl.RelativeTimeFormat, { numeric: "auto" }).format(-ago, "day");

export const clock = (ms, timeZone) =>
  date(ms, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(timeZone ? { timeZone } : {}) });
export const whole = (ms) => date(ms, { dateStyle: "full", timeStyle: "short" });
export const stayDate = (day) => date(noon(day), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
export const shortDate = (day) => date(noon(day), { day: "numeric", month: "short", timeZone: "UTC" });

export function inList(ms, now) {
  const day = dayOf(ms);
  const ago = daysAgo(day, now);
  if (ago <= 0) return clock(ms);
  if (ago === 1) return capital(nearDay(1));
  if (ago < 7) return date(ms, { weekday: "short" });
  if (!yearUnlessNow(day, now).year) return date(ms, { day: "numeric", month: "short" });
  return date(ms, { day: "2-digit", month: "2-digit", year: "2-digit" });
}

export function dayName(day, now) {
  const ago = daysAgo(day, now);
  if (ago === 0 || ago === 1) return capital(nearDay(ago));
  const written = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC", ...yearUnlessNow(day, now) };
  return capital(date(noon(day), written));
}

const ONE = { n: 1 };
const MANY = { n: 2 };
const ELIDED_DAYS = new Set([8, 11]);

/** "on 12 November": a day inside a sentence. Of the two forms the first is for the days before which
 * Italian drops the vowel of its article: l'8, l'11. */
function onDay(ms, now) {
  const form = ELIDED_DAYS.has(Number(dayOf(ms).slice(8))) ? ONE : MANY;
  return tn("on {day}", "on {day}", { ...form, day: dayAndMonth(ms, now) });
}

/** "at 19:04": an hour inside a sentence. The first of the two forms is for one o'clock: a la 1:15. */
export function atClock(ms) {
  const [hour, minute] = clock(ms).split(":");
  const time = `${PADDED_HOURS.has(texts().language) ? hour : Number(hour)}:${minute}`;
  return tn("at {time}", "at {time}", { ...(Number(hour) === 1 ? ONE : MANY), time });
}

/** "today at 19:04", "on 12 November at 19:04": a moment inside a sentence. */
export function dayAndClock(ms, now) {
  const ago = daysAgo(dayOf(ms), now);
  const day = Math.abs(ago) <= 1 ? nearDay(ago) : onDay(ms, now);
  return `${day} ${atClock(ms)}`;
}

/** The same without the day, while that is today. */
export const nearClock = (ms, now) => (dayOf(ms) === dayOf(now) ? atClock(ms) : dayAndClock(ms, now));

/** "19:04", "yesterday, 19:04", "12 November, 19:04": a moment that stands for itself. */
export function moment(ms, now) {
  const ago = daysAgo(dayOf(ms), now);
  if (ago === 0) return clock(ms);
  return `${Math.abs(ago) === 1 ? nearDay(ago) : dayAndMonth(ms, now)}, ${clock(ms)}`;
}

export const capital = (word) => word.charAt(0).toLocaleUpperCase(texts().language) + word.slice(1);

/** How long something has lasted, in its largest unit: 40 minutes, 2 hours, 3 days. */
export function span(ms) {
  const minutes = Math.floor(ms / 60_000);
  const [value, unit] =
    minutes < 60 ? [minutes, "minute"] : minutes < 2880 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
  return intl(Intl.NumberFormat, { style: "unit", unit, unitDisplay: "long" }).format(value);
}

export function money(amount, currency) {
  const options = currency ? { style: "currency", currency } : { minimumFractionDigits: 2 };
  return intl(Intl.NumberFormat, { useGrouping: "always", ...options }).format(amount);
}

export function fileSize(bytes) {
  const [value, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return intl(Intl.NumberFormat, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** "1:05". */
export function inMinutes(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
