"""The tasks beside a conversation, and what a new one begins with (P3)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.messages import Direction
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models import Accommodation, Media, MediaState, Task
from inbox_app.queries.tasks.task_form import begun, suppliers_found, zone_for
from inbox_app.queries.tasks.task_span import TaskLane, TaskSpan
from inbox_app.queries.tasks.tasks import Tasks, beside_conversation, tasks_ahead, tasks_of
from inbox_app.queries.thread.thread_header import head
from tests.queries.conversations import begin, book, say
from tests.support.factories import World, add, make_account

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]


async def task(session: AsyncSession, world: World, now: datetime, title: str, **of: Any) -> Task:
    columns: dict[str, Any] = {"kind": TaskKind.OTHER, "status": TaskStatus.OPEN}
    columns |= {"account_id": world.account_id, "created_at": now, "title": title}
    return await add(session, Task(**(columns | of)))


async def shown(session: AsyncSession, world: World, conversation_id: int) -> Tasks:
    found = await tasks_of(session, world.account_id, conversation_id)
    assert found is not None
    return found


async def test_a_supplier_s_are_listed_the_due_ones_first_and_closed_ones_apart(
    database: Database, world: World, now: datetime
) -> None:
    theirs, hour = {"supplier_id": world.pulizie_rossi_id}, timedelta(hours=1)
    async with database.transaction() as session:
        supplier_id = world.pulizie_rossi_id
        talk = await begin(session, world.account_id, now, "390541777888", actor_id=supplier_id)
        await task(session, world, now, "senza ora", **theirs)
        await task(session, world, now, "dopo", due_at=now + 2 * hour, **theirs)
        await task(session, world, now, "prima", due_at=now + hour, **theirs)
        closed: dict[str, Any] = {"status": TaskStatus.DONE, **theirs}
        await task(session, world, now, "fatta ieri", closed_at=now - 24 * hour, **closed)
        await task(session, world, now, "fatta oggi", closed_at=now, **closed)
        await task(session, world, now, "archiviata", archived_at=now, **theirs)
        await task(session, world, now, "di nessuno")
        found = await shown(session, world, talk.id)
        header = await head(session, world.account_id, talk.id)
    assert [row["title"] for row in found.to_do] == ["prima", "dopo", "senza ora"]
    assert [row["title"] for row in found.closed] == ["fatta oggi", "fatta ieri"]
    assert header is not None
    assert (header["tasks"], header["tasks_answered"]) == (3, False)


@pytest.mark.parametrize("closed", [False, True], ids=["to do", "closed"])
async def test_of_many_a_part_is_shown_that_moves_to_the_last_and_back(
    database: Database, world: World, now: datetime, *, closed: bool
) -> None:
    theirs, hour = {"supplier_id": world.pulizie_rossi_id}, timedelta(hours=1)
    over: dict[str, Any] = {"status": TaskStatus.DONE}
    lane = TaskLane(closed=closed, page=2, most=2)
    async with database.transaction() as session:
        supplier_id = world.pulizie_rossi_id
        talk = await begin(session, world.account_id, now, "390541777888", actor_id=supplier_id)
        said = await say(session, talk, now, "c'è di più")
        ids: list[int] = []
        for number in range(9):
            of: dict[str, Any] = {"message_id": said.id} if number == 2 else theirs
            at = now + number // 2 * hour
            when = over | {"closed_at": at} if closed else {"due_at": None if number > 5 else at}
            ids.append((await task(session, world, now, f"{number}", **of, **when)).id)
        if closed:
            ids.reverse()
        beside = await beside_conversation(session, world.account_id, talk.id)
        assert beside is not None
        spans, parts = [TaskSpan()], [await lane.part(session, beside, TaskSpan())]
        while parts[-1][1]:
            spans.append(await lane.onward(session, beside, spans[-1]))
            parts.append(await lane.part(session, beside, spans[-1]))
        assert parts == [
            (ids[:2], True), (ids[:4], True), (ids[2:6], True), (ids[4:8], True), (ids[6:], False),
        ]  # fmt: skip
        assert await lane.onward(session, beside, spans[-1]) == spans[-1]
        for span in reversed(spans[1:4]):
            assert await lane.back(session, beside, spans.pop()) == span
        assert (await lane.back(session, beside, spans[1])).start is None


async def test_what_was_made_of_a_guest_s_message_is_beside_both_conversations(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        said = await say(session, talk, now, "perde")
        photo = Media(
            account_id=world.account_id, message_id=said.id, state=MediaState.READY,
            thumb_sha256="0f", created_at=now,
        )  # fmt: skip
        await add(session, photo)
        supplier_id = world.pulizie_rossi_id
        theirs = await begin(session, world.account_id, now, None, actor_id=supplier_id)
        await task(session, world, now, "a", message_id=said.id, supplier_id=supplier_id)
        for conversation in (talk, theirs):
            (row,) = (await shown(session, world, conversation.id)).to_do
            assert (row["title"], row["supplier"]) == ("a", "Pulizie Rossi")
            assert (row["conversation"], row["photo"]) == (str(talk.id), str(photo.id))


async def test_beside_somebody_unknown_only_what_was_made_of_their_messages_stands(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393331112223")
        said = await say(session, talk, now, "Chi sono?")
        await task(session, world, now, "di nessuno, da altrove")
        await task(session, world, now, "chiusa", closed_at=now, status=TaskStatus.DONE)
        await task(session, world, now, "da qui", message_id=said.id)
        found = await shown(session, world, talk.id)
    assert [row["title"] for row in (*found.to_do, *found.closed)] == ["da qui"]


async def test_an_answer_since_they_were_asked_may_mean_that_it_is_done_and_only_theirs(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        supplier_id, minute = world.pulizie_rossi_id, timedelta(minutes=1)
        talk = await begin(session, world.account_id, now, "390541777888", actor_id=supplier_id)
        asked = {"supplier_id": supplier_id, "asked_at": now}
        first = await task(session, world, now, "a", **asked)
        await task(session, world, now, "b", supplier_id=supplier_id, asked_at=now + 9 * minute)
        of = (session, world.account_id, talk.id)
        await say(session, talk, now - minute, "prima")
        await say(session, talk, now + minute, "allora?", direction=Direction.OUT)
        assert not (await tasks_ahead(*of, supplier_id)).answered
        await say(session, talk, now + 2 * minute, "Fatto!")
        assert (await tasks_ahead(*of, supplier_id)).answered
        found = await shown(session, world, talk.id)
        assert [row["answered"] for row in found.to_do] == [True, False]
        assert found.answer == "Fatto!"
        guest = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        said = await say(session, guest, now + 3 * minute, "grazie")
        first.message_id = said.id
        await session.flush()
        (row,) = (await shown(session, world, guest.id)).to_do
        assert not row["answered"]


async def test_a_time_is_the_home_s_own_and_without_one_that_of_its_stay_s(
    database: Database, world: World, now: datetime
) -> None:
    due = {"due_at": datetime(2026, 7, 1, 8, tzinfo=UTC), "supplier_id": world.pulizie_rossi_id}
    async with database.transaction() as session:
        supplier = world.pulizie_rossi_id
        talk = await begin(session, world.account_id, now, "390541777888", actor_id=supplier)
        home = await add(
            session,
            Accommodation(
                account_id=world.account_id, name="Lisboa", timezone="Europe/Lisbon", created_at=now
            ),
        )
        guest: Any = await book(
            session, world.account_id, world.ada_id, now, "R-1", timezone="Asia/Tokyo"
        )
        stay = {"reservation_id": guest.reservation_id}
        both = await task(session, world, now, "a", **stay, accommodation_id=home.id, **due)
        at_stay = await task(session, world, now, "b", **stay, **due)
        await task(session, world, now, "c", **due)
        rows = (await shown(session, world, talk.id)).to_do
        of = (session, world.account_id)
        assert await zone_for(*of, home.id, at_stay.id) == "Europe/Lisbon"
        assert await zone_for(*of, None, both.id) == "Asia/Tokyo"
        assert await zone_for(*of, None, None) is None
    assert [(row["home"], row["due"], row["elsewhere"]) for row in rows] == [
        ("Lisboa", "2026-07-01T09:00", True),
        ("Casa R-1", "2026-07-01T17:00", True),
        ("", "2026-07-01T10:00", False),
    ]


async def test_a_new_one_begins_with_the_message_s_words_and_picture_and_the_guest_s_home(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        await book(session, world.account_id, world.ada_id, now, "R-1")
        said = await say(session, talk, now, "Il rubinetto perde\nda ieri")
        short = await say(session, talk, now, "La doccia")
        of = (session, world.account_id, talk.id)
        form = await begun(*of, said.id, now)
        assert form is not None
        assert (form["title"], form["description"]) == (
            "Il rubinetto perde",
            "Il rubinetto perde\nda ieri",
        )
        assert (form["home"], form["supplier"], form["message"]) == ("Casa R-1", "", str(said.id))
        form = await begun(*of, short.id, now)
        assert form is not None
        assert (form["title"], form["description"]) == ("La doccia", "")
        other = await begin(session, world.account_id, now, "393401112233")
        assert await begun(session, world.account_id, other.id, said.id, now) is None
        supplier = world.pulizie_rossi_id
        theirs = await begin(session, world.account_id, now, None, actor_id=supplier)
        form = await begun(session, world.account_id, theirs.id, None, now)
        assert form is not None
        assert (form["supplier"], form["title"]) == ("Pulizie Rossi", "")


async def test_only_suppliers_of_the_company_can_be_chosen(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        assert await suppliers_found(session, other, "") == []
        for words in ("", "rossi"):
            (found,) = await suppliers_found(session, world.account_id, words)
            assert found == {"id": str(world.pulizie_rossi_id), "name": "Pulizie Rossi"}
        assert await suppliers_found(session, world.account_id, "ada") == []
        talk = await begin(session, world.account_id, now, "393471234567")
        assert await tasks_of(session, other, talk.id) is None
        assert await begun(session, other, talk.id, None, now) is None
