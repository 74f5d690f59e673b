"""Photos and PDFs over the API: a form with the file and its caption (M2)."""

from typing import Any

import httpx
import pytest
from sqlmodel import select

from inbox_app.api.v1.conversations import file_form
from inbox_app.models import Media, Outbox
from tests.api.two_companies import Installation, ada_writes, assert_problem
from tests.support.samples import sample_files as files

pytestmark = pytest.mark.anyio


async def send(
    here: Installation,
    conversation: str,
    content: bytes,
    name: str = "casa.jpg",
    key: str = "",
    **fields: str,
) -> httpx.Response:
    path = f"/conversations/{conversation}/messages"
    headers = {"idempotency-key": key} if key else {}
    return await here.pms.post(path, files={"file": (name, content)}, data=fields, headers=headers)


async def rows(here: Installation, table: type[Any]) -> list[Any]:
    async with here.runtime.database.reading() as session:
        return list(await session.exec(select(table)))


async def test_a_photo_is_queued_with_its_caption(here: Installation) -> None:
    opened = await ada_writes(here)
    answer = await send(here, opened, files.photo(), caption="La casa")

    assert answer.status_code == 202
    queued = answer.json()
    assert (queued["kind"], queued["text"], queued["status"]) == ("image", "La casa", "queued")
    assert queued["origin"] == "api"
    media = queued["media"]
    assert (media["mime_type"], media["filename"], media["state"]) == (
        "image/jpeg",
        "casa.jpg",
        "ready",
    )
    assert len(await rows(here, Outbox)) == 1


async def test_what_only_needs_converting_is_converted(here: Installation) -> None:
    answer = await send(here, await ada_writes(here), files.heic(), "IMG_1.HEIC")
    assert answer.json()["media"]["filename"] == "IMG_1.jpg"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (files.mp4(), "video"),
        (files.docx(), "office"),
        (files.PROGRAM, "program"),
        (files.locked_pdf(), "encrypted_pdf"),
        (b"", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_anything_else_is_refused_for_what_it_is(
    here: Installation, content: bytes, problem: str
) -> None:
    answer = await send(here, await ada_writes(here), content, "fattura.pdf")

    told = assert_problem(answer, 422, "file")
    assert told["problem"] == problem
    assert told["detail"].startswith("file: it is ") or "password" in told["detail"]
    assert await rows(here, Media) == []


async def test_after_the_window_closed_it_is_refused_with_the_control(here: Installation) -> None:
    answer = await send(here, await ada_writes(here, hours_ago=25), files.photo())
    problem = assert_problem(answer, 409, "refused")
    assert (problem["control"], problem["reason"]) == ("send_template", "window_expired")


async def test_the_same_key_and_file_is_one_message_however_it_is_wrapped(
    here: Installation,
) -> None:
    opened = await ada_writes(here)
    first = await send(here, opened, files.photo(), key="k1", caption="Ecco")
    again = await send(here, opened, files.photo(), key="k1", caption="Ecco")
    assert again.json() == first.json()
    assert len(await rows(here, Outbox)) == 1
    other = await send(here, opened, files.photo(), key="k1", caption="Altro")
    assert_problem(other, 409, "idempotency-key-reused")


async def test_a_caption_that_is_too_long_is_refused(here: Installation) -> None:
    answer = await send(here, await ada_writes(here), files.photo(), caption="x" * 1025)
    assert assert_problem(answer, 422, "invalid")["detail"] == (
        "caption: has at most 1024 characters."
    )


async def test_a_form_without_a_file_is_told_what_belongs_in_it(here: Installation) -> None:
    path = f"/conversations/{await ada_writes(here)}/messages"
    answer = await here.pms.post(path, files={"photo": ("casa.jpg", files.photo())})
    assert "«file»" in assert_problem(answer, 422, "invalid")["detail"]
    broken = {"content-type": "multipart/form-data"}
    assert_problem(await here.pms.post(path, content=b"x", headers=broken), 400, "broken-off")


async def test_what_no_channel_takes_is_cut_off(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_form, "MOST_BYTES", 1000)
    answer = await send(here, await ada_writes(here), bytes(2000))
    assert_problem(answer, 413, "too-large")


async def test_another_companys_conversation_takes_no_file(here: Installation) -> None:
    opened = await ada_writes(here)
    path = f"/conversations/{opened}/messages"
    answer = await here.other.post(path, files={"file": ("casa.jpg", files.photo())})
    assert_problem(answer, 404, "not-found")
    inside = await here.pms.post(f"{path}/file", files={"file": ("casa.jpg", files.photo())})
    assert inside.status_code == 404


async def test_what_cannot_be_kept_now_is_answered_with_when_to_try_again(
    here: Installation,
) -> None:
    conversation = await ada_writes(here)
    (here.runtime.settings.data_dir / "media").write_text("no folder")
    answer = await send(here, conversation, files.photo())
    assert_problem(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "10"
    assert await rows(here, Media) == []
