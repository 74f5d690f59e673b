// One address that is told, how it is, and what can be done with it.
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { eventName, offWords } from "@/external/inbox_app/components/webhooks/webhooks/webhook_words.js";

const Tool = ({ icon, label, onClick }) => (
  <button type="button" className="icon-button" aria-label={label} title={label} onClick={onClick}><Icon name={icon} /></button>
);

export function EndpointCard({ row, chosen, onChoose, onEdit, onRotate, onRemove, onTest, onSwitch }) {
  const { t } = useTexts();
  const { host, url, events, switched_off: off, failing } = row;
  return (
    <div className="card endpoint" role="listitem" aria-label={host}>
      <div className="card-open">
        <h2 className="truncate" dir="ltr">{host}</h2>
        <p className="endpoint-url" dir="ltr">{url}</p>
        <p>{events.length ? events.map((kind) => eventName(kind, t)).join(" · ") : t("All events")}</p>
        {off ? (
          <p className="endpoint-off" role="status"><Icon name="warning" /><span>{offWords(off, t)}</span></p>
        ) : failing && (
          <p className="endpoint-off"><Icon name="info" /><span>{t("The last attempt failed: it is tried again.")}</span></p>
        )}
      </div>
      <footer>
        <span className="endpoint-tools">
          <button type="button" className="link-button" aria-expanded={chosen} onClick={onChoose}>{t("Deliveries")}</button>
          {off ? <button type="button" className="link-button" onClick={() => onSwitch(true)}>{t("Switch on")}</button> : <button type="button" className="link-button" onClick={onTest}>{t("Send a test")}</button>}
        </span>
        <Tool icon="edit" label={t("Edit {host}", { host })} onClick={onEdit} />
        <Tool icon="lock" label={t("New secret for {host}", { host })} onClick={onRotate} />
        <Tool icon="trash" label={t("Remove {host}", { host })} onClick={onRemove} />
      </footer>
    </div>
  );
}
