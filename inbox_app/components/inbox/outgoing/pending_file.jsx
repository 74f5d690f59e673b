// What was attached and is being sent, as large as it will be in the thread: nothing jumps when its row comes (M3, M7).
import { useState } from "react";
import "@/styles/pending_file.css";
import { useConnection } from "@/external/inbox_app/components/layout/connection_banner/connection_banner.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { aboutDocument, fitted } from "@/external/inbox_app/components/inbox/media/media_file/media_file.jsx";
import { sentenceOf } from "@/external/inbox_app/components/inbox/outgoing/uploads/file_problems.js";
import { again } from "@/external/inbox_app/components/inbox/outgoing/uploads/uploader.js";
import { useUpload } from "@/external/inbox_app/components/inbox/outgoing/uploads/uploads.js";

/** `waits`: its upload is not over. */
export default function PendingFile({ file, waits }) {
  const upload = useUpload(file.ref);
  const known = { ...file, picture: file.picture || upload?.picture };
  return (
    <>
      <Shown file={known} />
      {waits && <Upload upload={file.ref} {...upload} name={file.name} />}
    </>
  );
}

function Shown({ file }) {
  const { t } = useTexts();
  const [broken, setBroken] = useState("");
  const [natural, setNatural] = useState({});
  const picture = file.picture !== broken && file.picture;
  const lost = () => setBroken(file.picture);
  const seen = ({ target }) => setNatural({ width: target.naturalWidth, height: target.naturalHeight });
  if (file.kind === "image" && picture)
    return <div className="media-box"><img src={picture} alt={t("Photo")} onLoad={seen} onError={lost} {...fitted(file.width ? file : natural)} /></div>;
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

/** How far it is, and what can be done where it goes no further. */
function Upload({ upload, name, state, share = 0, problem }) {
  const { t } = useTexts();
  const connection = useConnection();
  if (state === "failed")
    return (
      <p className="delivery-failure" role="alert">
        {sentenceOf(problem, t)} <button type="button" className="link-button" onClick={() => again(upload)}>{t("Try again")}</button>
      </p>
    );
  if (state !== "uploading")
    return <p className="upload-progress" role="status">{connection ? t("It leaves by itself as soon as the connection is back.") : t("Waiting…")}</p>;
  const word = share < 1 ? t("Uploading…") : t("Checking…");
  return (
    <p className="upload-progress">
      {word} <progress value={share < 1 ? share : undefined} max={1} aria-label={`${word} ${name}`} />
    </p>
  );
}
