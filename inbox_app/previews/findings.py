"""What was found in a file."""

from dataclasses import dataclass

from inbox_app.domain.files.file_types import UNKNOWN

THUMB = "thumb"
PLAYABLE = "playable"
"""The names of what is made of a file, in the folder that the process is given."""
THUMB_TYPE = "image/webp"
PLAYABLE_TYPE = "audio/mp4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Nothing is known of what could not be looked into."""

    content_type: str
    width: int | None = None
    height: int | None = None
    """In pixels, as it is shown: turned as the file says."""
    pages: int | None = None
    duration: float | None = None
    """In seconds."""
    silent: bool = False
    """A film without a sound."""

    @property
    def is_unknown(self) -> bool:
        """Whether it could not be looked into."""
        return self.content_type == UNKNOWN


class UnreadableError(Exception):
    """It is not what its beginning says, or too much of it: only good to be kept elsewhere."""
