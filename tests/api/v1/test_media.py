"""The files of messages over the API: to the key of their company alone (M3)."""

from datetime import datetime
from pathlib import Path

import pytest

from inbox_app.models import MediaState
from tests.api.two_companies import Installation, assert_problem
from tests.support.kept_files import PHOTO, keep

pytestmark = pytest.mark.anyio


async def test_a_system_fetches_a_file_whole_or_in_part(
    here: Installation, tmp_path: Path, now: datetime
) -> None:
    path = f"/media/{await keep(here.runtime, tmp_path, now, filename='la vista.jpg')}"
    whole = await here.pms.get(path)
    assert (whole.status_code, whole.content) == (200, PHOTO)
    assert whole.headers["content-type"] == "image/jpeg"
    part = await here.pms.get(path, headers={"range": "bytes=2-5"})
    assert (part.status_code, part.content) == (206, PHOTO[2:6])
    again = await here.pms.get(path, headers={"if-none-match": whole.headers["etag"]})
    assert again.status_code == 304


async def test_what_is_not_here_or_not_theirs_is_not_found(
    here: Installation, tmp_path: Path, now: datetime
) -> None:
    kept = await keep(here.runtime, tmp_path, now)
    pending = await keep(here.runtime, tmp_path, now, state=MediaState.PENDING)
    for path in (f"/media/{pending}", f"/media/{kept}?size=thumb", f"/media/{2**80}", "/media/x"):
        assert_problem(await here.pms.get(path), 404, "not-found")
    assert_problem(await here.other.get(f"/media/{kept}"), 404, "not-found")
    assert_problem(await here.pms.get(f"/media/{kept}?size=huge"), 422, "invalid")


async def test_a_place_of_files_that_does_not_answer_is_said_to_come_back(
    here: Installation, tmp_path: Path, now: datetime
) -> None:
    kept = await keep(here.runtime, tmp_path, now)
    media_dir = here.runtime.settings.data_dir / "media"
    media_dir.rename(tmp_path / "elsewhere")
    media_dir.write_text("no folder")
    answer = await here.pms.get(f"/media/{kept}")
    assert_problem(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "10"
