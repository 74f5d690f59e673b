// The sounds to choose from; each is heard when it is chosen (N2).
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { tryOut } from "@/external/inbox_app/components/notifications/notices/sounds.js";

export function SoundChoice({ value }) {
  const { t } = useTexts();
  const sounds = [["soft", t("Soft")], ["bright", t("Bright")], ["none", t("No sound")]];
  return (
    <div className="radio-row" role="radiogroup" aria-label={t("Sound")}>
      {sounds.map(([sound, name]) => (
        <label key={sound} className="radio-choice">
          <input type="radio" name="sound" value={sound} defaultChecked={sound === value} onChange={() => tryOut(sound)} />
          <span>{name}</span>
        </label>
      ))}
    </div>
  );
}
