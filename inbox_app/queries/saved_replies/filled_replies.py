"""Saved replies as one conversation fills them in: its actor, their stay, its home (M8, S3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_currency
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.domain.saved_replies import ReplyField, best_language, fill, withholds_codes
from inbox_app.domain.stays.stays import StayPhase
from inbox_app.models import Account, Actor, Conversation, SavedReply
from inbox_app.queries.inbox.stay import StayThere, primary_stay
from inbox_app.queries.saved_replies.rows import FilledReplies, FilledReplyRow
from inbox_app.queries.saved_replies.saved_replies import most_used, texts_of
from inbox_app.vault import Vault


@dataclass(frozen=True, slots=True)
class Around:
    """What a conversation knows that a reply may ask for."""

    account_language: str
    actor: Actor | None
    stay: StayThere | None
    secrets: Mapping[ReplyField, str | None]
    _values: dict[str, Mapping[ReplyField, str]] = field(
        default_factory=dict[str, Mapping[ReplyField, str]]
    )

    @property
    def phase(self) -> StayPhase | None:
        return self.stay.phase if self.stay else None

    def values(self, language: str) -> Mapping[ReplyField, str]:
        """What there is to fill in, written as in this language: once for all replies in it."""
        if language not in self._values:
            locale = Locale.parse(language, sep="-")
            all_ = {**_of_actor(self.actor), **_of_stay(self.stay, locale), **self.secrets}
            self._values[language] = {field: value for field, value in all_.items() if value}
        return self._values[language]


async def filled_replies(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    now: datetime,
    vault: Vault,
    *,
    words: str = "",
    limit: int,
) -> FilledReplies:
    """At most ``limit``, each in the actor's language where it is written in it."""
    around = await _around(session, account_id, conversation_id, now, vault)
    if around is None:
        return no_replies(conversation_id, words)
    found = await most_used(session, account_id, words=words, limit=limit + 1)
    shown = found[:limit]
    texts = await texts_of(session, account_id, [reply.id for reply in shown])
    return FilledReplies(
        thread=str(conversation_id),
        words=words,
        more=len(found) > limit,
        replies=[_row(reply, texts[reply.id], around) for reply in shown],
    )


def no_replies(conversation_id: int | str = "", words: str = "") -> FilledReplies:
    """Nothing to answer with, or nothing asked for yet."""
    return FilledReplies(thread=str(conversation_id), words=words, more=False, replies=[])


async def _around(
    session: AsyncSession, account_id: int, conversation_id: int, now: datetime, vault: Vault
) -> Around | None:
    """None when the account has no such conversation."""
    query = (
        select(Account.language, Actor)
        .select_from(Conversation)
        .join(Account, col(Account.id) == col(Conversation.account_id))
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .where(col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id)
    )
    found = (await session.exec(query)).first()
    if found is None:
        return None
    language, actor = found
    stays = await primary_stay(session, account_id, [actor.id], now) if actor else {}
    stay = stays.get(actor.id) if actor else None
    return Around(language, actor, stay, _secrets(stay, vault))


def _secrets(stay: StayThere | None, vault: Vault) -> dict[ReplyField, str | None]:
    """Read once for all replies, and not at all for who is told none."""
    if stay is None or withholds_codes(stay.phase):
        return {}
    return {
        ReplyField.DOOR_CODE: vault.decrypt_or_none(stay.home.door_code_encrypted),
        ReplyField.WIFI_PASSWORD: vault.decrypt_or_none(stay.home.wifi_password_encrypted),
    }


def _row(reply: SavedReply, texts: dict[str, str], around: Around) -> FilledReplyRow:
    spoken = around.actor.language if around.actor else None
    language = best_language(texts, spoken, around.account_language)
    filled = fill(texts[language], around.values(language), around.phase)
    return FilledReplyRow(
        id=str(reply.id),
        name=reply.name,
        language=language,
        text=filled.text,
        missing=[field.value for field in filled.missing],
        withheld=[field.value for field in filled.withheld],
    )


def _of_actor(actor: Actor | None) -> dict[ReplyField, str | None]:
    name = clean_line(actor.name) if actor else ""
    return {ReplyField.GUEST_NAME: name, ReplyField.FIRST_NAME: name.partition(" ")[0]}


def _of_stay(stay: StayThere | None, locale: Locale) -> dict[ReplyField, str | None]:
    if stay is None:
        return {}
    booked, home = stay.reservation, stay.home
    return {
        ReplyField.ACCOMMODATION: home.name,
        ReplyField.ADDRESS: home.address,
        ReplyField.CHECK_IN: _day(booked.check_in, locale),
        ReplyField.CHECK_IN_TIME: home.check_in_time,
        ReplyField.CHECK_OUT: _day(booked.check_out, locale),
        ReplyField.CHECK_OUT_TIME: home.check_out_time,
        ReplyField.NIGHTS: str((booked.check_out - booked.check_in).days),
        ReplyField.RESERVATION_CODE: booked.code,
        ReplyField.BALANCE: _money(booked.balance, booked.currency, locale),
        ReplyField.CHECK_IN_INSTRUCTIONS: home.check_in_instructions,
        ReplyField.WIFI_NAME: home.wifi_name,
        ReplyField.PARKING: home.parking,
        ReplyField.HOUSE_RULES: home.house_rules,
    }


def _day(day: date, locale: Locale) -> str:
    """Without the year: «30 novembre», «November 30»."""
    return format_skeleton("MMMMd", day, locale=locale)


def _money(amount: Decimal | None, currency: str | None, locale: Locale) -> str | None:
    if amount is None or not currency:
        return None
    return format_currency(amount, currency, locale=locale)
