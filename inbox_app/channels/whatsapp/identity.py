"""A WhatsApp user's ids, as the aliases by which their address is found again.

Identity on WhatsApp is a set of ids (docs/whatsapp.md §5.3): a phone number in many spellings, a
business-scoped id, a parent's. The phone may be missing (usernames, 2026).
"""

from inbox_app.channels.inbound import PHONE, Alias, Contact, ContactChange
from inbox_app.channels.whatsapp.webhooks.events import IdentityChange, WhatsAppUser
from inbox_app.domain.people import phones

USER_ID = "user_id"
PARENT_USER_ID = "parent_user_id"


def contact_of(user: WhatsAppUser) -> Contact:
    """The address is the wa_id, the external id the business-scoped one."""
    parent = user.parent_user_id
    return Contact(
        address=user.wa_id,
        address_alias=Alias(PHONE, phones.canonical(user.wa_id)) if user.wa_id else None,
        external_id=user.user_id,
        external_alias=Alias(USER_ID, user.user_id) if user.user_id else None,
        other_aliases=(Alias(PARENT_USER_ID, parent),) if parent else (),
        username=user.username,
        profile_name=user.profile_name,
    )


def contact_of_number(e164: str) -> Contact:
    """Whom a number means, with or without its plus sign."""
    return contact_of(WhatsAppUser(wa_id=e164.removeprefix("+")))


def change_of(change: IdentityChange) -> ContactChange:
    """A user's new number or id (docs/whatsapp.md §5.4)."""
    before = WhatsAppUser(wa_id=change.old_wa_id, user_id=change.old_user_id)
    after = WhatsAppUser(
        wa_id=change.new_wa_id,
        user_id=change.new_user_id,
        parent_user_id=change.new_parent_user_id,
    )
    return ContactChange(before=contact_of(before), after=contact_of(after))
