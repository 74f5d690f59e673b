"""A conversation with somebody of the account's, or with a number that is typed."""

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.channels.registry import phone_channel
from inbox_app.domain.errors import BadPhoneError, OthersNumberError, RacedError
from inbox_app.domain.messages import clean_line
from inbox_app.domain.people import phones
from inbox_app.live import Change
from inbox_app.models import Conversation
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.inbox.rows import FoundActorRow
from inbox_app.queries.people.actor_search import account_country, actors_found, names_with_number
from inbox_app.queries.people.names import actor_name
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.open_conversation import (
    NoSuchActorError,
    for_actor_by_id,
    for_phone,
    usable_number,
)

_LONGEST = 100
_MOST = 30
OTHERS, BUSY = "others", "busy"


class NewConversationState(rx.State):
    """What is found for the words; what stands against a number, and whose it is."""

    words: rx.Field[str] = rx.field("")
    people: rx.Field[list[FoundActorRow]] = rx.field(default_factory=list)
    number: rx.Field[str] = rx.field("")
    """The number that was typed or probably meant, as people write it; "" for none."""
    problem: rx.Field[str] = rx.field("")
    """A `PhoneProblem` of what was typed, `OTHERS` or `BUSY`; "" for none."""
    whose: rx.Field[str] = rx.field("")
    """Who has the number already."""
    country: rx.Field[str] = rx.field("")
    """Where a number without its prefix is dialled, once somebody has said so."""
    opened: rx.Field[int] = rx.field(0)
    """How many conversations were opened: the dialog closes with each."""
    _number: str = ""

    @rx.event
    async def begin(self) -> None:
        """The dialog is opened: everybody is there to choose from."""
        who = await signed_in(self)
        if who is not None:
            self.country = ""
            await self._find(who, "")

    @rx.event(supersedes=True)
    async def search(self, words: str) -> None:
        """The latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST)
        if who is not None and wanted is not None:
            await self._find(who, clean_line(wanted))

    @rx.event
    async def choose_country(self, country: str) -> None:
        """The number that is typed is one of this country."""
        who, chosen = await signed_in(self), untrusted.country(country)
        if who is not None and chosen is not None:
            self.country = chosen
            await self._find(who, self.words)

    @rx.event
    async def open_actor(self, actor: str) -> Any:
        """The conversation with one of the account's people."""
        who, id_ = await signed_in(self), untrusted.row_id(actor)
        if who is None or id_ is None:
            return None
        return await self._open(
            who,
            lambda session: for_actor_by_id(
                session, who.account_id, phone_channel(), id_, clock.now()
            ),
        )

    @rx.event
    async def open_number(self) -> Any:
        """The conversation with the number that is shown."""
        who, number = await signed_in(self), self._number
        if who is None or not number:
            return None
        return await self._open(
            who,
            lambda session: for_phone(
                session, who.account_id, phone_channel(), number, clock.now()
            ),
        )

    async def _find(self, who: SignedIn, words: str) -> None:
        async with current_runtime().database.reading() as session:
            people = await actors_found(session, who.account_id, words, limit=_MOST)
            number, problem = await _as_number(session, who, words, self.country)
            names = await names_with_number(session, who.account_id, number) if number else []
        self._number = number
        set_changed(
            self,
            words=words,
            people=people,
            number=phones.display(number),
            problem=problem,
            whose=", ".join(names),
        )

    async def _open(
        self, who: SignedIn, work: Callable[[AsyncSession], Awaitable[Conversation]]
    ) -> Any:
        runtime, now = current_runtime(), clock.now()
        try:
            found = await runtime.database.run_transaction(work)
        except OthersNumberError as others:
            async with runtime.database.reading() as session:
                whose = await actor_name(session, who.account_id, others.actor_id)
            set_changed(self, problem=OTHERS, whose=whose)
        except RacedError:
            set_changed(self, problem=BUSY)
        except (NoSuchActorError, BadPhoneError):
            await self._find(who, self.words)
        else:
            if found.created_at >= now:
                runtime.live.publish(Change(who.account_id, found.id))
            self.opened += 1
            return rx.redirect(f"/inbox/{found.id}")
        return None


async def _as_number(
    session: AsyncSession, who: SignedIn, words: str, country: str
) -> tuple[str, str]:
    """The number in E.164 that the words are or probably mean, and what is wrong with them."""
    if not any(c.isdecimal() for c in words):
        return "", ""
    try:
        return await usable_number(session, who.account_id, phone_channel(), words), ""
    except BadPhoneError as bad:
        problem = bad.problem
    if country:
        read = phones.parse_phone(words, country)
        meant, problem = read.e164, read.problem or problem
    else:
        likely = [await account_country(session, who.account_id)]
        meant = phones.proposed_correction(words, likely)
    return await _if_usable(session, who, meant or ""), str(problem)


async def _if_usable(session: AsyncSession, who: SignedIn, number: str) -> str:
    """ "" for the company's own."""
    try:
        return await usable_number(session, who.account_id, phone_channel(), number)
    except BadPhoneError:
        return ""
