// Countries named in the person's own language, by the browser.
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** The options of a `<select>`, by name: Italy (+39). `prefixes` are by ISO 3166 code. */
export function CountryOptions({ prefixes }) {
  const { language, ready } = useTexts();
  if (!ready) return null;
  const names = new Intl.DisplayNames(language, { type: "region" });
  return Object.entries(prefixes)
    .map(([code, prefix]) => ({ code, words: `${names.of(code)} (+${prefix})` }))
    .sort((a, b) => a.words.localeCompare(b.words, language))
    .map(({ code, words }) => <option key={code} value={code}>{words}</option>);
}
