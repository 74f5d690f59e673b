// The four questions that people ask, and what the product does not do (X6).
import { CloseButton } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import "@/styles/help.css";

const questions = (t) => [
  [t("Can I connect several numbers?"), t("No: one WhatsApp number per company. Everybody in the company answers from it, each with their own sign-in. To change it, disconnect the number in the settings and connect another: the history stays.")],
  [t("Can I write when 24 hours have passed?"), t("Not freely: WhatsApp takes text and files only within 24 hours of the last message you received. After that you send a template. As soon as they answer, the window is open again. You can also write your answer now and have it leave by itself when they reply.")],
  [t("Do notifications reach all my devices?"), t("Yes: each phone or computer on which you are signed in and have allowed them. You switch them on in the settings of each device; reading on one clears the others, and signing out ends them on that device alone.")],
  [t("When is a template ready?"), t("When it says «Accepted». Meta reviews each template, often in minutes, sometimes longer; until then it is «Pending». The page changes by itself. A rejected one shows Meta's reason and can be corrected.")],
];

const limits = (t) => [
  [t("You can send"), t("text, emoji, photos and PDFs, with a caption")],
  [t("You can receive"), t("also videos, voice messages, GIFs, stickers, places and contacts")],
  [t("Shown as a notice"), t("polls, orders and whatever else WhatsApp does not hand over whole")],
  [t("Not possible"), t("calls and video calls, and writing in groups")],
  [t("What you pay for"), t("Meta charges for templates, and for answers above its free allowance: the settings show this month's figures")],
];

export default function Drawer({ onClose, onTour }) {
  const { t } = useTexts();
  const inInbox = document.querySelector("#conversations") !== null;
  const shortcuts = (event) => {
    event.target.closest("dialog").close();
    document.dispatchEvent(new Event("show-shortcuts"));
  };
  const tour = (event) => {
    event.target.closest("dialog").close();
    onTour();
  };
  return (
    <Dialog open className="drawer help" aria-labelledby="help-title" onClose={onClose}>
      <header>
        <h2 id="help-title">{t("Help")}</h2>
        <CloseButton className="icon-button" aria-label={t("Close")}><Icon name="close" /></CloseButton>
      </header>
      <div className="help-body">
        {questions(t).map(([question, answer]) => (
          <details key={question} name="help">
            <summary>{question}<Icon name="chevron-down" /></summary>
            <p>{answer}</p>
          </details>
        ))}
        <h3>{t("What it can and cannot do")}</h3>
        <dl>
          {limits(t).map(([what, which]) => <div key={what}><dt>{what}</dt><dd>{which}</dd></div>)}
        </dl>
        {inInbox && <button type="button" className="button quiet-button help-keys" onClick={tour}><Icon name="info" />{t("A short tour")}</button>}
        {inInbox && <button type="button" className="button quiet-button help-keys" onClick={shortcuts}><Icon name="keyboard" />{t("Keyboard shortcuts")}</button>}
      </div>
    </Dialog>
  );
}
