// How much waits, where the page is but a picture: on the icon of the home screen, on the tab (N2).
const PLAIN = "/favicon.svg";
const MARKED = "/favicon-unread.svg";

export function badge(unread) {
  if (unread > 0) navigator.setAppBadge?.(unread).catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});
  const icon = document.querySelector('link[rel="icon"][type="image/svg+xml"]');
  const wanted = unread > 0 ? MARKED : PLAIN;
  if (icon && icon.getAttribute("href") !== wanted) icon.setAttribute("href", wanted);
}
