"""Tasks are made, handed over and closed (P3); they follow who is merged, and are erased (A6)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import phone_channel
from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models import (
    Accommodation,
    Draft,
    Media,
    MediaState,
    Outbox,
    Reservation,
    Task,
    Upload,
)
from inbox_app.services.people.merge_actors import merge_actors, undo_merge
from inbox_app.services.personal_data.erase_actor import erase_actor
from inbox_app.services.stays.put_reservation import GivenReservation, put_reservation
from inbox_app.services.tasks import write_task
from inbox_app.services.tasks.hand_over import write_to_supplier
from inbox_app.services.tasks.write_task import TaskFields
from tests.queries.conversations import begin, say
from tests.support.factories import World, add, make_account, make_actor

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements there")]


def fields(**given: Any) -> TaskFields:
    nothing: dict[str, Any] = dict.fromkeys(
        ("description", "accommodation_id", "supplier_id", "due_at")
    )
    return TaskFields(**({"title": "Rubinetto", "kind": TaskKind.MAINTENANCE} | nothing | given))


async def made(
    session: AsyncSession, world: World, now: datetime, message_id: int | None = None, **given: Any
) -> Task:
    return await write_task.make_task(
        session,
        world.account_id,
        fields(**given),
        message_id=message_id,
        user_id=world.marta_id,
        now=now,
    )


async def test_it_waits_for_an_answer_from_when_its_supplier_got_it(
    database: Database, world: World, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    async with database.transaction() as session:
        task = await made(session, world, now)
        assert (task.status, task.asked_at) == (TaskStatus.OPEN, None)
        of = (session, world.account_id, task.id)
        await write_task.change_task(*of, fields(supplier_id=world.pulizie_rossi_id), now)
        assert task.asked_at == now
        await write_task.change_task(
            *of, fields(supplier_id=world.pulizie_rossi_id, title="Doccia"), later
        )
        assert (task.title, task.asked_at) == ("Doccia", now)
        await write_task.not_done_yet(*of, later)
        assert task.asked_at == later
        await write_task.change_task(*of, fields(), later)
        assert (task.supplier_id, task.asked_at) == (None, None)


async def test_when_it_was_closed_is_kept_until_it_is_opened_again(
    database: Database, world: World, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    async with database.transaction() as session:
        task = await made(session, world, now, supplier_id=world.pulizie_rossi_id)
        of = (session, world.account_id, task.id)
        for status, at, closed, asked in (
            (TaskStatus.IN_PROGRESS, later, None, now),
            (TaskStatus.DONE, now, now, now),
            (TaskStatus.DONE, later, now, now),
            (TaskStatus.CANCELLED, later, later, now),
            (TaskStatus.OPEN, later, None, later),
        ):
            await write_task.set_status(*of, status, at)
            assert (task.status, task.closed_at, task.asked_at) == (status, closed, asked)


async def test_only_suppliers_homes_and_messages_of_the_company_s_are_taken(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        theirs = await make_actor(session, other, now, "Idraulico", ActorKind.SUPPLIER)
        home = await add(
            session, Accommodation(account_id=other, name="Casa", timezone="UTC", created_at=now)
        )
        talk = await begin(session, other, now, "393401112233")
        said = await say(session, talk, now, "non tuo")
        task = await made(session, world, now)
        for wrong in (
            {"supplier_id": theirs.id},
            {"supplier_id": world.ada_id},
            {"accommodation_id": home.id},
        ):
            with pytest.raises(NotFoundError):
                await made(session, world, now, **wrong)
            with pytest.raises(NotFoundError):
                await write_task.change_task(
                    session, world.account_id, task.id, fields(**wrong), now
                )
        with pytest.raises(NotFoundError):
            await made(session, world, now, said.id)
        with pytest.raises(NotFoundError):
            await write_task.set_status(session, other, task.id, TaskStatus.DONE, now)
        with pytest.raises(NotFoundError):
            await write_task.not_done_yet(session, other, task.id, now)


async def test_a_merged_supplier_s_tasks_go_over_and_come_back(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        twin = await make_actor(
            session, world.account_id, now, "Rossi Pulizie", ActorKind.SUPPLIER, "+393331112222"
        )
        task = await made(session, world, now, supplier_id=twin.id)
        merged = {"account_id": world.account_id, "user_id": world.marta_id, "now": now}
        merge_id = await merge_actors(
            session, kept_id=world.pulizie_rossi_id, gone_id=twin.id, **merged
        )
        await session.refresh(task)
        assert task.supplier_id == world.pulizie_rossi_id
        await undo_merge(session, merge_id=merge_id, **merged)
        await session.refresh(task)
        assert task.supplier_id == twin.id


async def test_the_words_of_who_is_erased_go_from_what_was_made_of_them(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        said = await say(session, talk, now, "Sono Ada, il rubinetto perde")
        theirs = await made(session, world, now, said.id, title="Ada", description="Ada: perde")
        own = await made(session, world, now, description="due camere")
        await erase_actor(
            session, account_id=world.account_id, actor_id=world.ada_id, name="Persona cancellata",
            user_id=None, now=now,
        )  # fmt: skip
        await session.refresh(theirs)
        await session.refresh(own)
        assert (theirs.title, theirs.description, theirs.message_id) == (
            "Persona cancellata",
            None,
            None,
        )
        assert (own.title, own.description) == ("Rubinetto", "due camere")


async def test_a_calendar_s_stay_hands_its_tasks_to_the_one_that_takes_its_place(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        home = await add(
            session,
            Accommodation(
                account_id=world.account_id, external_id="casa-blu", name="Casa Blu",
                timezone="UTC", created_at=now,
            ),
        )  # fmt: skip
        told: dict[str, Any] = {
            "check_in": now.date(),
            "check_out": now.date() + timedelta(days=2),
            "status": "confirmed",
        }
        stay = await add(
            session,
            Reservation(
                account_id=world.account_id, code="", accommodation_id=home.id,
                from_calendar=True, created_at=now, **told,
            ),
        )  # fmt: skip
        task = await made(session, world, now)
        task.reservation_id = stay.id
        given = GivenReservation(code="R-1", accommodation="casa-blu", guests=(), **told)
        await put_reservation(session, world.account_id, "r-1", given, now)
        await session.refresh(task)
        taken = select(Reservation.id).where(col(Reservation.external_id) == "r-1")
        assert task.reservation_id == (await session.exec(taken)).one()


async def test_who_writes_to_the_supplier_finds_its_words_and_photo_in_the_box_and_sends_them(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        guest = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        said = await say(session, guest, now, "perde", kind=MessageKind.IMAGE)
        photo = Media(
            account_id=world.account_id, message_id=said.id, state=MediaState.READY, size=9,
            content_type="image/jpeg", sha256="0f", created_at=now,
        )  # fmt: skip
        home = Accommodation(
            account_id=world.account_id, name="Casa Blu", timezone="Europe/Rome", created_at=now
        )
        session.add_all([photo, home])
        await session.flush()
        task = await made(
            session, world, now, said.id, supplier_id=world.pulizie_rossi_id,
            accommodation_id=home.id, due_at=datetime(2026, 12, 5, 9, tzinfo=UTC),
            description="sotto il lavello",
        )  # fmt: skip
        writing: dict[str, Any] = {"account_id": world.account_id, "task_id": task.id}
        writing |= {"user_id": world.marta_id, "now": now}
        talks = {
            await write_to_supplier(session, phone_channel(), ref=ref, **writing)
            for ref in ("one", "two")
        }
        (draft,) = (await session.exec(select(Draft))).all()
        (upload,) = (await session.exec(select(Upload))).all()
        assert talks == {draft.conversation_id} == {upload.conversation_id}
        assert draft.text == "Rubinetto\nCasa Blu · sab 5 dic, 10:00\nsotto il lavello"
        assert (upload.sha256, upload.user_id) == ("0f", world.marta_id)
        assert (await session.exec(select(Outbox))).all() == []

        draft.text = "Buongiorno"
        await write_to_supplier(session, phone_channel(), ref="three", **writing)
        await session.refresh(draft)
        assert draft.text.startswith("Buongiorno\n\nRubinetto\n")


async def test_nobody_is_written_to_for_a_task_of_nobody_s_or_of_another_company(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        nobodys = await made(session, world, now)
        theirs = await made(session, world, now, supplier_id=world.pulizie_rossi_id)
        for account_id, task in ((world.account_id, nobodys), (other, theirs)):
            with pytest.raises(NotFoundError):
                await write_to_supplier(
                    session, phone_channel(), account_id=account_id, task_id=task.id,
                    user_id=world.marta_id, ref="r", now=now,
                )  # fmt: skip
