// What a person likes to see: language and theme.
import { useContext, useEffect } from "react";
import { ColorModeContext } from "$/utils/context";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { ahead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const spoken = ahead(() => import("@/external/inbox_app/components/forms/preferences/speak.js"));

/** Makes the page what the person chose, on this device too. */
export function Preferred({ theme }) {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  const { language, ready } = useTexts();
  useEffect(() => {
    if (ready) document.documentElement.lang = language;
  }, [ready, language]);
  useEffect(() => {
    if (theme && theme !== rawColorMode) setColorMode(theme);
  }, [theme]);
  return null;
}

/**
 * A form that the browser itself posts, and that comes back to where one was; the language changes where one is. Who is
 * signed in can press nothing until the page has heard their `csrf`, without which the form would be
 * refused; who is not has none.
 */
export function PreferenceForm({ csrf, children, className = "" }) {
  const comeBack = (event) => {
    const form = event.currentTarget;
    const { submitter } = event.nativeEvent;
    form.elements.next.value = location.pathname + location.search;
    if (submitter?.name !== "language") return;
    event.preventDefault();
    spoken().then(({ speak }) => speak(form, submitter));
  };
  return (
    <form method="post" action="/auth/preferences" onSubmit={comeBack} className={className}>
      <input type="hidden" name="csrf" value={csrf ?? ""} readOnly />
      <input type="hidden" name="next" defaultValue="/" />
      <fieldset className="contents" role="presentation" disabled={csrf === ""}>
        {children}
      </fieldset>
    </form>
  );
}
