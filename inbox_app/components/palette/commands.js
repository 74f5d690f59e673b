// What the palette can do besides finding: pages, filters, and what is done to the open conversation (P9).

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const inboxIsThere = () => document.querySelector("#conversations") !== null;

/** Tells the inbox something, which is gone to first from another page. */
function tellInbox(navigate, ...told) {
  if (inboxIsThere()) return tell(...told);
  const look = () => requestAnimationFrame(() => (inboxIsThere() ? requestAnimationFrame(() => tell(...told)) : look()));
  navigate("/");
  return look();
}

function ofThread({ id, archived }, t) {
  if (!id) return [];
  const does = (does) => () => tell("inbox-command", { does, value: id });
  return [
    { id: "archive", icon: "archive", name: archived ? t("Take out of the archive") : t("Archive"), run: does(archived ? "onTakeBack" : "onArchive") },
    { id: "unread", icon: "unread", name: t("Mark as unread"), run: does("onUnread") },
    { id: "send-template", icon: "template", name: t("Send template"), run: () => tell("open-template-menu") },
    { id: "photos", icon: "photo", name: t("Photos and videos"), run: () => tell("open-photos") },
  ];
}

const pages = (t) => [
  ["/", "inbox", t("Inbox")],
  ["/templates", "template", t("Templates")],
  ["/templates/new", "plus", t("Create template")],
  ["/replies", "bolt", t("Replies")],
  ["/accommodations", "stay", t("Homes")],
  ["/figures", "chart", t("Figures")],
  ["/settings", "settings", t("Settings")],
  ["/settings/webhooks", "plug", t("Webhooks")],
];

const filters = (t) => [
  ["all", t("All")],
  ["unread", t("Unread")],
  ["mine", t("Mine")],
  ["unassigned", t("Unassigned")],
  ["mentions", t("Mentions")],
  ["expiring", t("Closing soon")],
  ["guests", t("Guests")],
  ["owners", t("Owners")],
  ["suppliers", t("Suppliers")],
  ["unknown", t("Unknown senders")],
  ["archived", t("Archived conversations")],
];

/** `{ofThread, everywhere}`, each `{id, icon, name, hint?, run(navigate)}`. */
export function commands(thread, t) {
  const everywhere = [
    { id: "new", icon: "plus", name: t("New conversation"), run: (navigate) => tellInbox(navigate, "new-conversation") },
    ...pages(t).map(([to, icon, name]) => ({ id: to, icon, name, hint: t("Page"), run: (navigate) => navigate(to) })),
    ...filters(t).map(([value, name]) => ({
      id: `filter-${value}`, icon: "inbox", name, hint: t("Filter"), run: (navigate) => tellInbox(navigate, "inbox-command", { does: "filter", value }),
    })),
  ];
  const keys = { id: "keys", icon: "keyboard", name: t("Keyboard shortcuts"), run: () => tell("show-shortcuts") };
  return { ofThread: ofThread(thread, t), everywhere: inboxIsThere() ? [...everywhere, keys] : everywhere };
}
