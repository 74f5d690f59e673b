// The secret with which an endpoint is told, shown this once.
import { useId } from "react";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { CloseButton } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { CopyButton } from "@/external/inbox_app/components/layout/copy_button/copy_button.jsx";

export function SecretDialog({ secret, replaces, onClose }) {
  const { t } = useTexts();
  const id = useId();
  return (
    <Dialog open className="dialog sheet" aria-labelledby={id} closesBeside={false} onClose={onClose}>
      <header><h2 id={id}>{t("The endpoint's secret")}</h2></header>
      <div className="dialog-form">
        <p className="explanation">{t("Copy it now: it is not shown again. Your system checks with it that what it is told comes from here, after the Standard Webhooks specification.")}</p>
        <p className="endpoint-secret"><code dir="ltr">{secret}</code> <CopyButton text={secret} label={t("Copy the secret")} silent /></p>
        {replaces && <p className="explanation">{t("The former secret goes on signing for a day.")}</p>}
        <div className="dialog-end"><CloseButton className="button">{t("I have copied it")}</CloseButton></div>
      </div>
    </Dialog>
  );
}
