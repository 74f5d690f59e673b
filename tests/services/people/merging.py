"""Two of the same name, merged and parted."""

from datetime import datetime

from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Accommodation, Actor, ActorAccommodation, ReservationGuest
from inbox_app.services.people.merge_actors import merge_actors, undo_merge
from inbox_app.services.people.write_terms import write_terms
from tests.queries.conversations import begin, book, say
from tests.support.factories import ADA_PHONE, World, add, make_actor

OTHER_PHONE = "+393331112222"


async def merge(database: Database, world: World, kept: int, gone: int, now: datetime) -> int:
    return await database.run_transaction(
        lambda session: merge_actors(
            session,
            account_id=world.account_id,
            kept_id=kept,
            gone_id=gone,
            user_id=world.marta_id,
            now=now,
        )
    )


async def part(database: Database, world: World, merge_id: int, now: datetime) -> int:
    return await database.run_transaction(
        lambda session: undo_merge(
            session,
            account_id=world.account_id,
            merge_id=merge_id,
            user_id=world.marta_id,
            now=now,
        )
    )


async def a_second_ada(database: Database, world: World, now: datetime) -> int:
    """With a number of her own and one of the first's, a stay of her own and one of both, a home of
    her own and one of both, a conversation, and one that waits."""
    async with database.transaction() as session:
        second = await make_actor(
            session, world.account_id, now, "A. Bianchi", ActorKind.GUEST, ADA_PHONE, OTHER_PHONE
        )
        second.email, second.notes, second.external_id = "ada@example.com", "vegana", "pms-2"
        first = (await session.exec(select(Actor).where(col(Actor.id) == world.ada_id))).one()
        first.email, first.notes = "bianchi@example.com", "due gatti"
        session.add_all([first, second])
        await write_terms(session, world.account_id, [first.id, second.id])
        shared = await book(session, world.account_id, second.id, now, "R-1")
        assert isinstance(shared, ReservationGuest)
        await book(session, world.account_id, second.id, now, "R-2")
        session.add(
            ReservationGuest(
                account_id=world.account_id,
                reservation_id=shared.reservation_id,
                actor_id=world.ada_id,
                position=1,
            )
        )
        homes = [
            await add(
                session,
                Accommodation(
                    account_id=world.account_id, name=name, timezone="UTC", created_at=now
                ),
            )
            for name in ("Casa Blu", "Casa Verde")
        ]
        for actor_id, home in (
            (world.ada_id, homes[0]), (second.id, homes[0]), (second.id, homes[1]),
        ):  # fmt: skip
            session.add(
                ActorAccommodation(
                    account_id=world.account_id, actor_id=actor_id, accommodation_id=home.id
                )
            )
        talk = await begin(
            session, world.account_id, now, OTHER_PHONE.removeprefix("+"), actor_id=second.id
        )
        await say(session, talk, now, "Ciao")
        await begin(session, world.account_id, now, None, actor_id=second.id)
        await begin(session, world.account_id, now, None, actor_id=world.ada_id)
        return second.id
