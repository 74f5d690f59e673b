// How urgent an open window is, by how much of it is left: the same as domain/reply_window.py has it (W6).
const HOUR = 3_600_000;

/** Never more than the window's length, whatever the clock was moved to. */
export const timeLeft = (ms, length) => Math.min(Math.max(0, ms), length);

/** The first that what is left has fallen to. */
const LEVELS = [
  [0, "closed"],
  [HOUR, "last-hour"],
  [6 * HOUR, "closing-soon"],
];

export const level = (ms) => LEVELS.find(([limit]) => ms <= limit)?.[1] ?? "calm";
