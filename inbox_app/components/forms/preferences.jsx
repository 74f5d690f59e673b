// What a person likes to see: language and theme.
import { useContext, useEffect } from "react";
import { ColorModeContext } from "$/utils/context";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

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
 * A form that the browser itself posts, and that comes back to where one was. Who is
 * signed in can press nothing until the page has heard their `csrf`, without which the form would be
 * refused; who is not has none.
 */
export function PreferenceForm({ csrf, children, className = "" }) {
  const comeBack = (event) => {
    event.currentTarget.elements.next.value = location.pathname + location.search;
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
