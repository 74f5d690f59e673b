// Long lists that the browser knows by heart: time zones and countries.
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

export function TimeZoneSelect({ name, value, id }) {
  const zones = Intl.supportedValuesOf?.("timeZone") ?? [];
  const all = zones.includes(value) || !value ? zones : [value, ...zones];
  return (
    <select name={name} id={id} defaultValue={value} required>
      {all.map((zone) => <option key={zone} value={zone}>{zone.replaceAll("_", " ")}</option>)}
    </select>
  );
}

export function CountrySelect({ name, value, id, codes }) {
  const { language } = useTexts();
  const names = new Intl.DisplayNames(language, { type: "region" });
  const countries = codes.map((code) => [code, names.of(code)]).sort((a, b) => a[1].localeCompare(b[1], language));
  return (
    <select name={name} id={id} defaultValue={value} required>
      {countries.map(([code, country]) => <option key={code} value={code}>{country}</option>)}
    </select>
  );
}
