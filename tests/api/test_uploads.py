"""Attaching, looking at and taking away files in the inbox, and who may (M2, M7)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from sqlmodel import col, select

from inbox_app import clock
from inbox_app.api.files import uploads
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.domain.files.outgoing_files import FileProblem
from inbox_app.live import Change
from inbox_app.models import Media, Upload
from inbox_app.runtime import Runtime
from inbox_app.services.sending import attach
from inbox_app.services.sending.send_file import queue_upload
from tests.support.factories import World, make_connection
from tests.support.samples import sample_files as files
from tests.support.servers.routes_app import MARTA, PASSWORD, browser, make_account, running
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio
ADA = "393471234567"


@dataclass
class Desk:
    """Marta at her inbox, where Ada has written; Bruno works for another company."""

    runtime: Runtime
    marta: httpx.AsyncClient
    bruno: httpx.AsyncClient
    conversation: str

    async def attach(
        self,
        content: bytes,
        name: str = "casa.jpg",
        who: httpx.AsyncClient | None = None,
        ref: str = "",
    ) -> httpx.Response:
        path = f"/uploads?conversation={self.conversation}&ref={ref or uuid4().hex}"
        headers = {"x-filename": quote(name)}
        return await (who or self.marta).post(path, content=content, headers=headers)

    async def attached(self, content: bytes, name: str = "casa.jpg") -> str:
        return (await self.attach(content, name)).json()["ref"]

    async def rows(self, table: type[Any]) -> list[Any]:
        async with self.runtime.database.reading() as session:
            return list(await session.exec(select(table).order_by(col(table.id))))


@pytest.fixture
async def desk(sqlite: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running(sqlite, tmp_path) as runtime:
        account_id, marta_id = await make_account(sqlite)
        await make_account(sqlite, "Altra Società", "bruno@altra.it")
        async with sqlite.transaction() as session:
            connection = await make_connection(session, account_id, clock.now())
            world = World(
                account_id=account_id,
                connection_id=connection.id,
                marta_id=marta_id,
                ada_id=0,
                giuseppe_id=0,
                pulizie_rossi_id=0,
            )
            now = clock.now() - timedelta(hours=1)
            conversation = await a_person_wrote(session, world, now, ADA)
        doors = [*auth.routes(), *uploads.routes()]
        async with browser(doors) as marta, browser(doors) as bruno:
            for who, email in ((marta, MARTA), (bruno, "bruno@altra.it")):
                form = {"email": email, "password": PASSWORD}
                await who.post("/auth/sign-in", data=form)
            yield Desk(runtime, marta, bruno, str(conversation))


async def test_a_file_is_kept_beside_the_draft_until_it_is_sent(desk: Desk) -> None:
    content = files.pdf(2)
    answer = await desk.attach(content, "Regole.docx")

    assert answer.status_code == 201
    told = answer.json()
    assert (told["kind"], told["name"], told["pages"]) == ("document", "Regole.pdf", 2)
    assert (await desk.marta.get("/uploads")).json()["items"] == [told]
    shown = await desk.marta.get(f"/uploads/{told['ref']}")
    assert shown.content == content
    assert shown.headers["content-disposition"] == "attachment"
    first_page = await desk.marta.get(f"/uploads/{told['ref']}?size=thumb")
    assert first_page.headers["content-type"] == "image/webp"


async def test_an_iphones_photo_is_shown_as_the_jpeg_it_became(desk: Desk) -> None:
    ref = await desk.attached(files.heic(), "IMG_0231.HEIC")
    shown = await desk.marta.get(f"/uploads/{ref}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"", "vuoto.jpg", FileProblem.EMPTY),
        (files.mp4(), "video.jpg", FileProblem.VIDEO),
        (files.docx(), "contratto.pdf", FileProblem.OFFICE),
        (files.PROGRAM, "fattura.pdf", FileProblem.PROGRAM),
        (files.SVG, "logo.png", FileProblem.WEB_PAGE),
        (files.locked_pdf(), "chiuso.pdf", FileProblem.ENCRYPTED_PDF),
        (files.photo()[:300], "metà.jpg", FileProblem.BROKEN_PHOTO),
        (files.moving_gif(), "gatto.gif", FileProblem.ANIMATION),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_cannot_be_sent_is_refused_and_nothing_is_kept(
    desk: Desk, content: bytes, name: str, problem: FileProblem
) -> None:
    answer = await desk.attach(content, name)

    assert answer.json() == {"problem": problem}
    assert await desk.rows(Upload) == []
    assert list((desk.runtime.settings.data_dir / "uploading").iterdir()) == []


async def test_the_first_bytes_are_enough_to_be_told_no(desk: Desk) -> None:
    path = f"/uploads/check?conversation={desk.conversation}&ref=a&size=9000000"
    assert (await desk.marta.post(path, content=files.photo()[:100])).json() == {}
    refused = await desk.marta.post(path, content=files.mp4())
    assert refused.json() == {"problem": "video"}
    too_large = path.replace("9000000", str(101 * 1024 * 1024))
    refused = await desk.marta.post(too_large, content=files.pdf()[:100])
    assert refused.json()["problem"] == "too_large"
    endless = path.replace("9000000", "9" * 5000)
    refused = await desk.marta.post(endless, content=files.pdf()[:100])
    assert refused.json()["problem"] == "too_large"
    assert (await desk.marta.post(path, content=b"x" * 5000)).status_code == 413


async def test_what_comes_again_is_one_file_and_its_page_is_told(desk: Desk) -> None:
    first = (await desk.attach(files.pdf(), ref="a-1")).json()
    path = f"/uploads/check?conversation={desk.conversation}&ref=a-1&size=900"
    assert (await desk.marta.post(path, content=files.pdf()[:100])).json() == first
    assert (await desk.attach(files.pdf(), ref="a-1")).json() == first
    assert [row.ref for row in await desk.rows(Upload)] == ["a-1"]


@pytest.mark.parametrize("ref", ["%20", "../x", "a" * 65, "è"])
async def test_what_no_page_would_call_a_file_is_refused(desk: Desk, ref: str) -> None:
    assert (await desk.attach(files.pdf(), ref=ref)).status_code == 400


async def test_what_another_company_calls_a_file_is_told_to_nobody(desk: Desk) -> None:
    await desk.attached(files.photo())
    (upload,) = await desk.rows(Upload)
    async with desk.runtime.database.transaction() as session:
        session.add(upload)
        upload.account_id += 1
    path = f"/uploads/check?conversation={desk.conversation}&ref={upload.ref}&size=900"
    assert (await desk.marta.post(path, content=files.photo()[:100])).json() == {}
    answer = await desk.attach(files.photo(), ref=upload.ref)
    assert (answer.status_code, answer.json()) == (404, {"problem": "not_found"})


async def test_the_persons_other_pages_hear_of_what_comes_and_goes(desk: Desk) -> None:
    heard: list[Change] = []
    desk.runtime.live.listen(heard.append)
    ref = await desk.attached(files.photo())
    await desk.marta.delete(f"/uploads/{ref}")
    await desk.marta.delete(f"/uploads/{ref}")
    assert [str(change.conversation_id) for change in heard] == [desk.conversation] * 2


async def test_another_company_sees_and_does_nothing_here(desk: Desk) -> None:
    ref = await desk.attached(files.photo())

    assert (await desk.attach(files.photo(), who=desk.bruno)).status_code == 404
    assert (await desk.bruno.get("/uploads")).json()["items"] == []
    assert (await desk.bruno.get(f"/uploads/{ref}")).status_code == 404
    await desk.bruno.delete(f"/uploads/{ref}")
    assert len(await desk.rows(Upload)) == 1


async def test_nobody_comes_in_without_a_session_or_from_another_site(desk: Desk) -> None:
    elsewhere = {"origin": "https://evil.example"}
    path = f"/uploads?conversation={desk.conversation}&ref=a"
    answer = await desk.marta.post(path, content=files.photo(), headers=elsewhere)
    assert answer.status_code == 403
    desk.marta.cookies.clear()
    assert (await desk.marta.get("/uploads")).status_code == 401
    assert (await desk.attach(files.photo())).status_code == 401


async def test_nobody_heaps_up_files_without_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attach, "MOST", 1)
    await desk.attach(files.pdf())
    assert (await desk.attach(files.pdf())).json()["problem"] == "too_many"


async def test_what_was_forgotten_for_a_month_goes(desk: Desk) -> None:
    await desk.attach(files.pdf())
    async with desk.runtime.database.transaction() as session:
        await attach.forget_old_uploads(session, clock.real_now() + timedelta(days=29))
    assert len(await desk.rows(Upload)) == 1
    async with desk.runtime.database.transaction() as session:
        await attach.forget_old_uploads(session, clock.real_now() + timedelta(days=31))
    assert await desk.rows(Upload) == []


async def test_what_cannot_be_kept_now_may_be_tried_again(desk: Desk) -> None:
    media_dir = desk.runtime.settings.data_dir / "media"
    media_dir.write_text("no folder")
    answer = await desk.attach(files.photo())
    assert (answer.status_code, answer.json()) == (503, {"problem": "not_kept", "again": True})
    assert await desk.rows(Upload) == []
    media_dir.unlink()
    assert (await desk.attach(files.photo())).status_code == 201


async def test_what_is_gone_from_here_is_not_shown(desk: Desk) -> None:
    ref = await desk.attached(files.photo())
    (upload,) = await desk.rows(Upload)
    await desk.runtime.storage.delete(upload.sha256)
    assert (await desk.marta.get(f"/uploads/{ref}")).status_code == 404


async def test_a_file_that_left_meanwhile_is_shown_as_its_message_to_who_sent_it(
    desk: Desk,
) -> None:
    ref = await desk.attached(files.photo())
    (upload,) = await desk.rows(Upload)
    async with desk.runtime.database.transaction() as session:
        message = await queue_upload(
            session,
            ref,
            account_id=upload.account_id,
            conversation_id=upload.conversation_id,
            user_id=upload.user_id,
            caption="",
            now=clock.now(),
        )
    (media,) = [each for each in await desk.rows(Media) if each.message_id == message.id]
    shown = await desk.marta.get(f"/uploads/{ref}?size=thumb", follow_redirects=False)
    assert (shown.status_code, shown.headers["location"]) == (307, f"/media/{media.id}?size=thumb")
    assert (await desk.bruno.get(f"/uploads/{ref}?size=thumb")).status_code == 404
