// The emoji somebody used last in this browser, the latest first.
const KEY = "recent-emoji";
const KEPT = 16;

export function recentEmoji() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

export function rememberEmoji(emoji) {
  const latest = [emoji, ...recentEmoji().filter((each) => each !== emoji)].slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(latest));
  } catch {
    // A browser may forbid it: then nothing is recent.
  }
}
