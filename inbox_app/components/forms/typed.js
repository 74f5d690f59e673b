// What is typed: its length, whether it shows anything, and what a sending of it is known by.

/** In characters as the server counts them: an emoji of one sign is one, blanks around are none. */
export const size = (text) => [...text.trim()].length;

/** Whether nothing of it can be seen, as domain/texts.py has it. */
export const isBlank = (text) =>
  /^[\p{Cc}\p{Cf}\p{Z}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]*$/u.test(text);

/** Whether a key (a DOM event) belongs to an input method: Safari says so of the key that ends a composition by its code alone. */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

export const reference = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16)).join("-");
