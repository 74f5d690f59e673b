// The facts of a home: short ones as they are, long ones folded, codes masked until they are tapped (S3).
import "@/styles/home_facts.css";
import { CopyButton } from "@/external/inbox_app/components/layout/copy_button/copy_button.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { fieldName } from "@/external/inbox_app/components/saved_replies/reply_editor/field_names.js";

const MASK = "••••••";

export default function HomeFactsList({ facts, withheld, revealed, onReveal }) {
  const { t } = useTexts();
  return (
    <section className="home-facts">
      <h3>{t("For the guest")}</h3>
      {facts.map((fact) => <Fact key={fact.key} {...fact} name={fieldName(fact.key, t)} code={revealed[fact.key]} onReveal={() => onReveal(fact.key)} />)}
      {withheld && (
        <p className="quiet codes-withheld">
          <Icon name="lock" />
          <span>{t("Codes are shown while a confirmed stay is ahead or under way.")}</span>
        </p>
      )}
    </section>
  );
}

function Fact({ name, value, secret, long, code, onReveal }) {
  const { t } = useTexts();
  const copied = secret ? code : value;
  return (
    <div className="home-fact">
      {secret && <Code name={name} code={code} onReveal={onReveal} />}
      {long && <Folded name={name} value={value} />}
      {!secret && !long && <><small>{name}</small><p dir="auto">{value}</p></>}
      {copied && <CopyButton silent text={copied} label={t("Copy: {what}", { what: name })} />}
    </div>
  );
}

function Folded({ name, value }) {
  return (
    <details>
      <summary><small>{name}</small><Icon name="chevron-down" /></summary>
      <p dir="auto">{value}</p>
    </details>
  );
}

/** One button, masked and not, so that it keeps the keyboard. */
function Code({ name, code, onReveal }) {
  const { t } = useTexts();
  const label = code ? t("Hide: {what}", { what: name }) : t("Show: {what}", { what: name });
  return (
    <>
      <small>{name}</small>
      <button type="button" className="home-code" aria-label={label} onClick={onReveal}>
        <bdi>{code ?? MASK}</bdi>
        <Icon name={code ? "eye-off" : "eye"} />
      </button>
      <span role="status" className="visually-hidden">{code}</span>
    </>
  );
}
