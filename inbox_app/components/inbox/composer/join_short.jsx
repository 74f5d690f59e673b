// Beside short messages that have not left: that one would count as one, and the offer to put them into the box together (C7).
import { useState } from "react";
import "@/styles/join_short.css";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { isBlank } from "@/external/inbox_app/components/forms/typed/typed.js";
import { shortRun } from "@/external/inbox_app/components/inbox/composer/join_short/short_run.js";
import { heldUntil, takeAllBack, useElapsed, useOutgoingOf } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing.js";

const PUT_AWAY = "join-short";

/** `instead` stands there while there is nothing to join. */
export default function JoinShort({ thread, text, most, instead }) {
  const { t } = useTexts();
  const [away, setAway] = useState(isAway);
  const sent = useOutgoingOf(thread).map((each) => ({ ...each, stays: heldUntil(each) <= Date.now() }));
  const run = shortRun(sent, text, most);
  const ends = run.map(heldUntil).filter(Number.isFinite);
  useElapsed(ends.length > 0 ? Math.min(...ends) : 0, 0);
  if (away || run.length === 0) return instead;
  const join = () => takeAllBack(run);
  const count = run.length + (isBlank(text) ? 0 : 1);
  return (
    <span className="join-short" title={t("Each message is charged once the month's free ones are used up.")}>
      {t("They count as {n} messages.", { n: count })}{" "}
      <button type="button" className="link-button" onClick={join}>{t("Join into one")}</button>
      <button type="button" className="icon-button" aria-label={t("Don't suggest this any more")} title={t("Don't suggest this any more")} onClick={() => setAway(putAway())}>
        <Icon name="close" />
      </button>
    </span>
  );
}

function isAway() {
  try {
    return localStorage.getItem(PUT_AWAY) === "off";
  } catch {
    return false;
  }
}

function putAway() {
  try {
    localStorage.setItem(PUT_AWAY, "off");
  } catch {
    // A browser may forbid it: then it is away until the page goes.
  }
  return true;
}
