"""«Aggiungi nuovo»: an unknown sender is put on file (A1)."""

from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import AlreadyLinkedError, BadPhoneError, NotFoundError, RacedError
from inbox_app.domain.locales import is_language
from inbox_app.domain.messages import clean_line
from inbox_app.domain.people.actors import ActorKind, ActorRefusedError
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.sender.link_state import BUSY, GONE, LINKED, LinkState, name_of
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.people.places_found import homes_found, stays_found
from inbox_app.queries.people.rows import PlaceRow
from inbox_app.runtime import current_runtime
from inbox_app.services.people.make_actor import NewActor, make_for_sender

_LONGEST = 100
_LONGEST_FIELD = 400
_KINDS = {kind.value: kind for kind in ActorKind}


class NewActorState(rx.State):
    """Where whoever is put on file may belong; `LinkState` says what is wrong."""

    places: rx.Field[list[PlaceRow]] = rx.field(default_factory=list)
    """Stays for a guest, homes for anybody else."""
    places_for: rx.Field[str] = rx.field("")
    """The kind of person that they are for."""

    @rx.event(supersedes=True)
    async def look(self, kind: str, words: str) -> None:
        """Where somebody of this kind may belong."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST)
        wanted_for = _KINDS.get(untrusted.text(kind, _LONGEST) or "")
        if who is None or wanted is None or wanted_for is None:
            return
        async with current_runtime().database.reading() as session:
            if wanted_for is ActorKind.GUEST:
                found = await stays_found(session, who.account_id, wanted, clock.now())
            else:
                found = await homes_found(session, who.account_id, wanted)
        set_changed(self, places=found, places_for=wanted_for.value)

    @rx.event
    async def make(self, thread: str, form: dict[str, Any]) -> None:
        """The sender is who the form says."""
        who, id_, new = await signed_in(self), untrusted.row_id(thread), _told(form)
        if who is None or id_ is None or new is None:
            return
        link = await self.get_state(LinkState)
        try:
            link_id = await _made(who, id_, new)
        except AlreadyLinkedError as linked:
            link._refuse(LINKED, await name_of(who, linked.actor_id))
        except (ActorRefusedError, BadPhoneError) as refused:
            link._refuse(refused.problem)
        except NotFoundError:
            link._refuse(GONE)
        except RacedError:
            link._refuse(BUSY)
        else:
            link._done(who, "linked", str(id_), clean_line(new.name, _LONGEST), link_id)


def _told(form: object) -> NewActor | None:
    """None for what no form of ours posts."""

    def field(name: str) -> str:
        return (untrusted.form_field(form, name, _LONGEST_FIELD) or "").strip()

    kind, language, number = _KINDS.get(field("kind")), field("language"), field("number")
    if kind is None or (language and not is_language(language)):
        return None
    place = untrusted.row_id(field("place"))
    is_guest = kind is ActorKind.GUEST
    return NewActor(
        kind=kind,
        name=field("name"),
        numbers=[number] if number else [],
        email=field("email"),
        language=language,
        reservation_id=place if is_guest else None,
        accommodation_id=None if is_guest else place,
    )


async def _made(who: SignedIn, conversation_id: int, new: NewActor) -> int:
    async def work(session: AsyncSession) -> int:
        return await make_for_sender(
            session,
            account_id=who.account_id,
            conversation_id=conversation_id,
            new=new,
            user_id=who.user_id,
            now=clock.now(),
        )

    return await current_runtime().database.run_transaction(work)
