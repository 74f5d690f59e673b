"""Who may see and change where an account's messages are told: its admins."""

import reflex as rx

from inbox_app.models import Role
from inbox_app.pages.session import SignedIn, signed_in


async def signed_in_admin(state: rx.State) -> SignedIn | None:
    """Nobody else."""
    who = await signed_in(state)
    return who if who is not None and who.role is Role.ADMIN else None
