"""Delivery statuses as webhooks tell them."""

from typing import Any

from inbox_app.channels.whatsapp.json_values import (
    Json,
    UnreadableError,
    ident,
    mapping,
    moment,
)
from inbox_app.channels.whatsapp.webhooks.events import InboundStatus, WhatsAppUser
from inbox_app.channels.whatsapp.webhooks.messages import Place, read_errors
from inbox_app.channels.whatsapp.webhooks.users import People, phone_and_id
from inbox_app.domain.delivery.charges import Charge
from inbox_app.domain.messages import DeliveryStatus

STATUSES = {
    "sent": DeliveryStatus.SENT,
    "delivered": DeliveryStatus.DELIVERED,
    "read": DeliveryStatus.READ,
    "played": DeliveryStatus.READ,
    "failed": DeliveryStatus.FAILED,
}


def read_status(status: Json, place: Place, people: People) -> InboundStatus:
    """`accepted` never comes by webhook: it is the answer to the send itself."""
    provider_id, status_raw = ident(status.get("id")), ident(status.get("status"))
    if provider_id is None:
        raise UnreadableError("no id")
    if status_raw is None or not isinstance(status.get("status"), str):
        raise UnreadableError("no status")
    group = ident(status.get("recipient_type")) == "group"
    errors = read_errors(status.get("errors"))
    return InboundStatus(
        phone_number_id=place.phone_number_id,
        waba_id=place.waba_id,
        provider_id=provider_id,
        status_raw=status_raw,
        status=STATUSES.get(status_raw.lower()),
        at=moment(status.get("timestamp")),
        recipient=_participant(status) if group else _recipient(status, people),
        group=group,
        opaque=ident(status.get("biz_opaque_callback_data")),
        error=errors[0] if errors else None,
        charge=_charge(mapping(status.get("pricing"))),
    )


def _charge(pricing: Json) -> Charge | None:
    type_ = ident(pricing.get("type"))
    charge = Charge(
        billed=_billed(type_ or "", pricing.get("billable")),
        category=ident(pricing.get("category")),
        type=type_,
        model=ident(pricing.get("pricing_model")),
    )
    return charge if charge != _NOTHING_SAID else None


def _billed(type_: str, billable: Any) -> bool | None:
    """By the type: `billable` is on its way out (docs/whatsapp.md §4)."""
    if type_ == "regular" or type_.startswith("free_"):
        return type_ == "regular"
    return billable if isinstance(billable, bool) else None


_NOTHING_SAID = Charge()


def _recipient(status: Json, people: People) -> WhatsAppUser:
    wa_id, user_id = phone_and_id(status.get("recipient_id"), status.get("recipient_user_id"))
    parent = status.get("recipient_parent_user_id") or status.get("parent_recipient_user_id")
    recipient = WhatsAppUser(wa_id=wa_id, user_id=user_id, parent_user_id=ident(parent))
    return recipient if recipient.known else people.only_contact()


def _participant(status: Json) -> WhatsAppUser:
    """Of a group; Meta's pages spell the key both ways."""
    wa_id, user_id = phone_and_id(
        status.get("recipient_participant_id") or status.get("participant_recipient_id"),
        status.get("recipient_participant_user_id"),
    )
    parent = ident(status.get("recipient_participant_parent_user_id"))
    return WhatsAppUser(wa_id=wa_id, user_id=user_id, parent_user_id=parent)
