// What Meta's dialog of Embedded Signup tells the page by messages (docs/whatsapp.md §7.1).

/** Whether a message's origin is Facebook's own, or ours while the sandbox plays Facebook. */
export function isFacebook(origin, played) {
  if (played) return origin === globalThis.location?.origin;
  try {
    const { protocol, hostname } = new URL(origin);
    return protocol === "https:" && (hostname === "facebook.com" || hostname.endsWith(".facebook.com"));
  } catch {
    return false;
  }
}

const FINISHED = new Set(["FINISH", "FINISH_ONLY_WABA", "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING"]);

/** What a message says: `{ ids }`, `{ cancelled: step }`, `{ failed: words }`, or nothing for one that is not Meta's. */
export function readMessage(data) {
  const told = asObject(data);
  if (told?.type !== "WA_EMBEDDED_SIGNUP") return null;
  const about = asObject(told.data) ?? {};
  if (FINISHED.has(told.event)) return { ids: { waba: id(about.waba_id), phone: id(about.phone_number_id) } };
  if (told.event === "CANCEL" && !about.error_message) return { cancelled: String(about.current_step ?? "") };
  if (told.event === "CANCEL" || told.event === "ERROR") return { failed: String(about.error_message ?? "") };
  return null;
}

const id = (value) => (value == null ? "" : String(value));

function asObject(data) {
  if (data !== null && typeof data === "object") return data;
  try {
    const parsed = JSON.parse(data);
    return parsed !== null && typeof parsed === "object" ? parsed : null;
  } catch {
    return null;
  }
}
