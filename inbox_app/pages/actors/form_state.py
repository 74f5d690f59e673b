"""The actor that is being written, and where whoever is new may belong (A3, B13)."""

from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import BadPhoneError, NotFoundError, RacedError
from inbox_app.domain.people import phones
from inbox_app.domain.people.actors import ActorKind, ActorProblem, ActorRefusedError
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.actors.form_reading import read_form
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.people.actor_record import actor_record
from inbox_app.queries.people.places_found import homes_found, stays_found
from inbox_app.queries.people.rows import ActorRecord, PlaceRow
from inbox_app.queries.thread.contact_card import sent_contact
from inbox_app.runtime import current_runtime
from inbox_app.services.people.edit_actor import WrittenActor, edit_actor
from inbox_app.services.people.make_actor import NewActor, make_actor

NEW, GONE, BUSY, UNREADABLE = "new", "gone", "busy", "unreadable"
_LONGEST = 100
_FIELD_OF = {ActorProblem.NO_NAME: "name", ActorProblem.BAD_EMAIL: "email"}


class ActorFormState(rx.State):
    """A saving is over when ``saved_ref`` or ``refused_ref`` becomes its ref."""

    editing: rx.Field[str] = rx.field("")
    """The id of the one being written, `NEW`, or ""."""
    facts: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    numbers: rx.Field[list[str]] = rx.field(default_factory=list)
    whatsapp: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")
    """An `ActorProblem`, a `PhoneProblem`, `GONE`, `BUSY`, `UNREADABLE` or ""."""
    wrong: rx.Field[str] = rx.field("")
    """The field that the problem is about, or the number."""
    saved_ref: rx.Field[str] = rx.field("")
    refused_ref: rx.Field[str] = rx.field("")
    places: rx.Field[list[PlaceRow]] = rx.field(default_factory=list)
    """Stays for a guest, homes for anybody else."""
    places_for: rx.Field[str] = rx.field("")
    _card: str = ""
    """The contact that was last to be put on file."""

    @rx.event
    async def edit(self, actor: str) -> None:
        """Open the drawer for one, or for `NEW`."""
        who, id_ = await signed_in(self), untrusted.row_id(actor)
        if who is None:
            return
        if id_ is not None and (record := await _record(who, id_)):
            self._open(str(id_), _facts(record), _numbers(record), _chosen(record))
        elif actor == NEW:
            self._open(NEW, {}, [], "")

    @rx.event
    async def load(self) -> None:
        """A contact that somebody sent is to be put on file (`?card=7&n=0`), once."""
        who, asked = await signed_in(self), self.router.url.query_parameters
        card, index = untrusted.row_id(asked.get("card", "")), asked.get("n", "0")
        if who is None or card is None or not index.isdecimal() or self._card == f"{card}/{index}":
            return
        async with current_runtime().database.reading() as session:
            sent = await sent_contact(session, who.account_id, card, int(index[:3]))
        if sent is not None:
            self._card = f"{card}/{index}"
            facts = {"name": sent.name, "email": sent.email}
            self._open(NEW, facts, sent.numbers, next(iter(sent.numbers), ""))

    @rx.event
    async def close(self) -> None:
        """The drawer is put away."""
        if await signed_in(self) is not None:
            set_changed(self, editing="", facts={}, numbers=[], whatsapp="", problem="", wrong="")

    @rx.event(supersedes=True)
    async def look(self, kind: str, words: str) -> None:
        """Where somebody of this kind may belong."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST)
        if who is None or wanted is None or kind not in tuple(ActorKind):
            return
        async with current_runtime().database.reading() as session:
            if kind == ActorKind.GUEST:
                found = await stays_found(session, who.account_id, wanted, clock.now())
            else:
                found = await homes_found(session, who.account_id, wanted)
        set_changed(self, places=found, places_for=str(kind))

    @rx.event
    async def save(self, actor: str, form: dict[str, Any], ref: str) -> Any:
        """Keep what was written; refused, it stays in the drawer."""
        who, tried = await signed_in(self), untrusted.text(ref, _LONGEST)
        if who is None or not tried or tried == self.saved_ref:
            return None
        saved, problem, wrong = await _saved(who, actor, form)
        if not saved:
            set_changed(self, problem=problem, wrong=wrong, refused_ref=tried)
            return None
        set_changed(self, problem="", wrong="", saved_ref=tried)
        return rx.redirect(f"/actors/{saved}") if actor == NEW else None

    def _open(self, actor: str, facts: dict[str, str], numbers: list[str], whatsapp: str) -> None:
        set_changed(
            self,
            editing=actor,
            facts=facts,
            numbers=numbers,
            whatsapp=whatsapp,
            problem="",
            wrong="",
        )


async def _record(who: SignedIn, actor_id: int) -> ActorRecord | None:
    async with current_runtime().database.reading() as session:
        return await actor_record(session, who.account_id, actor_id, clock.now())


def _facts(record: ActorRecord) -> dict[str, str]:
    return {
        "name": record["name"],
        "kind": record["kind"],
        "email": record["email"],
        "language": record["language"],
        "notes": record["notes"],
    }


def _numbers(record: ActorRecord) -> list[str]:
    return [phone["raw"] for phone in record["phones"]]


def _chosen(record: ActorRecord) -> str:
    return next((phone["raw"] for phone in record["phones"] if phone["whatsapp"]), "")


async def _saved(who: SignedIn, actor: object, form: object) -> tuple[int, str, str]:
    """The id of whom it is kept of; 0, what stands against it, and the field or number."""
    new, id_ = read_form(form), untrusted.row_id(actor)
    if new is None or (id_ is None and actor != NEW):
        return 0, UNREADABLE, ""
    try:
        kept = await _kept(who, id_, new)
    except ActorRefusedError as refused:
        return 0, refused.problem.value, _FIELD_OF.get(refused.problem, "")
    except BadPhoneError as bad:
        wrong = (raw for raw in new.numbers if phones.parse_phone(raw).problem is bad.problem)
        return 0, bad.problem.value, next(wrong, "")
    except NotFoundError:
        return 0, GONE, ""
    except RacedError:
        return 0, BUSY, ""
    current_runtime().live.publish(Change(who.account_id))
    return kept, "", ""


async def _kept(who: SignedIn, actor_id: int | None, new: NewActor) -> int:
    async def work(session: AsyncSession) -> int:
        by = {"account_id": who.account_id, "user_id": who.user_id, "now": clock.now()}
        if actor_id is None:
            return await make_actor(session, new=new, **by)
        await edit_actor(session, actor_id=actor_id, written=_rewritten(new), **by)
        return actor_id

    return await current_runtime().database.run_transaction(work)


def _rewritten(new: NewActor) -> WrittenActor:
    return WrittenActor(
        kind=new.kind,
        name=new.name,
        numbers=new.numbers,
        whatsapp=new.whatsapp,
        email=new.email,
        language=new.language,
        notes=new.notes,
    )
