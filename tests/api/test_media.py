"""Files are given to the people of their account, and never as what a browser runs (M3)."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from inbox_app.api.files import media
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.live import Change
from inbox_app.models import Media, MediaState
from inbox_app.runtime import Runtime
from tests.support.kept_files import PHOTO, keep
from tests.support.servers.routes_app import MARTA, PASSWORD, browser, make_account, running

pytestmark = pytest.mark.anyio
OTHER = "other@example.com"


@pytest.fixture
async def runtime(sqlite: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(sqlite, tmp_path) as runtime:
        await make_account(sqlite)
        await make_account(sqlite, "Altra", OTHER)
        yield runtime


@asynccontextmanager
async def signed_in(email: str) -> AsyncIterator[httpx.AsyncClient]:
    async with browser([*media.routes(), *auth.routes()]) as who:
        await who.post("/auth/sign-in", data={"email": email, "password": PASSWORD})
        yield who


@pytest.fixture
async def marta(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(MARTA) as marta:
        yield marta


async def test_a_photo_is_shown_to_its_people_and_kept_by_their_browsers(
    runtime: Runtime, marta: httpx.AsyncClient, tmp_path: Path, now: datetime
) -> None:
    id_ = await keep(runtime, tmp_path, now, filename="la vista.jpg")
    answer = await marta.get(f"/media/{id_}")
    assert (answer.status_code, answer.content) == (200, PHOTO)
    headers = answer.headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["content-disposition"].startswith('inline; filename="la vista.jpg"')
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].endswith("; sandbox")
    assert headers["cache-control"].startswith("private")
    assert headers["vary"] == "Cookie, Authorization"
    again = await marta.get(f"/media/{id_}", headers={"if-none-match": headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    saved = await marta.get(f"/media/{id_}?save=1")
    assert saved.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("state", [MediaState.PENDING, MediaState.EXPIRED, MediaState.FAILED])
async def test_what_is_not_here_is_not_found(
    runtime: Runtime, marta: httpx.AsyncClient, tmp_path: Path, now: datetime, state: MediaState
) -> None:
    id_ = await keep(runtime, tmp_path, now, state=state)
    for path in (f"/media/{id_}", "/media/9999", f"/media/{2**80}", f"/media/{id_}?size=thumb"):
        assert (await marta.get(path)).status_code == 404


async def _media(runtime: Runtime, id_: int) -> Media:
    async with runtime.database.reading() as session:
        return await session.get_one(Media, id_)


async def test_a_file_that_is_gone_from_here_is_said_to_be_gone(
    runtime: Runtime, marta: httpx.AsyncClient, tmp_path: Path, now: datetime
) -> None:
    id_ = await keep(runtime, tmp_path, now)
    changes: list[Change] = []
    runtime.live.listen(changes.append)
    await runtime.storage.delete((await _media(runtime, id_)).sha256 or "")
    async with signed_in(OTHER) as other:
        assert (await other.get(f"/media/{id_}")).status_code == 404
    assert (await _media(runtime, id_)).state is MediaState.READY, "it is none of theirs"
    assert (await marta.get(f"/media/{id_}")).status_code == 404
    lost = await _media(runtime, id_)
    assert (lost.state, lost.sha256 is None) == (MediaState.EXPIRED, False)
    assert [change.account_id for change in changes] == [1]


async def test_a_place_of_files_that_does_not_answer_loses_none(
    runtime: Runtime, marta: httpx.AsyncClient, tmp_path: Path, now: datetime
) -> None:
    id_ = await keep(runtime, tmp_path, now)
    media_dir = runtime.settings.data_dir / "media"
    media_dir.rename(tmp_path / "elsewhere")
    media_dir.write_text("no folder")
    answer = await marta.get(f"/media/{id_}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert (await _media(runtime, id_)).state is MediaState.READY


async def test_others_are_told_what_they_would_be_told_of_nothing(
    runtime: Runtime, marta: httpx.AsyncClient, tmp_path: Path, now: datetime
) -> None:
    id_ = await keep(runtime, tmp_path, now)
    nothing = await marta.get("/media/9999")
    async with browser(media.routes()) as stranger, signed_in(OTHER) as other:
        for who in (stranger, other):
            answer = await who.get(f"/media/{id_}")
            assert (answer.status_code, answer.content) == (404, nothing.content)
            assert answer.headers == nothing.headers


@pytest.mark.parametrize(
    ("asked", "status", "given"),
    [
        ("bytes=0-3", 206, PHOTO[:4]),
        ("bytes=1000-", 206, PHOTO[1000:]),
        ("bytes=-7", 206, PHOTO[-7:]),
        ("bytes=5-99999999", 206, PHOTO[5:]),
        ("bytes=9-5", 200, PHOTO),
        ("bytes=0-1,5-6", 200, PHOTO),
        ("lines=1-2", 200, PHOTO),
        ("bytes=99999999-", 416, b""),
        ("bytes=-0", 416, b""),
    ],
)
async def test_a_film_is_read_from_where_one_skips_to(
    runtime: Runtime,
    marta: httpx.AsyncClient,
    tmp_path: Path,
    now: datetime,
    asked: str,
    status: int,
    given: bytes,
) -> None:
    id_ = await keep(runtime, tmp_path, now, content_type="video/mp4")
    answer = await marta.get(f"/media/{id_}", headers={"range": asked})
    assert (answer.status_code, answer.content) == (status, given)
    changed = await marta.get(f"/media/{id_}", headers={"range": asked, "if-range": '"other"'})
    assert changed.status_code == 200


@pytest.mark.parametrize(
    "kind", ["application/octet-stream", "text/plain", "image/heic", "application/msword"]
)
async def test_what_browsers_need_not_show_is_a_download_in_a_sandbox(
    runtime: Runtime, marta: httpx.AsyncClient, tmp_path: Path, now: datetime, kind: str
) -> None:
    script = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    id_ = await keep(runtime, tmp_path, now, script, content_type=kind, mime_type="image/svg+xml")
    headers = (await marta.get(f"/media/{id_}")).headers
    assert headers["content-disposition"].startswith("attachment")
    assert headers["content-type"].partition(";")[0] == kind
    assert "sandbox" in headers["content-security-policy"]


async def test_the_photos_of_a_conversation_are_told_to_its_people_alone(
    runtime: Runtime, marta: httpx.AsyncClient, tmp_path: Path, now: datetime
) -> None:
    id_ = await keep(
        runtime, tmp_path, now, width=1600, height=1067, thumb_sha256=hashlib.sha256().hexdigest()
    )
    (told,) = (await marta.get("/media/of/1")).json()
    assert (told["id"], told["kind"], told["width"]) == (str(id_), "image", 1600)
    async with browser(media.routes()) as stranger, signed_in(OTHER) as other:
        assert (await other.get("/media/of/1")).json() == []
        assert (await stranger.get("/media/of/1")).status_code == 404
