"""Inbound messages, calls, and messages that the company wrote in the phone app."""

from dataclasses import dataclass, replace
from typing import Any

from inbox_app.channels.whatsapp import window
from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.channels.whatsapp.json_values import (
    Json,
    UnreadableError,
    ident,
    items,
    mapping,
    moment,
    whole,
)
from inbox_app.channels.whatsapp.webhooks import attachments, content
from inbox_app.channels.whatsapp.webhooks.content import Content
from inbox_app.channels.whatsapp.webhooks.events import (
    Ad,
    Context,
    Echo,
    IdentityChange,
    InboundMessage,
    MetaError,
    WhatsAppUser,
)
from inbox_app.channels.whatsapp.webhooks.readable import plain
from inbox_app.channels.whatsapp.webhooks.users import People, identity_change
from inbox_app.domain.messages import MessageKind


@dataclass(frozen=True, slots=True)
class Place:
    """The business number that a change is about."""

    phone_number_id: str | None
    waba_id: str | None


def read_message(message: Json, place: Place, people: People) -> tuple[InboundMessage, str | None]:
    """The message, and its type when it is one we had not seen before."""
    type_raw = content.type_of(message)
    said = content.read(message, type_raw)
    sender = people.sender(message)
    change = identity_change(message) if said.kind is MessageKind.SYSTEM else None
    if change is not None and not sender.known:
        sender = _whoever_changed(change)
    context = context_of(message)
    ad, lost = attachments.ad(message.get("referral")), _lost_its_file(said, message)
    if context.reply_to and said.kind in REPLY_KINDS and type_raw not in PRESSED:
        said = replace(said, kind=MessageKind.UNSUPPORTED, unsupported_type="reply")
    said = _with_what_it_is_about(said, context, ad)
    read = message_of(message, place, sender, type_raw, said, context)
    read = replace(read, change=change, ad=ad, file_lost=lost)
    return read, None if said.known else type_raw


def read_call(call: Json, place: Place, people: People) -> InboundMessage | None:
    """A call of the user's, as a message; both its events carry one id. None for calls of ours."""
    if ident(call.get("direction")) == "BUSINESS_INITIATED":
        return None
    said = Content(kind=MessageKind.UNSUPPORTED, unsupported_type="call")
    sender = people.sender(call)
    return message_of({"id": call.get("wacid"), **call}, place, sender, "call", said, Context())


def read_echo(message: Json, place: Place, people: People) -> tuple[Echo, str | None]:
    """The message, and its type when it is one we had not seen before."""
    recipient = people.recipient(message)
    if not recipient.known:
        raise UnreadableError("no recipient")
    type_raw = content.type_of(message)
    said = content.read(message, type_raw)
    sender = People(None, []).sender(message)
    read = message_of(message, place, sender, type_raw, said, context_of(message), must_know=False)
    echo = Echo(recipient=recipient, message=replace(read, counts_for_window=False))
    return echo, None if said.known else type_raw


def read_errors(value: Any) -> tuple[MetaError, ...]:
    """Both shapes: `details` inside `error_data`, and at the top as until 2022."""
    return tuple(_error(error) for error in items(value) if error)


PRESSED = frozenset({"button", "interactive"})
"""Their context is the message whose button was pressed."""

REPLY_KINDS = frozenset(MessageKind) - {MessageKind.UNSUPPORTED, MessageKind.SYSTEM}


def message_of(
    raw: Json,
    place: Place,
    sender: WhatsAppUser,
    type_raw: str,
    said: Content,
    context: Context,
    *,
    must_know: bool = True,
) -> InboundMessage:
    """The parts together.

    Raises:
        UnreadableError: it has no id, or nobody who wrote it.
    """
    provider_id = ident(raw.get("id"))
    if provider_id is None:
        raise UnreadableError("no id")
    if must_know and not sender.known:
        raise UnreadableError("no sender")
    group_id = ident(raw.get("group_id"))
    if group_id is None and raw.get("group_id"):
        raise UnreadableError("no group")  # among private messages its answers would go astray
    return InboundMessage(
        phone_number_id=place.phone_number_id,
        waba_id=place.waba_id,
        provider_id=provider_id,
        sender=sender,
        sent_at=moment(raw.get("timestamp")),
        kind=said.kind,
        type_raw=type_raw,
        text=said.text,
        media=said.media,
        location=said.location,
        contacts=said.contacts,
        context=context,
        unsupported_type=said.unsupported_type,
        concerns=said.concerns,
        amends=said.amends,
        order=said.order,
        awaits_file=said.awaits_file,
        counts_for_window=group_id is None and window.counts(said.kind, said.unsupported_type),
        group_id=group_id,
        errors=read_errors(raw.get("errors")),
    )


def _lost_its_file(said: Content, message: Json) -> bool:
    codes = {error.code for error in read_errors(message.get("errors"))}
    return said.kind in FILE_KINDS and (said.media is None or Code.MEDIA_DOWNLOAD_FAILED in codes)


FILE_KINDS = frozenset(
    {
        *(MessageKind.IMAGE, MessageKind.VIDEO, MessageKind.AUDIO),
        *(MessageKind.DOCUMENT, MessageKind.STICKER),
    }
)


def _with_what_it_is_about(said: Content, context: Context, ad: Ad | None) -> Content:
    """A notice tells all that can be read; a message's own words stay as they are."""
    lines = [line for told in (context.product, ad) if told is not None for line in told.lines]
    if said.kind is not MessageKind.UNSUPPORTED or not lines:
        return said
    return replace(said, text="\n".join(filter(None, (said.text, *lines))))


def _whoever_changed(change: IdentityChange) -> WhatsAppUser:
    old = WhatsAppUser(wa_id=change.old_wa_id, user_id=change.old_user_id)
    return old if old.known else WhatsAppUser(wa_id=change.new_wa_id, user_id=change.new_user_id)


def context_of(message: Json) -> Context:
    """What the message refers to."""
    context = mapping(message.get("context"))
    if not context:
        return NO_CONTEXT
    forwarded = context.get("forwarded") is True or context.get("frequently_forwarded") is True
    return Context(
        reply_to=ident(context.get("id")),
        forwarded=forwarded,
        product=attachments.product(context.get("referred_product")),
    )


NO_CONTEXT = Context()


def _error(told: Any) -> MetaError:
    error = mapping(told)
    details = mapping(error.get("error_data")).get("details") or error.get("details")
    return MetaError(
        code=whole(error.get("code")),
        title=plain(error.get("title")) or plain(error.get("message")) if error else plain(told),
        details=plain(details),
    )
