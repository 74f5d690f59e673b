"""In which form somebody may be asked to send again what WhatsApp or we cannot show (M4)."""

from collections.abc import Mapping

from inbox_app.domain.messages import MessageKind

NOT_ASKED = frozenset(
    {
        *("reaction", "call", "edit", "revoke", "request_welcome"),
        *("media_placeholder", "keep_in_chat", "pin", "call_permission_reply"),
    }
)
"""What cannot be said in another form, or was no saying at all."""

FORMS: Mapping[str, MessageKind] = {
    "image": MessageKind.IMAGE,
    "video": MessageKind.IMAGE,
    "gif": MessageKind.IMAGE,
    "view_once": MessageKind.IMAGE,
    "location": MessageKind.LOCATION,
}
"""By the type that WhatsApp names; of all others the words are asked for."""


def form_to_ask_for(unsupported_type: str) -> MessageKind | None:
    """None: nothing is to be asked."""
    if unsupported_type in NOT_ASKED:
        return None
    return FORMS.get(unsupported_type, MessageKind.TEXT)
