// Languages named in the person's own, by the browser.
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const tag = (code) => code.replace("_", "-");

/** A code that the browser does not know stands for itself. */
function namer(language) {
  const names = new Intl.DisplayNames(language, { type: "language", languageDisplay: "standard" });
  return (code) => {
    try {
      const name = names.of(tag(code));
      return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
    } catch {
      return code;
    }
  };
}

/** One of Meta's codes in words: Italian, English (United States). */
export function LanguageName({ code }) {
  const { language, ready } = useTexts();
  return ready && code ? namer(language)(code) : null;
}

/** The options of a `<select>`, by name. */
export function LanguageOptions({ codes }) {
  const { language, ready } = useTexts();
  if (!ready) return null;
  const name = namer(language);
  const named = codes.map((code) => [code, name(code)]).sort((a, b) => a[1].localeCompare(b[1], language));
  return named.map(([code, words]) => <option key={code} value={code}>{words}</option>);
}
