// Meta's dialog of Embedded Signup, played: one chooses, and what Facebook would tell the page is told.
const { messages } = globalThis.inboxTexts ?? { messages: {} };
const t = (source) => messages[source] || source;
const played = JSON.parse(document.body.dataset.played);
const tell = (event, data) => opener?.postMessage(JSON.stringify({ type: "WA_EMBEDDED_SIGNUP", event, data, version: 3 }), location.origin);
const giveCode = (code) => opener?.postMessage({ playedCode: code }, location.origin);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function choice(value, label, note, checked) {
  const input = element("input", { type: "radio", name: "number", value, checked });
  return element("label", { className: "choice" }, input, element("span", {}, label), element("small", { textContent: note }));
}

function tick(name, label) {
  return element("label", { className: "tick" }, element("input", { type: "checkbox", name }), element("span", {}, label));
}

function finish(form) {
  const chosen = form.elements.number.value;
  const number = played.numbers.find((one) => one.id === chosen);
  const waba = form.elements.stranger.checked ? "999000999000999" : (number?.waba ?? played.numbers.at(-1).waba);
  const code = `${form.elements.expired.checked ? "EXPIRED" : played.code}${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
  const ids = { business_id: "550000000000001", waba_id: waba, ...(number && { phone_number_id: number.id }) };
  const event = () => tell(number ? "FINISH" : "FINISH_ONLY_WABA", ids);
  const turns = form.elements.early.checked ? [() => giveCode(code), event] : [event, () => giveCode(code)];
  turns[0]();
  setTimeout(() => (turns[1](), window.close()), 200);
}

function cancel() {
  tell("CANCEL", { current_step: "PHONE_NUMBER_SETUP" });
  window.close();
}

function fail() {
  tell("ERROR", { error_message: "Something went wrong on Facebook's side.", error_id: "524126", session_id: "sandbox" });
  window.close();
}

const form = element(
  "form", {},
  element("h1", { textContent: t("Connect your account to WhatsApp") }),
  element("p", { textContent: t("This window stands in for Facebook's: choose what Facebook would let you choose.") }),
  element("fieldset", {},
    element("legend", { textContent: played.business }),
    ...played.numbers.map((one, index) => choice(one.id, one.display, `WABA ${one.waba}`, index === 1)),
    choice("", t("No number, only the WhatsApp account"), `WABA ${played.numbers.at(-1).waba}`, false)),
  element("details", {},
    element("summary", { textContent: t("What may go wrong") }),
    tick("expired", t("The code has expired")),
    tick("early", t("The code comes before the numbers")),
    tick("stranger", t("The account of another company"))),
  element("div", { className: "ways" },
    element("button", { type: "button", textContent: t("Cancel"), onclick: cancel }),
    element("button", { type: "button", textContent: t("Fail"), onclick: fail }),
    element("button", { type: "submit", className: "main", textContent: t("Finish") })),
);
form.addEventListener("submit", (event) => (event.preventDefault(), finish(form)));
document.body.append(element("header", { textContent: "facebook · sandbox" }), form);
