"""Numbers that are given and corrected at the foot of a thread."""

from enum import StrEnum
from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import (
    BadPhoneError,
    NotFoundError,
    OthersNumberError,
    RacedError,
    SendRefusedError,
)
from inbox_app.domain.people import phones
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.people.names import actor_name
from inbox_app.runtime import current_runtime
from inbox_app.services.people.add_number import add_number, suggest
from inbox_app.services.people.fix_number import fix_number

_LONGEST = 60
OTHERS = "others"
BUSY = "busy"


class Doing(StrEnum):
    """Which of the two."""

    ADD = "add"
    FIX = "fix"


_SERVICES = {Doing.ADD: add_number, Doing.FIX: fix_number}


class NumberState(rx.State):
    """What is said beside the field; what was typed stays there."""

    problem: rx.Field[str] = rx.field("")
    """A `PhoneProblem`, `OTHERS` or `BUSY`; "" for none."""
    whose: rx.Field[str] = rx.field("")
    """Who has the number, with `OTHERS`."""
    proposal: rx.Field[str] = rx.field("")
    """What was probably meant, as people write it."""
    saved: rx.Field[int] = rx.field(0)
    """How many numbers were taken: the dialog closes with each."""
    country: rx.Field[str] = rx.field("")
    """Where a number without its prefix is dialled, once somebody has said so."""
    _typed: str = ""
    _proposed: str = ""

    @rx.event
    async def begin(self) -> None:
        """The form is opened: nothing is wrong yet."""
        self.country = ""
        self._say()

    @rx.event
    async def save(self, form: dict[str, Any]) -> Any:
        """Take the number chosen, or else the one typed."""
        raw = untrusted.form_field(form, "choice", _LONGEST) or untrusted.form_field(
            form, "number", _LONGEST
        )
        return await self._take(
            untrusted.form_field(form, "thread", _LONGEST),
            untrusted.form_field(form, "doing", 9),
            raw,
        )

    @rx.event
    async def choose_country(self, country: str) -> None:
        """What was typed is a number of this country."""
        who, chosen = await signed_in(self), untrusted.country(country)
        if who is not None and chosen is not None and self.problem:
            self.country = chosen
            meant = phones.parse_phone(self._typed, chosen)
            self._say(meant.problem or PhoneProblem.MISSING_PREFIX, proposed=meant.e164 or "")

    @rx.event
    async def accept(self, thread: str, doing: str) -> Any:
        """Take what was proposed."""
        return await self._take(thread, doing, self._proposed)

    async def _take(self, thread: object, doing: object, raw: str | None) -> Any:
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        if who is None or id_ is None or doing not in tuple(Doing):
            return None
        try:
            right = await _settled(who, id_, Doing(str(doing)), raw or "")
        except BadPhoneError as bad:
            self.country, self._typed = "", raw or ""
            again = bad.problem is PhoneProblem.SAME_NUMBER
            meant = "" if again else await _proposed(who, id_, self._typed)
            self._say(bad.problem, proposed=meant)
        except OthersNumberError as others:
            self._say(OTHERS, whose=await _name(who, others.actor_id))
        except RacedError:
            self._say(BUSY)
        except (NotFoundError, SendRefusedError):
            current_runtime().live.publish(Change(who.account_id, id_))
        else:
            self._say()
            self.saved += 1
            current_runtime().live.publish(Change(who.account_id))
            return None if right == id_ else rx.redirect(f"/inbox/{right}")
        return None

    def _say(self, problem: str = "", *, proposed: str = "", whose: str = "") -> None:
        self._proposed = proposed
        set_changed(self, problem=str(problem), proposal=phones.display(proposed), whose=whose)


async def _settled(who: SignedIn, conversation_id: int, doing: Doing, raw: str) -> int:
    async def work(session: AsyncSession) -> int:
        return await _SERVICES[doing](
            session,
            account_id=who.account_id,
            conversation_id=conversation_id,
            raw=raw,
            user_id=who.user_id,
            now=clock.now(),
        )

    return await current_runtime().database.run_transaction(work)


async def _proposed(who: SignedIn, conversation_id: int, raw: str) -> str:
    async with current_runtime().database.reading() as session:
        found = await suggest(session, who.account_id, conversation_id, raw, clock.now())
    return found or ""


async def _name(who: SignedIn, actor_id: int) -> str:
    async with current_runtime().database.reading() as session:
        return await actor_name(session, who.account_id, actor_id)
