// Ways around the application that need no server.
import { Link, NavLink, useLocation, useNavigate } from "react-router";
import { follow } from "@/external/inbox_app/components/navigation/links/address.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** A link that says by itself (`aria-current="page"`) that it is the page one is on, to its query if it has one. */
export function NavigationLink({ to, end = true, children, ...rest }) {
  const { search } = useLocation();
  const [, query] = to.split("?");
  const current = query && search !== `?${query}` ? "false" : "page";
  return (
    <NavLink to={to} end={end} aria-current={current} onClick={(event) => follow(event, to)} {...rest}>{children}</NavLink>
  );
}

/** A button that loads another page anew: one whose policy differs from this page's. */
export const FullLoadButton = ({ to, children, ...rest }) => (
  <button type="button" {...rest} onClick={() => window.location.assign(to)}>{children}</button>
);

/** A button that leads to another page without loading it anew. */
export function NavigationButton({ to, children, ...rest }) {
  const navigate = useNavigate();
  return <button type="button" {...rest} onClick={() => navigate(to)}>{children}</button>;
}

/** Back to where one came from inside the application, else to `to`. */
export function BackLink({ to, children, ...rest }) {
  const navigate = useNavigate();
  const back = (event) => {
    if (!(window.history.state?.idx > 0)) return;
    event.preventDefault();
    navigate(-1);
  };
  return <Link to={to} replace onClick={back} {...rest}>{children}</Link>;
}

/** Leads the keyboard past what stands before the panel with the id `to`: to its first row, its log or its heading. */
export function SkipLink({ to, children }) {
  const skip = (event) => {
    event.preventDefault();
    const panel = document.getElementById(to);
    const place = ["[data-conversation]", "[role=log]", "h1, h2"].map((first) => panel.querySelector(first)).find(Boolean) ?? panel;
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus();
  };
  return <a href={`#${to}`} className="skip-link" onClick={skip}>{children}</a>;
}

export const useLanguage = () => useTexts().language;
