/** A picture of /icons.svg; decoration only, the name stands beside it. */
export const Icon = ({ name, className = "" }) => (
  <svg className={`icon ${className}`} aria-hidden="true">
    <use href={`/icons.svg#${name}`} />
  </svg>
);
