"""Whose conversation a message goes to, by all the ids that mean a person (A2, B14)."""

from datetime import datetime

import pytest

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.domain.messages import Direction, MessageKind, Origin
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, Address, Conversation, EventState, Message
from tests.support.factories import World, add, make_actor
from tests.support.intake import Inbox
from tests.support.samples.webhook_bodies import ADA, ADA_USER_ID, change, message, post, says

NEW_PHONE = "393330001112"
NEW_USER_ID = "IT.2081978709342942"


def changed_number(wamid: str, now: datetime, **system: str) -> bytes:
    said = {"type": "user_changed_number", "body": "Ada changed number", **system}
    return post(change(messages=[message(wamid, now, {"type": "system", "system": said})]))


async def test_somebody_without_a_phone_number_has_a_conversation_too(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Ciao", "wamid.1", now, wa_id=None, user_id=ADA_USER_ID), at=now)

    address = await inbox.only(Address)
    assert (address.value, address.external_id) == (None, ADA_USER_ID)
    assert (await inbox.only(Conversation)).actor_id is None


@pytest.mark.postgresql("its statements")
async def test_who_first_shows_an_id_and_then_the_number_is_one_person(
    inbox: Inbox, world: World, now: datetime
) -> None:
    await inbox.hear(says("Senza", "wamid.1", now, wa_id=None, user_id=ADA_USER_ID), at=now)
    await inbox.hear(says("Con", "wamid.2", now, user_id=ADA_USER_ID), at=now)
    await inbox.hear(says("Solo numero", "wamid.3", now), at=now)

    conversation = await inbox.only(Conversation)
    assert len(await inbox.texts(conversation.id)) == 3
    assert conversation.actor_id == world.ada_id


@pytest.mark.postgresql("its statements")
async def test_the_spellings_of_a_number_are_one_person_and_the_last_is_answered(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Oi", "wamid.1", now, wa_id="5531987654321"), at=now)
    await inbox.hear(says("Olá", "wamid.2", now, wa_id="553187654321"), at=now)

    assert (await inbox.only(Address)).value == "553187654321"


async def test_ids_of_two_people_are_not_merged_and_the_phone_decides(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Io ho il numero", "wamid.1", now), at=now)
    await inbox.hear(says("Io ho l'id", "wamid.2", now, wa_id=None, user_id=ADA_USER_ID), at=now)
    await inbox.hear(says("Chi sono?", "wamid.3", now, user_id=ADA_USER_ID), at=now)

    by_phone, by_id = await inbox.all(Conversation)
    assert await inbox.texts(by_phone.id) == ["Io ho il numero", "Chi sono?"]
    assert await inbox.texts(by_id.id) == ["Io ho l'id"]
    assert [address.external_id for address in await inbox.all(Address)] == [None, ADA_USER_ID]


@pytest.mark.postgresql("rows are moved")
async def test_who_changes_number_keeps_the_conversation(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(says("Prima", "wamid.1", now), at=now)
    await inbox.hear(changed_number("wamid.2", now, wa_id=NEW_PHONE), at=now)
    await inbox.hear(says("Dopo", "wamid.3", now, wa_id=NEW_PHONE), at=now)

    conversation = await inbox.only(Conversation)
    said = await inbox.all(Message)
    assert [one.kind for one in said] == [MessageKind.TEXT, MessageKind.SYSTEM, MessageKind.TEXT]
    assert (await inbox.only(Address)).value == NEW_PHONE
    assert conversation.unread == 2, "WhatsApp's own notice asks nobody for an answer"


async def test_a_change_that_comes_behind_the_new_numbers_message_still_holds(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Prima", "wamid.1", now), at=now)
    await inbox.hear(
        says("Dopo", "wamid.3", now, wa_id=NEW_PHONE),
        changed_number("wamid.2", now, wa_id=NEW_PHONE),
        at=now,
    )

    assert len(await inbox.all(Conversation)) == 1


async def test_a_number_that_was_let_go_is_somebody_else(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(says("Prima", "wamid.1", now, user_id=ADA_USER_ID), at=now)
    notice = changed_number(
        "wamid.2", now, wa_id=NEW_PHONE, user_id=NEW_USER_ID, previous_user_id=ADA_USER_ID
    )
    await inbox.hear(notice, at=now)
    await inbox.hear(says("Chi è Ada?", "wamid.3", now, user_id="IT.999"), at=now)

    ada, stranger = await inbox.all(Address)
    assert (ada.value, ada.external_id) == (NEW_PHONE, NEW_USER_ID)
    assert (stranger.value, stranger.external_id) == (ADA, "IT.999")


@pytest.mark.postgresql("upserts")
async def test_a_notice_of_a_new_number_told_twice_makes_nobody_new(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Prima", "wamid.1", now), at=now)
    await inbox.hear(changed_number("wamid.2", now, wa_id=NEW_PHONE), at=now)
    await inbox.hear(changed_number("wamid.2", now, wa_id=NEW_PHONE), at=now)
    await inbox.hear(changed_number("wamid.9", now, wa_id=NEW_PHONE), at=now)

    assert len(await inbox.all(Address)) == 1


async def test_a_new_id_of_somebody_is_learnt(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(says("Prima", "wamid.1", now, wa_id=None, user_id=ADA_USER_ID), at=now)
    said = {
        "type": "user_changed_user_id",
        "body": f"User changed from {ADA_USER_ID} to {NEW_USER_ID}",
        "user_id": NEW_USER_ID,
    }
    notice = message("wamid.2", now, {"type": "system", "system": said}, wa_id=None)
    await inbox.hear(post(change(messages=[notice])), at=now)
    await inbox.hear(says("Dopo", "wamid.3", now, wa_id=None, user_id=NEW_USER_ID), at=now)

    assert len(await inbox.all(Conversation)) == 1
    assert (await inbox.only(Address)).external_id == NEW_USER_ID


async def test_a_number_of_two_actors_is_left_to_people(
    inbox: Inbox, world: World, now: datetime
) -> None:
    async with inbox.database.transaction() as session:
        await make_actor(session, world.account_id, now, "Ada B.", ActorKind.OWNER, f"+{ADA}")
    await inbox.hear(says("Ciao", "wamid.1", now), at=now)

    assert (await inbox.only(Conversation)).actor_id is None


async def test_an_archived_actor_is_not_linked(inbox: Inbox, world: World, now: datetime) -> None:
    async with inbox.database.transaction() as session:
        ada = await session.get_one(Actor, world.ada_id)
        ada.archived_at = now
        session.add(ada)
    await inbox.hear(says("Ciao", "wamid.1", now), at=now)

    assert (await inbox.only(Conversation)).actor_id is None


@pytest.mark.postgresql("its statements")
async def test_a_conversation_that_waited_for_the_actors_number_is_the_one(
    inbox: Inbox, world: World, now: datetime
) -> None:
    async with inbox.database.transaction() as session:
        waiting = await add(
            session,
            Conversation(
                channel=WHATSAPP,
                account_id=world.account_id,
                actor_id=world.ada_id,
                arrived_at=now,
                created_at=now,
            ),
        )
    await inbox.hear(says("Eccomi", "wamid.1", now), at=now)

    conversation = await inbox.only(Conversation)
    assert conversation.id == waiting.id
    assert conversation.address_id == (await inbox.only(Address)).id


async def test_a_group_is_a_conversation_of_its_own(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(says("In privato", "wamid.1", now), at=now)
    said = {"type": "text", "text": {"body": "A tutti"}, "group_id": "120363@g.us"}
    await inbox.hear(post(change(messages=[message("wamid.2", now, said)])), at=now)

    private, group = await inbox.all(Conversation)
    assert (group.group_id, group.address_id) == ("120363@g.us", None)
    assert await inbox.texts(group.id) == ["A tutti"]
    assert await inbox.texts(private.id) == ["In privato"]
    assert [one.sender for one in await inbox.all(Message)] == [None, ADA]


@pytest.mark.postgresql("its statements")
async def test_what_was_typed_in_the_phone_app_is_an_answer_of_ours(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Domanda", "wamid.1", now), at=now)
    echo = {
        "from": "390541555100",
        "to": ADA,
        "id": "wamid.2",
        "timestamp": str(int(now.timestamp())),
        "type": "text",
        "text": {"body": "Risposta"},
    }
    await inbox.hear(post({**change(message_echoes=[echo]), "field": "smb_message_echoes"}), at=now)

    conversation = await inbox.only(Conversation)
    answer = (await inbox.all(Message))[1]
    assert (answer.direction, answer.origin, answer.text) == (Direction.OUT, Origin.APP, "Risposta")
    assert (conversation.unread, conversation.last_message_id) == (1, answer.id)
    assert await inbox.states() == 2 * [EventState.APPLIED]
