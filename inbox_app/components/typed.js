// What is typed: how long it is, and what a sending of it is known by.

/** In characters as the server counts them: an emoji of one sign is one, blanks around are none. */
export const size = (text) => [...text.trim()].length;

export const reference = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16)).join("-");
