// Where a table is dropped or chosen: uploaded with its progress, refused with the reason, else its import is opened (A3).
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const KINDS = ["reservations", "actors", "accommodations", "tasks"];
const MOST = 50 * 1024 * 1024;

/** `fetch` tells nothing of how far it has come. */
const sent = (kind, file, tell) =>
  new Promise((answered) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => tell(loaded / total);
    request.onload = () => answered(request.response ?? {});
    request.onerror = request.onabort = request.ontimeout = () => answered({});
    request.open("POST", `/imports/files?kind=${kind}`);
    request.responseType = "json";
    request.setRequestHeader("x-filename", encodeURIComponent(file.name));
    request.send(file);
  });

export function DropZone() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const chooser = useRef(null);
  const [kind, setKind] = useState(KINDS[0]);
  const [over, setOver] = useState(false);
  const [share, setShare] = useState(null);
  const [problem, setProblem] = useState("");
  const names = { reservations: t("Reservations"), actors: t("People"), accommodations: t("Accommodations"), tasks: t("Tasks") };
  const hints = {
    reservations: t("Each line is a stay: code or key, accommodation, guest, arrival, departure. Guests nobody knows yet are added."),
    actors: t("Each line is a guest, an owner or a supplier: name, phone, e-mail. Whoever is waiting with that number is linked."),
    accommodations: t("Each line is an accommodation: name, key, address, times, codes. Import these before the reservations."),
    tasks: t("Each line is a task: title, kind, accommodation, supplier, due date. Import accommodations and people before these."),
  };
  const sentences = {
    empty: t("The file is empty."),
    too_large: t("The file is too large: at most 50 MB, and 400 MB unpacked."),
    too_many_lines: t("The file has too many lines: at most 250,000. Split it into several."),
    too_many_columns: t("The file has too many columns: at most 200."),
    encrypted: t("The file is protected by a password: save it without one and drop it again."),
    old_excel: t("This is Excel's old format: save it as XLSX or CSV and drop it again."),
    not_a_table: t("This is neither a CSV nor an XLSX file."),
    broken: t("The file is damaged: save it again as XLSX or CSV."),
    no_lines: t("The file has headings and nothing below them."),
    signed_out: t("You are signed out: sign in again, then drop the file."),
  };

  const take = async (file) => {
    if (!file || share !== null) return;
    setProblem("");
    if (file.size > MOST) return void setProblem("too_large");
    setShare(0);
    const told = await sent(kind, file, setShare);
    setShare(null);
    if (told.import) return void navigate(`/imports/${told.import}`);
    setProblem(told.problem ?? "away");
  };
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };

  return (
    <div className="import-drop">
      <fieldset className="import-kinds" disabled={share !== null}>
        <legend>{t("What is in the file?")}</legend>
        {KINDS.map((each) => (
          <label key={each} className="import-kind">
            <input type="radio" name="kind" value={each} checked={kind === each} onChange={() => setKind(each)} />
            <span>{names[each]}</span>
          </label>
        ))}
      </fieldset>
      <p className="quiet">{hints[kind]}</p>
      <div
        className={over ? "import-target over" : "import-target"}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="file" />
        {share === null ? (
          <>
            <p>{t("Drop a CSV or XLSX file here")}</p>
            <button type="button" className="button" onClick={() => chooser.current.click()}>{t("Choose a file")}</button>
          </>
        ) : (
          <div role="status" className="import-progress">
            <p>{share < 1 ? t("Uploading…") : t("Reading the lines…")}</p>
            <progress max={1} value={share < 1 ? share : undefined} aria-label={t("Uploading…")} />
          </div>
        )}
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          aria-label={t("Choose a file")}
          onChange={(event) => { take(event.target.files[0]); event.target.value = ""; }}
        />
      </div>
      {problem && (
        <p role="alert" className="import-problem">
          {sentences[problem] ?? t("The file didn't arrive: check the connection and try again.")}
        </p>
      )}
    </div>
  );
}
