"""Whose a number is, asked for several companies at once."""

from datetime import datetime

from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind
from inbox_app.services.people.find_actor import only_actors
from tests.support.factories import World, make_account, make_actor

CARLA, DINO = "+390541777001", "+390541777002"


async def test_a_number_of_one_company_says_nothing_of_another_that_is_asked_for_too(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        carla = await make_actor(
            session, world.account_id, now, "Carla", ActorKind.GUEST, CARLA, DINO
        )
        asked = {
            (world.account_id, CARLA.removeprefix("+")),
            (other, DINO.removeprefix("+")),
        }
        found = await only_actors(await session.connection(), asked)
    assert found == {(world.account_id, CARLA.removeprefix("+")): carla.id}
