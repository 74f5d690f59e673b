"""One tap asks somebody to send again what cannot be shown (M4)."""

import reflex as rx

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.live import Change, Queue
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.runtime import current_runtime
from inbox_app.services.sending.ask_again import ask_again


class AskAgainState(rx.State):
    """Nothing to remember: the request is a message of the thread."""

    @rx.event
    async def ask(self, message: str) -> None:
        """Once for each message; where it cannot be sent any more, the foot says why."""
        who, id_ = await signed_in(self), untrusted.row_id(message)
        if who is not None and id_ is not None:
            await _ask(who, id_)


async def _ask(who: SignedIn, message_id: int) -> None:
    runtime = current_runtime()
    try:
        request = await runtime.database.run_transaction(
            lambda session: ask_again(
                session,
                account_id=who.account_id,
                message_id=message_id,
                author_id=who.user_id,
                now=clock.now(),
            )
        )
    except (SendRefusedError, NotFoundError):
        return
    runtime.live.publish(Change(who.account_id, request.conversation_id))
    runtime.live.wake(Queue.SEND)
