"""The files that messages to phones show: by their ids, as Meta takes and refuses them."""

from dataclasses import dataclass

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError
from inbox_app.sandbox.simulator.media_store import KeptFile, MediaStore
from inbox_app.sandbox.simulator.phones import PhoneFile

_LONGEST_CAPTION = 1024
_SHOWN_AS = {"image": ("image/jpeg", "image/png"), "document": ("application/pdf",)}


@dataclass(frozen=True, slots=True)
class ShownFile:
    """What a message shows: a file that was uploaded, and the words with it."""

    kept: KeptFile
    kind: str
    caption: str
    filename: str

    @property
    def on_phone(self) -> PhoneFile:
        """As the phone shows it."""
        return PhoneFile(
            id=self.kept.id, kind=self.kind, mime_type=self.kept.mime_type, name=self.filename
        )


def shown_file(payload: Json, media: MediaStore) -> ShownFile | None:
    """The file that a message shows; SimulatedGraphError when it is none that Meta would."""
    kind = payload.get("type")
    if not isinstance(kind, str) or kind not in _SHOWN_AS:
        return None
    told = payload.get(kind)
    told = told if isinstance(told, dict) else {}
    caption = str(told.get("caption") or "")
    if len(caption) > _LONGEST_CAPTION:
        details = f"Param caption must be at most {_LONGEST_CAPTION} characters long."
        raise SimulatedGraphError(Code.PARAMETER_NOT_VALID, details)
    if not told.get("id"):
        details = f"The parameter {kind}['id'] is required."
        raise SimulatedGraphError(Code.PARAMETER_MISSING, details)
    return ShownFile(_kept(str(told["id"]), kind, media), kind, caption, _name(told))


def _kept(id_: str, kind: str, media: MediaStore) -> KeptFile:
    try:
        kept = media.get(id_)
    except SimulatedGraphError:
        details = f"The media id {id_} is unknown or has expired."
        raise SimulatedGraphError(Code.INVALID_PARAMETER, details) from None
    if kept.mime_type not in _SHOWN_AS[kind]:
        details = f"Unsupported {kind} mime type {kept.mime_type}."
        raise SimulatedGraphError(Code.MEDIA_UPLOAD_FAILED, details)
    return kept


def _name(told: Json) -> str:
    return str(told.get("filename") or "")
