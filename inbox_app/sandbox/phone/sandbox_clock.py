"""Moving the sandbox's time for everybody: on, or back to the machine's."""

from datetime import UTC, datetime, timedelta

from inbox_app import clock
from inbox_app.channels.whatsapp.window import WINDOW
from inbox_app.runtime import Runtime
from inbox_app.sandbox.simulator.phones import Chat
from inbox_app.services.upkeep.clamp_future_times import clamp_future_times


async def move(runtime: Runtime, by: timedelta | None) -> timedelta:
    """Returns how far it is ahead from now on; None puts it right."""
    if by is None:
        async with runtime.database.transaction() as session:
            await clamp_future_times(session, clock.real_now())
    return clock.move_sandbox_clock(runtime.settings.data_dir / "sandbox-clock", by)


def until_last_minute(chat: Chat, now: datetime) -> timedelta | None:
    """How long until the window of this chat has one minute left; None when it has no more now."""
    if chat.last_written_at is None:
        return None
    written = datetime.fromtimestamp(chat.last_written_at, UTC)
    ahead = written + WINDOW - timedelta(minutes=1) - now
    return ahead if ahead > timedelta(0) else None
