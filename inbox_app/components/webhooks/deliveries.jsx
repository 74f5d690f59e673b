// What one address was told, or is to be, the newest first.
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { ListTime, MomentIn } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { ListWindow } from "@/external/inbox_app/components/layout/list_window/list_window.jsx";
import { eventName, outcomeWords, stateWords } from "@/external/inbox_app/components/webhooks/webhooks/webhook_words.js";

export function Deliveries({ host, endpoint, rows, onRetry, onRefresh, ...part }) {
  const { t } = useTexts();
  return (
    <section className="boxed deliveries" aria-label={t("Deliveries to {host}", { host })}>
      <header>
        <h2 className="truncate">{t("Deliveries to {host}", { host })}</h2>
        <button type="button" className="button quiet-button" onClick={() => onRefresh()}>{t("Refresh")}</button>
      </header>
      {rows.length === 0 ? (
        <p className="quiet">{t("Nothing was sent yet. Send a test to see whether it arrives.")}</p>
      ) : (
        <ListWindow label={t("Deliveries")} list={endpoint} first={rows[0].id} last={rows.at(-1).id} count={rows.length} {...part}>
          {rows.map((row) => <Delivery key={row.id} row={row} t={t} onRetry={() => onRetry(row.id)} />)}
        </ListWindow>
      )}
    </section>
  );
}

function Delivery({ row, t, onRetry }) {
  const { id, event, state, attempts, at, next_at: next } = row;
  return (
    <div role="listitem" data-row={id} className="delivery">
      <span className={`tag delivery-${state}`}>{stateWords(state, t)}</span>
      <span className="delivery-what">
        <b className="truncate">{eventName(event, t)}</b>
        <small className="dotted">
          {outcomeWords(row, t) && <span>{outcomeWords(row, t)}</span>}
          {attempts > 1 && <span>{t("{n} attempts", { n: attempts })}</span>}
          {next > 0 && <span><MomentIn sentence={t("again {moment}")} at={next} /></span>}
        </small>
      </span>
      <ListTime at={at} />
      <button type="button" className="link-button" onClick={onRetry}>{t("Send again")}</button>
    </div>
  );
}
