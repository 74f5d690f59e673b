"""«Update»: asks for the templates to be read from Meta, whatever screen the button is on (T5)."""

from inbox_app import clock
from inbox_app.live import Change, Queue
from inbox_app.pages.session import SignedIn
from inbox_app.runtime import current_runtime
from inbox_app.services.templates.request_refresh import request_refresh


async def ask_for_templates(who: SignedIn) -> None:
    """Returns at once; pages see that it is under way, and how it went."""
    runtime = current_runtime()
    async with runtime.database.transaction() as session:
        await request_refresh(session, who.account_id, clock.real_now())
    runtime.live.publish(Change(who.account_id))
    runtime.live.wake(Queue.TEMPLATES)
