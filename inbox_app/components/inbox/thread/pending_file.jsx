// What was attached and is being sent, as large as it will be in the thread: nothing jumps when its row comes (M3, M7).
import { useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { aboutDocument, fitted } from "@/external/inbox_app/components/inbox/media/media_file/media_file.jsx";

export default function PendingFile({ file }) {
  const { t } = useTexts();
  const [broken, setBroken] = useState(false);
  const picture = broken ? "" : file.picture;
  const lost = () => setBroken(true);
  if (file.kind === "image" && picture)
    return <div className="media-box"><img src={picture} alt={t("Photo")} onError={lost} {...fitted(file)} /></div>;
  return (
    <div className={picture ? "document with-page" : "document"}>
      {picture && <span className="first-page"><img src={picture} alt="" onError={lost} width="320" height="150" /></span>}
      <Named {...file} />
    </div>
  );
}

function Named({ kind, name, ...about }) {
  const { tn } = useTexts();
  const [icon, mime] = kind === "image" ? ["photo", "image/jpeg"] : ["file", "application/pdf"];
  return (
    <div className="file">
      <span className="file-link">
        <span className="file-icon"><Icon name={icon} /></span>
        <span>
          <b dir="auto">{name}</b>
          <small>{aboutDocument({ ...about, mime }, tn)}</small>
        </span>
      </span>
    </div>
  );
}
