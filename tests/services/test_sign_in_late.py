"""A sign-in that overlaps what ends all sessions (X1)."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from inbox_app.models import Account, TwoFactor
from inbox_app.queries.accounts.signed_in import candidate_of
from inbox_app.services.accounts import sign_in
from tests.support.factories import World, add

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("it locks")]


@pytest.mark.parametrize("has_factor", [False, True])
async def test_a_factor_required_meanwhile_is_asked_of_who_has_none(
    database: Database, world: World, now: datetime, has_factor: bool
) -> None:
    async with database.transaction() as session:
        of = world.account_id, world.marta_id
        who = await candidate_of(session, *of, demo_allowed=True)
        assert who is not None
        (await session.get_one(Account, world.account_id)).requires_two_factor = True
        if has_factor:
            await add(session, _factor(world, now))
        if has_factor:
            await sign_in.start(session, who, "hash", "a browser", now)
        else:
            with pytest.raises(sign_in.NotAnyMoreError):
                await sign_in.start(session, who, "hash", "a browser", now)


def _factor(world: World, now: datetime) -> TwoFactor:
    return TwoFactor(
        account_id=world.account_id,
        user_id=world.marta_id,
        secret="encrypted",
        begun_at=now,
        confirmed_at=now,
    )
