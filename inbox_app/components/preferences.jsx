// A form that the browser itself posts and that comes back to where one was.
export function PreferenceForm({ csrf, children, className = "" }) {
  const comeBack = (event) => {
    event.currentTarget.elements.next.value = location.pathname + location.search;
  };
  return (
    <form method="post" action="/auth/preferences" onSubmit={comeBack} className={className}>
      <input type="hidden" name="csrf" value={csrf ?? ""} readOnly />
      <input type="hidden" name="next" defaultValue="/" />
      {children}
    </form>
  );
}
