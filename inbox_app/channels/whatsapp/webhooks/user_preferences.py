"""What people say of marketing: webhook `user_preferences` (docs/whatsapp.md §6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from inbox_app.channels.whatsapp.json_values import ident, is_mapping, items, moment
from inbox_app.channels.whatsapp.webhooks.events import AccountChange, WhatsAppUser
from inbox_app.channels.whatsapp.webhooks.users import phone_and_id

PREFERENCES = "user_preferences"


@dataclass(frozen=True, slots=True)
class Preference:
    """Whether somebody takes marketing, as they last said."""

    sender: WhatsAppUser
    takes_marketing: bool
    at: datetime | None


def preferences(change: AccountChange) -> Iterator[Preference]:
    """Each of those told; what is not about marketing, or says neither, is left out."""
    for item in items(change.value.get("user_preferences")):
        if not is_mapping(item) or item.get("category") != "marketing_messages":
            continue
        takes = _SAYS.get(ident(item.get("value")) or "")
        wa_id, user_id = phone_and_id(item.get("wa_id"), item.get("user_id"))
        sender = WhatsAppUser(wa_id=wa_id, user_id=user_id)
        if takes is not None and sender.known:
            yield Preference(sender, takes, moment(item.get("timestamp")))


_SAYS = {"stop": False, "resume": True, "signup": True}
