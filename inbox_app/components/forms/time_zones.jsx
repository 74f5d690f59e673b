// The time zones that the browser knows by heart.
export function TimeZoneSelect({ name, value, id }) {
  const zones = Intl.supportedValuesOf?.("timeZone") ?? [];
  const all = zones.includes(value) || !value ? zones : [value, ...zones];
  return (
    <select name={name} id={id} defaultValue={value} required>
      {all.map((zone) => <option key={zone} value={zone}>{zone.replaceAll("_", " ")}</option>)}
    </select>
  );
}
