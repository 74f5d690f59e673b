// Says to the service worker what is to be told here and what no more; rings; offers to do so where nobody was asked (N1, N2).
import { useContext, useEffect, useRef, useState } from "react";
import { StateStoreContext } from "$/utils/context-registry";
import { useNavigate } from "react-router";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { badge } from "@/external/inbox_app/components/notifications/notices/badges.js";
import { choice, choose, keepUp, permission, say, support, turnOn, worker } from "@/external/inbox_app/components/notifications/notices/device.js";
import { handOver, watch } from "@/external/inbox_app/components/notifications/notices/seen.js";
import { Shared } from "@/external/inbox_app/components/notifications/notices/shared.jsx";
import { ring } from "@/external/inbox_app/components/notifications/notices/sounds.js";

export function Parts(props) {
  useEffect(() => badge(props.unread), [props.unread]);
  useDevice(props);
  useTelling(props);
  useOpening();
  useKeeping(props.thread);
  return (
    <>
      {props.thread && <Shared thread={props.thread} />}
      <Offer unread={props.unread} onDevice={props.onDevice} />
    </>
  );
}

/** The service worker is there for every page; the server hears of the device where that is news. */
function useDevice({ device, person, onDevice, onDraft }) {
  useEffect(() => {
    worker().then(() => say({ type: "keep" })).catch(() => {});
    handOver(onDraft).catch(() => {});
  }, [person]);
  useEffect(() => {
    keepUp(device).then((changed) => changed && onDevice()).catch(() => {});
  }, [device, person]);
}

/** What is new since the page came is told; what nobody needs to read any more goes. */
function useTelling({ told, readAt, device, sound, quiet }) {
  const last = useRef(null);
  useEffect(() => {
    if (!readAt) return;
    const before = last.current ?? Math.max(0, ...told.map((each) => each.id));
    last.current = Math.max(before, ...told.map((each) => each.id));
    if (!device) return;
    say({ type: "standing", tags: told.map((each) => each.tag), at: readAt });
    const news = told.filter((each) => each.id > before && !isOpen(each) && (!quiet || isUrgent(each)));
    if (news.length === 0) return;
    ring(sound === "none" && news.some(isUrgent) ? "bright" : sound);
    news.forEach((notice) => say({ type: "tell", notice: { ...notice, silent: true, at: readAt } }));
  }, [told, readAt, device]);
}

const isUrgent = ({ kind }) => kind === "urgent";
const isOpen = ({ url }) => document.hasFocus() && location.pathname === url;

/** The threads that are opened are kept on this device, for when there is no network (N3). */
function useKeeping(thread) {
  const store = useContext(StateStoreContext);
  useEffect(() => (thread ? watch(store, thread) : undefined), [store, thread]);
}

/** A click on a notification leads to its page without loading it anew. */
function useOpening() {
  const navigate = useNavigate();
  useEffect(() => {
    const heard = ({ data, ports }) => {
      if (data?.type !== "open") return;
      ports[0]?.postMessage("done");
      navigate(data.url);
    };
    navigator.serviceWorker?.addEventListener("message", heard);
    return () => navigator.serviceWorker?.removeEventListener("message", heard);
  }, [navigate]);
}

/** A quiet line, once something came while the page was hidden and nobody has been asked yet. */
function Offer({ unread, onDevice }) {
  const [shown, show] = useState(false);
  const before = useRef(unread);
  const { t } = useTexts();
  useEffect(() => {
    const missed = unread > before.current && document.visibilityState === "hidden";
    before.current = unread;
    if (missed && !support() && permission() === "default" && !choice()) show(true);
  }, [unread]);
  if (!shown) return null;
  const allow = async () => {
    show(false);
    if ((await turnOn()) === "granted") onDevice();
  };
  const later = () => {
    choose("later");
    show(false);
  };
  return (
    <div className="bar-notice offer" role="status">
      <Icon name="bell" />
      <span>{t("A message came while you were elsewhere. Would you like to be notified on this device?")}</span>
      <button type="button" className="link-button" onClick={allow}>{t("Notify me")}</button>
      <button type="button" className="link-button" onClick={later}>{t("Not now")}</button>
    </div>
  );
}
