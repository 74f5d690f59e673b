"""Messages as Meta writes them."""

import hashlib
from typing import Any

from tests.channels.whatsapp.bodies import Json

DIGEST = hashlib.sha256(b"photo").digest()


def file(**more: Any) -> Json:
    return {"id": 770022, "mime_type": "image/jpeg", "sha256": DIGEST.hex()} | more
