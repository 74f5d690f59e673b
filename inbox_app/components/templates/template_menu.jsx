// The side menu in which a template is chosen and sent, loaded once the page is idle or somebody opens it (T3, B16).
import { Suspense, useEffect, useState } from "react";
import { waitingIn } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const Drawer = lazyAhead(() => import("@/external/inbox_app/components/templates/template_menu/template_drawer.jsx"));

/** The DOM event that opens the menu. */
export const OPEN_TEMPLATE_MENU = "open-template-menu";

/** Opens the menu from wherever it stands. */
export const TemplateMenuButton = ({ children, className = "button" }) => (
  <button type="button" className={className} aria-haspopup="dialog" onClick={openTemplateMenu}>{children}</button>
);

const openTemplateMenu = () => document.dispatchEvent(new Event(OPEN_TEMPLATE_MENU));

/** A send that is not answered yet goes on in the drawer, shut or not. */
export function TemplateMenu(props) {
  const [asked, ask] = useState(0);
  useEffect(() => {
    const show = () => ask((times) => times + 1);
    document.addEventListener(OPEN_TEMPLATE_MENU, show);
    return () => document.removeEventListener(OPEN_TEMPLATE_MENU, show);
  }, []);
  const wanted = asked > 0 || waitingIn(sendingPlace(props.thread)).length > 0;
  return wanted && <Suspense fallback={null}><Drawer asked={asked} place={sendingPlace(props.thread)} {...props} /></Suspense>;
}

const sendingPlace = (thread) => `template/${thread}`;
