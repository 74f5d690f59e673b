// Countries named in the person's own language, by the browser.
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** A chooser of a country, by name: Italy (+39), or Italy where it is `bare`. `prefixes` are by ISO 3166 code. Without `onChange`, `value` stands chosen at first. */
export function CountrySelect({ prefixes, bare, value, onChange, placeholder, ...select }) {
  const { language, ready } = useTexts();
  const chosen = onChange ? { value, onChange: (event) => onChange(event.target.value) } : { defaultValue: value };
  return (
    <select key={String(ready)} {...select} {...chosen}>
      {placeholder && <option value="">{placeholder}</option>}
      {ready && named(prefixes, language, bare).map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
    </select>
  );
}

function named(prefixes, language, bare) {
  const names = new Intl.DisplayNames(language, { type: "region" });
  return Object.entries(prefixes)
    .map(([code, prefix]) => ({ code, name: bare ? names.of(code) : `${names.of(code)} (+${prefix})` }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}
