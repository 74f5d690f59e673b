// How urgent an open window is, by how much of it is left: the same as domain/reply_window.py has it (W6).
const HOUR = 3_600_000;

/** No more than the window is ever left, whatever the clock was moved to. */
export const atMost = 24 * HOUR;

/** The first that what is left has fallen to. */
const LEVELS = [
  [0, "closed"],
  [HOUR, "last-hour"],
  [6 * HOUR, "closing-soon"],
];

export const level = (ms) => LEVELS.find(([limit]) => ms <= limit)?.[1] ?? "calm";
