"""On a database that was brought up to date, the inbox goes on where it stood.

What the old release told of it is kept beside it; `support/old_release.py` says how both were made.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.outbound import Job
from inbox_app.channels.registry import channel_of
from inbox_app.channels.whatsapp.graph.numbers import NumberDetails
from inbox_app.database import Database
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.domain.people.search_terms import folded, squeezed
from inbox_app.models import (
    Actor,
    ActorTerm,
    Address,
    Conversation,
    EventState,
    Message,
    Reservation,
    WhatsAppNumber,
)
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.queries.inbox.list.conversation_list import page
from inbox_app.queries.inbox.list.view import View
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.queries.thread.thread import between
from inbox_app.queries.thread.thread_header import head
from inbox_app.queries.thread.thread_span import BEGINNING
from inbox_app.sandbox.simulator.people import TOKEN
from inbox_app.services.connecting import connect
from inbox_app.services.people.write_terms import write_terms
from inbox_app.services.sending.claim_sends import claim
from inbox_app.vault import Vault
from tests.support import old_release
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import says

DEMO, COMPANY, REFUSED = 1, 2, 4
"""Accounts: the sandbox's, another with a number that works, one whose credentials are refused."""
TOLD = old_release.told()
pytestmark = pytest.mark.anyio


async def test_the_list_is_as_it_was(upgraded: Database, now: datetime) -> None:
    async with upgraded.reading() as session:
        for account_id, listed in TOLD["lists"].items():
            rows = await page(session, View(int(account_id)), now, limit=1000)
            assert [int(row["id"]) for row in rows] == listed


async def test_each_conversation_knows_what_kind_of_person_it_is_with(upgraded: Database) -> None:
    async with upgraded.reading() as session:
        query = select(Conversation.actor_kind, Actor.kind).outerjoin(
            Actor, col(Actor.id) == col(Conversation.actor_id)
        )
        found = (await session.exec(query)).all()
    assert {kept for kept, _ in found} > {None}
    assert all(kept is true for kept, true in found)


async def test_a_thread_opens_with_all_its_messages(upgraded: Database, release: Path) -> None:
    threads = [(account, id_) for account in (DEMO, COMPANY) for id_ in TOLD["lists"][str(account)]]
    async with upgraded.reading() as session:
        for account_id, conversation_id in threads:
            of = (session, account_id, conversation_id)
            messages = await between(*of, BEGINNING, None, "UTC")
            assert await head(session, account_id, conversation_id)
            were = _were(release, _THREAD, conversation_id)
            assert [int(message["id"]) for message in messages] == were


async def test_what_may_be_sent_where_is_decided_as_before(
    upgraded: Database, now: datetime
) -> None:
    async with upgraded.reading() as session:
        for account_id, decided in TOLD["decisions"].items():
            ids = [id_ for id_, _, _ in decided]
            facts = await load_facts(session, int(account_id), ids, now)
            decisions = [(id_, channel_of(facts[id_].channel).decide(facts[id_])) for id_ in ids]
            assert [[id_, one.control, one.reason] for id_, one in decisions] == decided


async def test_who_writes_again_is_in_their_conversation_once(
    copied: Database, now: datetime
) -> None:
    inbox = open_inbox(copied)
    await inbox.understand()
    messages, *others = await _sizes(inbox)

    again = says("Siamo tornati", "wamid.AFTER", now)
    await inbox.hear(again, again, at=now)

    assert (await inbox.states())[-2:] == [EventState.APPLIED, EventState.DUPLICATE]
    assert await _sizes(inbox) == [messages + 1, *others]
    async with copied.reading() as session:
        [newest] = await page(session, View(DEMO), now, limit=1)
    assert (newest["name"], newest["preview_text"]) == ("Ada Bianchi", "Siamo tornati")


async def test_what_was_told_before_says_nothing_new(
    copied: Database, release: Path, now: datetime
) -> None:
    inbox = open_inbox(copied)
    await inbox.understand()
    before = await _sizes(inbox)

    await inbox.hear(*_were(release, _APPLIED), at=now)

    assert await _sizes(inbox) == before


async def test_what_was_queued_leaves_and_its_token_opens(copied: Database, now: datetime) -> None:
    jobs = await _claimed(copied, now)

    assert sorted(job.message_id for job in jobs) == TOLD["due"]
    vault = Vault(old_release.SECRET_KEY)
    assert {vault.decrypt(job.credentials_encrypted) for job in jobs} == {TOKEN}


async def test_what_was_held_leaves_once_the_credentials_are_good(
    copied: Database, now: datetime
) -> None:
    await _claimed(copied, now)
    async with copied.transaction() as session:
        number = await active_number(session, REFUSED)
        assert number is not None
        await _renew(session, number, now)

    jobs = await _claimed(copied, now)

    assert sorted(job.message_id for job in jobs) == TOLD["held"]
    assert {job.account_id for job in jobs} == {REFUSED}


async def _sizes(inbox: Inbox) -> list[int]:
    tables: tuple[type[SQLModel], ...] = (Message, Conversation, Address)
    return [len(await inbox.all(table)) for table in tables]


async def _claimed(database: Database, now: datetime) -> list[Job]:
    everything = {
        "owner": "me",
        "limit": 100,
        "rate_limit": PairRateLimit(),
        "now": now,
        "real_now": now,
    }
    async with database.transaction() as session:
        return (await claim(session, **everything)).jobs


async def _renew(session: AsyncSession, number: WhatsAppNumber, now: datetime) -> None:
    """As the last step of connecting does, with another token."""
    id_ = number.connection.external_id
    details = NumberDetails(id=id_, display=None, verified_name=None)
    given = connect.Number(phone_number_id=id_, waba_id=number.waba_id, details=details)
    secrets, contract = connect.Secrets(token="new"), connect.Contract(accepted_at=now)
    await connect.record(session, number.account_id, given, secrets, contract, now)


def _were(release: Path, query: str, *values: int) -> list[Any]:
    """The first column of what a query of then finds."""
    with closing(sqlite3.connect(release)) as database:
        return [row[0] for row in database.execute(query, values)]


_THREAD = "SELECT id FROM message WHERE conversation_id = ? ORDER BY sent_at, id"
_APPLIED = "SELECT body FROM webhook_event WHERE state = 'applied' ORDER BY id DESC LIMIT 300"


async def test_people_are_found_as_if_they_were_written_today(upgraded: Database) -> None:
    async with upgraded.transaction() as session:
        before = await _found_by(session)
        for account_id in {actor.account_id for actor in await session.exec(select(Actor))}:
            ours = select(Actor.id).where(col(Actor.account_id) == account_id)
            await write_terms(session, account_id, list(await session.exec(ours)))
        assert await _found_by(session) == before != []
        actors, stays = await session.exec(select(Actor)), await session.exec(select(Reservation))
        assert all(actor.sort_name == folded(actor.name) for actor in actors)
        assert all(stay.code_key == squeezed(stay.code) for stay in stays)


async def _found_by(session: AsyncSession) -> list[tuple[int, str]]:
    rows = await session.exec(select(ActorTerm.actor_id, ActorTerm.term))
    return sorted((actor_id, term) for actor_id, term in rows)
