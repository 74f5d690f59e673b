"""Who is signed in, as the pages' states ask it. Never trust anything else for identity."""

from urllib.parse import urlencode, urlsplit

import reflex as rx

from inbox_app import sessions, web
from inbox_app.models import Role
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.sessions import csrf_token

__all__ = ["SignedIn", "csrf_token", "sign_in_address", "signed_in", "signed_in_admin"]


async def signed_in(state: rx.State) -> SignedIn | None:
    """The person behind the tab, by the cookie its socket came with."""
    return await sessions.signed_in(state.router.headers.cookie)


async def signed_in_admin(state: rx.State) -> SignedIn | None:
    """The same, if they are one of the account's admins."""
    who = await signed_in(state)
    return who if who is not None and who.role is Role.ADMIN else None


def sign_in_address(url: str) -> str:
    """Where to go to sign in and come back to the page at ``url``."""
    parts = urlsplit(url)
    target = web.local_path(parts._replace(scheme="", netloc="", fragment="").geturl())
    return "/login" if target == "/" else f"/login?{urlencode({'next': target})}"
