"""One person's data as a ZIP that is written while it is fetched (A6): a page to read, the same as
JSON, and the files."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape
from io import RawIOBase
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from inbox_app.catalogues import text_in
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import Direction
from inbox_app.queries.people.person_export import (
    ExportedFile,
    ExportedMessage,
    ExportedTask,
    exported_facts,
    exported_messages,
    exported_tasks,
)
from inbox_app.queries.people.rows import ActorRecord
from inbox_app.runtime import Runtime
from inbox_app.services.personal_data.note_export import note_export
from inbox_app.storage import MissingFileError


async def export_person(
    runtime: Runtime,
    *,
    account_id: int,
    actor_id: int,
    user_id: int | None,
    language: str,
    now: datetime,
    by: str = "api",
) -> AsyncIterator[bytes]:
    """An audit entry is left, in which ``by`` says who did it where no user did.

    Raises ``NotFoundError`` before the first bytes.
    """
    async with runtime.database.transaction() as session:
        facts = await exported_facts(session, account_id, actor_id, now)
        if facts is None:
            raise NotFoundError
        tasks = await exported_tasks(session, account_id, actor_id)
        note_export(session, account_id, actor_id, user_id, now, by)
    return _zip(runtime, account_id, actor_id, _Facts(facts, tasks), language, now)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What stands beside what was said."""

    record: ActorRecord
    tasks: list[ExportedTask]


class _Pipe(RawIOBase):
    """What a ZIP is written to, and taken from as it comes."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, chunk: bytes) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._written.append(bytes(chunk))
        return len(chunk)

    def taken(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken


async def _zip(
    runtime: Runtime,
    account_id: int,
    actor_id: int,
    facts: _Facts,
    language: str,
    now: datetime,
) -> AsyncIterator[bytes]:
    pipe = _Pipe()
    files: list[ExportedFile] = []
    with ZipFile(pipe, "w") as archive:
        with archive.open(_entry("index.html", now), "w") as page:
            page.write(_head(facts, language).encode())
            async for some in _messages(runtime, account_id, actor_id):
                files += [each.file for each in some if each.file]
                page.write("".join(_read(each, language) for each in some).encode())
                yield pipe.taken()
        archive.writestr(_entry("person.json", now), _as_json(facts))
        with archive.open(_entry("messages.jsonl", now), "w") as lines:
            async for some in _messages(runtime, account_id, actor_id):
                lines.write(b"".join(_line(each) for each in some))
                yield pipe.taken()
        for file in files:
            with archive.open(_entry(file.name, now, ZIP_STORED), "w", force_zip64=True) as copy:
                async for chunk in _bytes(runtime, file):
                    copy.write(chunk)
                    yield pipe.taken()
    yield pipe.taken()


async def _messages(
    runtime: Runtime, account_id: int, actor_id: int
) -> AsyncIterator[list[ExportedMessage]]:
    async with runtime.database.reading() as session:
        async for some in exported_messages(session, account_id, actor_id):
            yield some


async def _bytes(runtime: Runtime, file: ExportedFile) -> AsyncIterator[bytes]:
    """None of a file that is not where files are kept any more."""
    try:
        async for chunk in runtime.storage.read(file.sha256):
            yield chunk
    except MissingFileError:
        return


def _entry(name: str, now: datetime, how: int = ZIP_DEFLATED) -> ZipInfo:
    entry = ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = how
    return entry


def _head(facts: _Facts, language: str) -> str:
    title = escape(facts.record["name"])
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in _facts(facts, language)
        if value
    )
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_LOOK}</style><h1>{title}</h1><table>{rows}</table>"
    )


_LOOK = (
    "body{font:15px/1.5 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "th{text-align:left;padding-right:1.5rem;vertical-align:top}"
    "p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0;padding:.5rem .75rem;"
    "border-radius:.5rem;background:#f0eeea}p.out{margin-left:4rem;background:#e2f0ed}"
    "p.internal{background:#fdf0d8}"
    "time{display:block;color:#666;font-size:12px}"
)


def _facts(of: _Facts, language: str) -> Iterator[tuple[str, str]]:
    facts = of.record
    yield text_in(language, "Phone numbers"), ", ".join(each["raw"] for each in facts["phones"])
    yield text_in(language, "E-mail"), facts["email"]
    yield text_in(language, "Language"), facts["language"]
    yield text_in(language, "Notes"), facts["notes"]
    yield text_in(language, "Labels"), ", ".join(each["name"] for each in facts["labels"])
    yield text_in(language, "Accommodations"), ", ".join(facts["homes"])
    stays = (
        f"{each['code']}: {each['accommodation']}, {each['check_in']} – {each['check_out']}"
        for each in facts["stays"]
    )
    yield text_in(language, "Reservations"), "; ".join(stays)
    yield text_in(language, "Tasks"), "; ".join(each.title for each in of.tasks)


def _read(message: ExportedMessage, language: str) -> str:
    said = escape(message.text or "") or f"<i>{escape(message.kind)}</i>"
    if message.direction == Direction.INTERNAL:
        said = f"<b>{escape(text_in(language, 'Internal note'))}</b><br>{said}"
    file = message.file
    link = f'<br><a href="{escape(file.name)}">{escape(file.name)}</a>' if file else ""
    at = message.sent_at.isoformat(timespec="seconds")
    return f'<p class="{message.direction}" dir="auto"><time>{at}</time>{said}{link}</p>\n'


def _as_json(facts: _Facts) -> str:
    told = {**facts.record, "tasks": [asdict(task) for task in facts.tasks]}
    return json.dumps(told, ensure_ascii=False, indent=1)


def _line(message: ExportedMessage) -> bytes:
    told = asdict(message) | {"sent_at": message.sent_at.isoformat()}
    told["file"] = message.file.name if message.file else None
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"
