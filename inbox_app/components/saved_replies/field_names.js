// What the fields of saved replies are called: their keys stand in the texts, these on the screen (S3).
const NAMES = {
  guest_name: (t) => t("Guest's name"),
  first_name: (t) => t("First name"),
  accommodation: (t) => t("Accommodation"),
  address: (t) => t("Address"),
  check_in: (t) => t("Check-in date"),
  check_in_time: (t) => t("Check-in time"),
  check_out: (t) => t("Check-out date"),
  check_out_time: (t) => t("Check-out time"),
  nights: (t) => t("Nights"),
  reservation_code: (t) => t("Reservation code"),
  balance: (t) => t("Balance due"),
  check_in_instructions: (t) => t("Check-in instructions"),
  door_code: (t) => t("Door code"),
  wifi_name: (t) => t("Wi-Fi network"),
  wifi_password: (t) => t("Wi-Fi password"),
  parking: (t) => t("Parking"),
  house_rules: (t) => t("House rules"),
};
const FIELD = /\{([a-z][a-z0-9_]{0,39})\}/g;

export const FIELDS = Object.keys(NAMES);

/** `t` as `useTexts` gives it: silent while the page is prerendered. */
export const fieldName = (key, t) => NAMES[key]?.(t) ?? key;

/** The keys of the fields that still stand in a text, each once. */
export const fieldsIn = (text) => [...new Set([...text.matchAll(FIELD)].map((match) => match[1]).filter((key) => key in NAMES))];

/** Where the first of them stands: `[start, end]`, or null. */
export function firstField(text) {
  const match = [...text.matchAll(FIELD)].find((each) => each[1] in NAMES);
  return match ? [match.index, match.index + match[0].length] : null;
}
