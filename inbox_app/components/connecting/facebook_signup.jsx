// The button of Meta's Embedded Signup. Its script is Facebook's own, and is loaded on this page alone.
import { useEffect, useRef, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { isFacebook, readMessage } from "@/external/inbox_app/components/connecting/facebook_signup/signup_dialog.js";

const WAIT_FOR_IDS = 2500;

export function FacebookSignup({ appId, configId, version, sdk, disabled, onCode }) {
  const { t } = useTexts();
  const script = useScript({ appId, version, sdk });
  const { state, notice, open } = useDialog({ configId, played: sdk.startsWith("/"), onCode });
  if (script === "failed") {
    return <p className="form-problem" role="alert"><Icon name="warning" />{t("Facebook's script can't load here: a browser extension or the network is blocking it. Connect manually, or allow connect.facebook.net and reload the page.")}</p>;
  }
  return (
    <>
      <button type="button" className="button large facebook" disabled={disabled || script !== "ready" || state !== "still"} onClick={open}>
        {state === "still" ? t("Continue with Facebook") : t("Waiting for Facebook…")}
      </button>
      <p className="signup-notice" role="status">
        {words(t, notice)}
        {notice?.failed && <small>{t("Facebook says:")} <q lang="en">{notice.failed}</q></small>}
      </p>
    </>
  );
}

function words(t, notice) {
  if (!notice) return null;
  if (notice.failed !== undefined) return t("Facebook stopped with an error and nothing was connected. Press the button again; if it keeps happening, connect manually.");
  const step = STEPS[notice.cancelled];
  return step ? t("You closed Facebook's window while {step}. Nothing was connected.", { step: step(t) }) : t("Facebook's window was closed before you finished. Nothing was connected.");
}

const STEPS = {
  BUSINESS_ACCOUNT_SELECTION: (t) => t("choosing the business"),
  WABA_PHONE_PROFILE_PICKER: (t) => t("choosing the WhatsApp account"),
  WHATSAPP_BUSINESS_PROFILE_SETUP: (t) => t("filling in the business profile"),
  PHONE_NUMBER_SETUP: (t) => t("entering the phone number"),
  PHONE_NUMBER_VERIFICATION: (t) => t("verifying the phone number"),
  PERMISSIONS: (t) => t("granting the permissions"),
};

/** Facebook's script: loading, ready, or failed. */
function useScript({ appId, version, sdk }) {
  const [state, setState] = useState(() => (globalThis.FB ? "ready" : "loading"));
  useEffect(() => {
    const begin = () => {
      globalThis.FB.init({ appId, version, autoLogAppEvents: false, xfbml: false });
      setState("ready");
    };
    if (globalThis.FB) return begin();
    globalThis.fbAsyncInit = begin;
    const script = document.createElement("script");
    Object.assign(script, { src: sdk, async: true, crossOrigin: "anonymous", onerror: () => setState("failed") });
    document.head.append(script);
    return () => script.remove();
  }, [appId, version, sdk]);
  return state;
}

/** The code comes by a callback and the ids by a message, in either order; the code lives thirty seconds. */
function useDialog({ configId, played, onCode }) {
  const [state, setState] = useState("still");
  const [notice, setNotice] = useState(null);
  const told = useRef({});
  const send = useRef(null);
  send.current = () => {
    const { code, ids } = told.current;
    clearTimeout(told.current.timer);
    told.current = {};
    onCode(code, ids?.waba ?? "", ids?.phone ?? "");
    setState("still");
  };
  useEffect(() => {
    const hear = ({ origin, data }) => {
      const message = told.current.open && isFacebook(origin, played) ? readMessage(data) : null;
      if (message?.ids) {
        told.current.ids = message.ids;
        if (told.current.code) send.current();
      } else if (message) {
        setNotice(message);
      }
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [played]);

  const open = () => {
    told.current = { open: true };
    setNotice(null);
    setState("open");
    const extras = { setup: {}, featureType: "", sessionInfoVersion: "3" };
    globalThis.FB.login((response) => ended(response), {
      config_id: configId, response_type: "code", override_default_response_type: true, extras,
    });
  };
  const ended = (response) => {
    const code = response?.authResponse?.code;
    if (!code) {
      told.current = {};
      setNotice((before) => before ?? { cancelled: "" });
      setState("still");
    } else {
      told.current.code = code;
      if (told.current.ids) send.current();
      else told.current.timer = setTimeout(() => send.current(), WAIT_FOR_IDS);
    }
  };
  return { state, notice, open };
}

/** A browser keeps the policy of the last full load: one that came here by a link of the application loads anew. */
export function OwnPolicy() {
  useEffect(() => {
    const [load] = performance.getEntriesByType("navigation");
    if (load && new URL(load.name).pathname.replace(/\/$/, "") !== location.pathname.replace(/\/$/, "")) location.reload();
  }, []);
  return null;
}
