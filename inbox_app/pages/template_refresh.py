"""«Update»: asks for the templates to be read from Meta, whatever screen the button is on."""

from inbox_app import clock, runtime
from inbox_app.live import Change, Queue
from inbox_app.pages.session import SignedIn
from inbox_app.services.templates.request_refresh import request_refresh


async def ask_for_templates(who: SignedIn) -> None:
    """Returns at once; pages see that it is under way, and how it went."""
    held = runtime.current()
    async with held.database.transaction() as session:
        await request_refresh(session, who.account_id, clock.real_now())
    held.live.publish(Change(who.account_id))
    held.live.wake(Queue.TEMPLATES)
