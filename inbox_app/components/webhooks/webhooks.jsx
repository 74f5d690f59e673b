// The systems that are told what happens: their addresses, and what became of it (A3).
import { useEffect, useRef, useState } from "react";
import "@/styles/webhooks.css";
import { ConfirmDialog } from "@/external/inbox_app/components/dialogs/confirm_dialog/confirm_dialog.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { BackLink } from "@/external/inbox_app/components/navigation/links/links.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { Deliveries } from "@/external/inbox_app/components/webhooks/webhooks/deliveries.jsx";
import { EndpointCard } from "@/external/inbox_app/components/webhooks/webhooks/endpoint_card.jsx";
import { EndpointForm } from "@/external/inbox_app/components/webhooks/webhooks/endpoint_form.jsx";
import { SecretDialog } from "@/external/inbox_app/components/webhooks/webhooks/secret_dialog.jsx";
import { newSecret } from "@/external/inbox_app/components/webhooks/webhooks/webhook_words.js";

const LOOKS_EVERY = 1000;
const LOOKS = 20;

/** While something is about to be told it is looked at again, for a while. */
function useLooking(waiting, endpoint, tested, onRefresh) {
  const look = useRef(onRefresh);
  look.current = onRefresh;
  useEffect(() => {
    if (!endpoint || !(waiting || tested)) return undefined;
    let left = waiting ? LOOKS : 4;
    const timer = setInterval(() => (left-- > 0 ? look.current() : clearInterval(timer)), LOOKS_EVERY);
    return () => clearInterval(timer);
  }, [waiting, endpoint, tested]);
}

export function Webhooks({ endpoints, kinds, problem, done, refused, chosen, deliveries, waiting, onSave, onRotate, onSwitch, onRemove, onTest, onChoose, onRetry, onRefresh, ...part }) {
  const { t } = useTexts();
  const [writing, write] = useState(null);
  const [secret, show] = useState(null);
  const [asked, ask] = useState(null);
  const [tested, note] = useState(0);
  const open = endpoints.find((each) => each.id === chosen);
  useLooking(waiting, open?.id, tested, onRefresh);

  const saved = (made) => {
    write(null);
    if (made) show({ value: made });
  };
  const test = ({ id }) => {
    onTest(id);
    onChoose(id);
    note(tested + 1);
  };
  const confirmed = () => {
    if (asked.does === "remove") {
      if (asked.row.id === chosen) onChoose("");
      onRemove(asked.row.id);
    } else {
      const value = newSecret();
      onRotate(asked.row.id, value);
      show({ value, replaces: true });
    }
    ask(null);
  };
  const anew = <button type="button" className="button" onClick={() => write({ row: null })}><Icon name="plus" /> {t("New endpoint")}</button>;
  return (
    <>
      <header className="panel-title">
        <BackLink to="/settings" className="icon-button" aria-label={t("Back")}><Icon name="back" /></BackLink>
        <h1 tabIndex={-1}>{t("Webhooks")}</h1>
        {endpoints.length > 0 && anew}
      </header>
      {endpoints.length > 0 && <p className="webhooks-about">{t("Tell another system what happens here: it gets each event at its https address, signed, at least once, and for three days if it doesn't answer.")}</p>}
      {endpoints.length > 0 && (
        <div className="cards" role="list" aria-label={t("Endpoints")}>
          {endpoints.map((row) => (
            <EndpointCard
              key={row.id} row={row} chosen={row.id === chosen} onChoose={() => onChoose(row.id === chosen ? "" : row.id)}
              onEdit={() => write({ row })} onRotate={() => ask({ row, does: "rotate" })} onRemove={() => ask({ row, does: "remove" })}
              onTest={() => test(row)} onSwitch={(on) => onSwitch(row.id, on)}
            />
          ))}
        </div>
      )}
      {endpoints.length === 0 && (
        <div className="empty">
          <span className="empty-icon"><Icon name="plug" /></span>
          <h2>{t("No other system is told yet")}</h2>
          <p>{t("Your property-management system, or a service that connects programs, can hear of each message and each change as it happens. It needs an https address; you get the secret by which it knows that we are calling.")}</p>
          {anew}
        </div>
      )}
      {open && <Deliveries host={open.host} endpoint={open.id} rows={deliveries} onRetry={onRetry} onRefresh={onRefresh} {...part} />}
      {writing && <EndpointForm row={writing.row} {...{ kinds, problem, done, refused, onSave }} onSaved={saved} onClose={() => write(null)} />}
      {secret && <SecretDialog secret={secret.value} replaces={secret.replaces} onClose={() => show(null)} />}
      <ConfirmDialog
        open={asked !== null} title={asked?.does === "remove" ? t("Remove {host}?", { host: asked.row.host }) : t("New secret for {host}?", { host: asked?.row.host ?? "" })}
        confirmLabel={asked?.does === "remove" ? t("Remove") : t("Make a new secret")} focusAfter=".card-page h1" onConfirm={confirmed} onCancel={() => ask(null)}
      >
        <p>{asked?.does === "remove" ? t("It receives nothing any more, and its deliveries are no longer listed.") : t("Put the new one into your system within a day: until then both are valid.")}</p>
      </ConfirmDialog>
    </>
  );
}
