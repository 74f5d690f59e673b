"""Moving the sandbox's time for everybody: on, or back to the machine's."""

from datetime import timedelta

from inbox_app import clock
from inbox_app.runtime import Runtime
from inbox_app.services.count_as_now import count_as_now


async def move(held: Runtime, by: timedelta | None) -> timedelta:
    """Returns how far it is ahead from now on; None puts it right."""
    if by is None:
        async with held.database.transaction() as session:
            await count_as_now(session, clock.real_now())
    return clock.move_sandbox_clock(held.settings.data_dir / "sandbox-clock", by)
