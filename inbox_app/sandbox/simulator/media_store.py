"""The files that the simulated Meta keeps: the samples, and what was sent from phones or by us."""

import asyncio
import hashlib
import json
import secrets
from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from inbox_app.sandbox.simulator.graph.errors import Json, not_found

KEPT_FOR = timedelta(days=7)
ADDRESS_LIVES = timedelta(minutes=5)
SAMPLES = Path(__file__).parent / "files"


class SampleFile(NamedTuple):
    """A file that the test phone can send."""

    name: str
    mime_type: str


SAMPLE_FILES = (
    SampleFile("photo.jpg", "image/jpeg"),
    SampleFile("photo-upright.jpg", "image/jpeg"),
    SampleFile("sticker.webp", "image/webp"),
    SampleFile("sticker-animated.webp", "image/webp"),
    SampleFile("voice.ogg", "audio/ogg; codecs=opus"),
    SampleFile("film.mp4", "video/mp4"),
    SampleFile("gif.mp4", "video/mp4"),
    SampleFile("document.pdf", "application/pdf"),
)
_SAMPLE_PREFIX = "77"
"""Of the ids of samples: two digits more say which. They are as many as one likes, and no list of
them has to be kept."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file, as the simulated Meta has it."""

    id: str
    path: Path
    mime_type: str
    sha256: str
    size: int
    kept_until: datetime | None = None
    """None for ever."""


def new_sample(name: str) -> KeptFile:
    """A sample under a new id: each message has one of its own."""
    index = next(i for i, sample in enumerate(SAMPLE_FILES) if sample.name == name)
    return _sample(f"{_SAMPLE_PREFIX}{index:02}{secrets.randbelow(10**12):012}")


class MediaStore:
    """In ``folder``, where what came is found again after a restart."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder, self._now = folder, now

    def keep(self, content: bytes, mime_type: str) -> KeptFile:
        """A file that somebody sends."""
        id_ = str(secrets.randbelow(10**15) + 10**15)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self._folder / id_).write_bytes(content)
        told = {"mime_type": mime_type, "at": self._now().isoformat()}
        (self._folder / f"{id_}.json").write_text(json.dumps(told), encoding="utf-8")
        return self.get(id_)

    async def receive(self, chunks: AsyncIterable[bytes], mime_type: str) -> KeptFile:
        """The same of a large one, which is never in memory as a whole. Nothing is kept of one
        that breaks off."""
        kept = self.keep(b"", mime_type)
        try:
            with kept.path.open("wb") as file:
                async for chunk in chunks:
                    await asyncio.to_thread(file.write, chunk)
        except BaseException:
            self.forget(kept.id)
            raise
        return self.get(kept.id)

    def get(self, id_: str) -> KeptFile:
        """Raises ``SimulatedGraphError`` for an unknown one, and for one that has expired."""
        if not (id_.isascii() and id_.isdigit()):
            raise not_found(id_)
        if id_.startswith(_SAMPLE_PREFIX) and len(id_) == 16:
            return _sample(id_)
        path = self._folder / id_
        if not path.exists():
            raise not_found(id_)
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        until = datetime.fromisoformat(told["at"]) + KEPT_FOR
        if self._now() >= until:
            raise not_found(id_)
        return _kept(id_, path, told["mime_type"], until)

    def forget(self, id_: str) -> None:
        """Raises ``SimulatedGraphError`` for an unknown one."""
        kept = self.get(id_)
        if kept.path.parent == self._folder:
            kept.path.unlink()
            kept.path.with_suffix(".json").unlink()

    def address(self, kept: KeptFile, base: str) -> str:
        """Where its bytes can be read for five minutes."""
        until = int((self._now() + ADDRESS_LIVES).timestamp())
        return f"{base}?mid={kept.id}&ext={until}&hash={_seal(kept.id, until)}"

    def is_address(self, id_: str, until: str, seal: str) -> bool:
        """Whether it is one of ours that still lives."""
        lives = until.isdigit() and int(until) > self._now().timestamp()
        return lives and secrets.compare_digest(seal, _seal(id_, int(until)))


def metadata(kept: KeptFile, url: str) -> Json:
    """As Meta answers it: the digest in hex."""
    return {
        "url": url,
        "mime_type": kept.mime_type,
        "sha256": kept.sha256,
        "file_size": kept.size,
        "id": kept.id,
        "messaging_product": "whatsapp",
    }


def _sample(id_: str) -> KeptFile:
    index = int(id_[2:4])
    if index >= len(SAMPLE_FILES):
        raise not_found(id_)
    name, mime_type = SAMPLE_FILES[index]
    return _kept(id_, SAMPLES / name, mime_type)


def _kept(id_: str, path: Path, mime_type: str, until: datetime | None = None) -> KeptFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return KeptFile(id_, path, mime_type, digest, path.stat().st_size, until)


_SEALED_WITH = secrets.token_bytes(16)


def _seal(id_: str, until: int) -> str:
    return hashlib.sha256(_SEALED_WITH + f"{id_}/{until}".encode()).hexdigest()[:24]
