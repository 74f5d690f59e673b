// The words of webhooks: kinds of events, why an address is off, what went wrong on the way.

export const eventName = (kind, t) =>
  ({
    "message.received": t("Message received"),
    "message.updated": t("Message delivered, read or failed"),
    "conversation.linked": t("Conversation linked to a person"),
    "window.closing": t("Window closing within two hours"),
    "template.updated": t("Template updated"),
    "connection.updated": t("Connection updated"),
    "webhook.test": t("Test"),
  })[kind] ?? kind;

export const offWords = (why, t) =>
  ({
    failing: t("Switched off: nothing arrived for three days. What waits is sent when you switch it on again."),
    gone: t("Switched off: the address answered that it is no longer there (410)."),
  })[why] ?? t("Switched off.");

/** Why an address is refused. */
export const refusalWords = (problem, t) =>
  ({
    not_https: t("Write an address that begins with https://, without a name and password in it."),
    not_public: t("This address is not on the internet."),
    too_long: t("The address is too long."),
    too_many: t("There are 20 endpoints already: remove one first."),
    no_events: t("Choose at least one event."),
    gone: t("Someone removed it meanwhile."),
  })[problem] ?? t("It couldn't be saved.");

/** What became of an attempt: the answer's code, or why there was none. */
export const outcomeWords = ({ status, problem, attempts }, t) => {
  if (problem) return problemWords(problem, t);
  if (status) return t("Answer {status}", { status });
  return attempts ? t("No answer") : "";
};

const problemWords = (problem, t) =>
  ({
    not_public: t("The address is not on the internet"),
    unknown_host: t("No such host"),
    unreachable: t("Can't be reached"),
    untrusted: t("Its certificate is not trusted"),
    too_slow: t("No answer within 15 seconds"),
    secret: t("The secret can't be read: make a new one"),
  })[problem] ?? t("The answer can't be read");

export const stateWords = (state, t) => ({ delivered: t("Delivered"), failed: t("Failed") })[state] ?? t("To be sent");

/** A secret as the Standard Webhooks specification writes them. */
export const newSecret = () => `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))}`;
