"""What the forms are sent, and what came of it."""

from datetime import datetime

import httpx
from sqlalchemy import update
from sqlmodel import col, select

from inbox_app import sessions
from inbox_app.models import Session
from inbox_app.runtime import Runtime
from tests.support.servers.routes_app import MARTA, PASSWORD


async def enter(who: httpx.AsyncClient, **form: str) -> httpx.Response:
    given = {"email": MARTA, "password": PASSWORD} | form
    return await who.post("/auth/sign-in", data=given)


def cookies(who: httpx.AsyncClient) -> str:
    return "; ".join(f"{name}={value}" for name, value in who.cookies.items())


async def outcome(who: httpx.AsyncClient, **form: str) -> str:
    """`inside`, or why not."""
    location = (await enter(who, **form)).headers["location"]
    return location.removeprefix("/login?error=") if "error" in location else "inside"


async def change_session(runtime: Runtime, **columns: datetime) -> None:
    async with runtime.database.transaction() as session:
        await session.exec(update(Session).where(col(Session.id) > 0).values(**columns))
    sessions._known.clear()


async def seen_at(runtime: Runtime) -> datetime:
    async with runtime.database.reading() as session:
        return (await session.exec(select(Session.seen_at))).one()


SETUP = {
    "account": "Case del Sole",
    "name": "Marta",
    "email": MARTA,
    "password": PASSWORD,
    "timezone": "Europe/Rome",
    "language": "it",
    "country": "IT",
}
