// The labels of one person: put on, taken off, and new ones made (A3).
import { FormDialog } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { Menu, TellItem, useMenuParts } from "@/external/inbox_app/components/dialogs/menu/menu.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { NameForm } from "@/external/inbox_app/components/inbox/list/label_picker/label_names.jsx";
import { LabelPage } from "@/external/inbox_app/components/inbox/list/label_picker/label_page.jsx";

const NEW = "new-label";

export function LabelPicker({ labels, had, problem, done, onPut, onTake, onMake }) {
  const { t } = useTexts();
  const toggle = (id, on) => (on ? onPut : onTake)(id);
  return (
    <>
      <Menu triggerText={t("Choose labels…")} icon="label" place="under" className="button quiet-button">
        <Choices labels={labels} had={had.map((label) => label.id)} onToggle={toggle}>
          <TellItem event={NEW} icon="plus">{t("New label…")}</TellItem>
        </Choices>
      </Menu>
      <FormDialog title={t("New label")} opensOn={NEW} done={String(done)}>
        <NameForm label={t("Name")} act={t("Create")} problem={problem} onName={onMake} />
      </FormDialog>
    </>
  );
}

const Choices = (props) => <LabelPage {...useMenuParts()} {...props} />;
