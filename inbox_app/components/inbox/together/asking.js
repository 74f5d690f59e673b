// Where answers are written, and the event by which whoever sends one lets it be asked about first.

/** The box, or while the window is closed that of what leaves when they answer. */
export const box = () => document.getElementById("message-box") ?? document.querySelector(".later-box");

/** Whoever hears `answer` may keep it, and act later. */
export const ask = (act) => document.dispatchEvent(new CustomEvent("answer", { cancelable: true, detail: act })) && act();
