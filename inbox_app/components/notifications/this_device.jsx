// Whether this device notifies its person, how to have it do so, and a test that says what it saw at each step (N1, N2).
import { useEffect, useReducer, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { choice, permission, subscription, support, turnOff, turnOn, worker } from "@/external/inbox_app/components/notifications/notices/device.js";

const ARRIVES_WITHIN = 15_000;

export function ThisDevice({ device, onDevice }) {
  const { t, ready } = useTexts();
  const [asking, ask] = useState(false);
  const [steps, show] = useState([]);
  const [, lookAgain] = useReducer((times) => times + 1, 0);
  // What the browser allows is changed elsewhere: who comes back finds it so.
  useEffect(() => {
    document.addEventListener("visibilitychange", lookAgain);
    return () => document.removeEventListener("visibilitychange", lookAgain);
  }, []);
  if (!ready) return null;
  const why = support() || (permission() === "denied" ? "denied" : "");
  const on = !why && permission() === "granted" && choice() !== "off" && device !== "";
  const change = async (act) => {
    ask(true);
    show([]);
    await act().catch(() => {});
    onDevice();
    ask(false);
  };
  return (
    <div className="this-device">
      <p className={on ? "device-state on" : "device-state"} role="status"><Icon name={on ? "check" : "bell"} />{on ? sentence(t, device) : whyNot(t, why)}</p>
      {!why && (
        <div className="device-acts">
          {on ? (
            <button type="button" className="button quiet-button" disabled={asking} onClick={() => change(turnOff)}>{t("Turn off here")}</button>
          ) : (
            <button type="button" className="button" disabled={asking} onClick={() => change(turnOn)}>{t("Turn on here")}</button>
          )}
          <button type="button" className="button quiet-button" onClick={() => test(t, show)}>{t("Try it")}</button>
        </div>
      )}
      {steps.length > 0 && (
        <ol className="test-steps" aria-live="polite">
          {steps.map(({ name, outcome, words }) => (
            <li key={name} data-outcome={outcome}>
              <Icon name={{ good: "check", bad: "warning", waits: "clock" }[outcome]} />
              <span><b>{name}</b> {words}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function sentence(t, device) {
  return device === "push"
    ? t("This device notifies you, also while the application is closed.")
    : t("This device notifies you while the application is open in a tab: its browser has no push service.");
}

function whyNot(t, why) {
  if (why === "home") return t("On iPhone and iPad, first add the application to the home screen: Share, then Add to Home Screen. Then open it from there.");
  if (why === "none") return t("This browser cannot notify you.");
  if (why === "denied") return t("Notifications are blocked for this site: allow them in the browser's settings for it, then come back.");
  return t("This device does not notify you.");
}

/** Each step is looked at for itself, in the order in which a notification passes them; after one that fails nothing more can be seen. */
async function test(t, show) {
  const steps = [];
  const say = (name, outcome, words = "") => {
    const at = steps.findIndex((each) => each.name === name);
    steps.splice(at < 0 ? steps.length : at, 1, { name, outcome, words });
    show([...steps]);
    return outcome === "good";
  };
  const allowed = permission();
  if (!say(t("Permission"), allowed === "granted" ? "good" : "bad", allowed === "granted" ? t("given") : t("not given"))) return;
  const registration = await worker().catch(() => null);
  if (!say(t("Service worker"), registration ? "good" : "bad", registration ? t("running") : t("did not start"))) return;
  const found = await subscription().catch(() => null);
  if (!say(t("Subscription"), found ? "good" : "bad", found ? new URL(found.endpoint).host : t("this browser has no push service that answers"))) return;
  const service = t("Push service");
  const arrived = arrival();
  say(service, "waits");
  const answer = await fetch("/notifications/test", { method: "POST" }).then((each) => each.json()).catch(() => ({ problem: "offline" }));
  const taken = answer.status >= 200 && answer.status < 300;
  if (!say(service, taken ? "good" : "bad", answer.status ? t("answered {status}", { status: answer.status }) : t("could not be reached: {problem}", { problem: answer.problem }))) return;
  say(t("This device"), "waits", t("waiting for it …"));
  say(t("This device"), (await arrived) ? "good" : "bad", (await arrived) ? t("has it on screen") : t("has not received it yet: check the system's own settings for notifications"));
}

const arrival = () =>
  new Promise((answer) => {
    const heard = ({ data }) => data?.type === "arrived" && done(true);
    const done = (has) => {
      clearTimeout(timer);
      navigator.serviceWorker.removeEventListener("message", heard);
      answer(has);
    };
    const timer = setTimeout(() => done(false), ARRIVES_WITHIN);
    navigator.serviceWorker.addEventListener("message", heard);
  });
