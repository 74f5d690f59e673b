"""Links to choose a password go by mail: to who is there, and nobody hears who is (X1)."""

from collections.abc import AsyncIterator, MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import select

from inbox_app import clock
from inbox_app.api.sign_in import auth, passwords
from inbox_app.api.sign_in.sign_in_guard import SignInGuard
from inbox_app.config.settings import SettingsError, load
from inbox_app.database import Database
from inbox_app.jobs.mail_worker import send_next
from inbox_app.models import AuditEntry, Mail, PasswordLink, Role
from inbox_app.operating.doctor import checks
from inbox_app.runtime import Runtime
from inbox_app.services.accounts import mails, people
from tests.support.machine_time import Time
from tests.support.servers.mail_server import MailServer, mail_server
from tests.support.servers.routes_app import MARTA, browser, make_account, running

pytestmark = pytest.mark.anyio

SENDER = "Inbox <inbox@example.com>"


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    monkeypatch.setattr(clock, "real_now", time := Time())
    return time


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def runtime(database: Database, tmp_path: Path, server: MailServer) -> AsyncIterator[Runtime]:
    async with running(database, tmp_path, smtp_url=server.url, mail_from=SENDER) as runtime:
        await make_account(database)
        yield runtime


def door() -> httpx.AsyncClient:
    guard = SignInGuard()
    return browser([*auth.routes(guard), *passwords.routes(guard)])


async def forgot(email: str) -> str:
    async with door() as who:
        return (await who.post("/auth/forgot", data={"email": email})).headers["location"]


async def send_all(runtime: Runtime, time: Time) -> None:
    while await send_next(runtime, time):
        pass


@pytest.mark.postgresql("a claim that skips what is locked")
async def test_who_forgot_the_password_gets_a_link_that_opens(
    runtime: Runtime, server: MailServer, time: Time
) -> None:
    assert await forgot(f" {MARTA.upper()} ") == "/login?step=sent"
    await send_all(runtime, time)
    [mail] = server.taken
    assert (mail["To"], mail["From"]) == (MARTA, SENDER)
    assert mail["Subject"] == "Scegli una nuova password"
    token = mail.get_content().split("http://localhost:8000/join#")[1].split()[0]
    async with door() as marta:
        form = {"token": token, "password": "another password"}
        assert (await marta.post("/auth/join", data=form)).headers["location"] == "/"
    async with runtime.database.reading() as session:
        assert (await session.exec(select(Mail))).all() == []


@pytest.mark.parametrize("email", ["nobody@example.com", "", "x", "a\0b@x.it", "\ud83d@x.it"])
async def test_whoever_is_asked_for_the_answer_is_the_same_and_nobody_gets_mail(
    sqlite: Database, tmp_path: Path, server: MailServer, time: Time, email: str
) -> None:
    async with running(sqlite, tmp_path, smtp_url=server.url, mail_from=SENDER) as runtime:
        await make_account(sqlite)
        sent = email.encode(errors="surrogatepass").decode(errors="replace")
        assert await forgot(sent) == "/login?step=sent"
        await send_all(runtime, time)
        assert server.taken == []


async def test_nobody_is_looked_for_before_the_answer_is_given(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the time would tell who is there."""
    order: list[str] = []

    async def look(email: str) -> None:
        order.append(f"looked for {email}")

    monkeypatch.setattr(passwords, "_send_link", look)

    async def send(message: MutableMapping[str, Any]) -> None:
        order.append(str(message["type"]))

    async with running(sqlite, tmp_path):
        [route] = [each for each in passwords.routes() if each.path == "/auth/forgot"]
        body = f"email={MARTA}".encode()
        scope = {
            "type": "http", "method": "POST", "path": "/auth/forgot", "query_string": b"",
            "headers": [(b"origin", b"http://localhost:8000")], "client": ("127.0.0.1", 1),
        }  # fmt: skip
        received = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> MutableMapping[str, Any]:
            return next(received)

        await route.handle(scope, receive, send)
    assert order == ["http.response.start", "http.response.body", f"looked for {MARTA}"]


async def test_nobodys_box_is_flooded(
    sqlite: Database, tmp_path: Path, server: MailServer, time: Time
) -> None:
    async with running(sqlite, tmp_path, smtp_url=server.url, mail_from=SENDER) as runtime:
        await make_account(sqlite)
        for _ in range(3):
            await forgot(MARTA)
        await send_all(runtime, time)
        await forgot(MARTA)
        await send_all(runtime, time)
        assert len(server.taken) == 1
        time.now += timedelta(minutes=6)
        await forgot(MARTA)
        await send_all(runtime, time)
        assert len(server.taken) == 2
        async with door() as guesser:
            ends = [
                (await guesser.post("/auth/forgot", data={"email": "x@x.it"})).headers["location"]
                for _ in range(31)
            ]
        assert ends[-1] == "/login?step=forgot&error=wait"


async def test_who_is_invited_is_told_by_whom_in_the_companys_language(
    sqlite: Database, tmp_path: Path, server: MailServer, time: Time
) -> None:
    async with running(sqlite, tmp_path, smtp_url=server.url, mail_from=SENDER) as runtime:
        account, marta = await make_account(sqlite, "Case {x} del Sole")
        async with sqlite.transaction() as session:
            made = (session, account, "luca@example.com", "", Role.AGENT, time.now)
            person = await people.invite(*made, by=marta)
            await mails.ask(session, person, time.now, by=marta)
        await send_all(runtime, time)
        [mail] = server.taken
        assert mail["Subject"] == "Entra nella posta di Case {x} del Sole"
        assert "Marta ti invita" in mail.get_content()


async def test_what_the_server_does_not_take_is_tried_again_and_given_up_in_the_end(
    sqlite: Database, tmp_path: Path, server: MailServer, time: Time
) -> None:
    async with running(sqlite, tmp_path, smtp_url=server.url, mail_from=SENDER) as runtime:
        await make_account(sqlite)
        server.refusing = 451
        await forgot(MARTA)
        assert await send_next(runtime, time)
        assert not await send_next(runtime, time)
        server.refusing = None
        time.now += timedelta(minutes=1)
        await send_all(runtime, time)
        assert len(server.taken) == 1

        server.refusing, time.now = 550, time.now + timedelta(hours=1)
        await forgot(MARTA)
        for _ in range(6):
            await send_all(runtime, time)
            time.now += timedelta(hours=6)
        async with sqlite.reading() as session:
            assert (await session.exec(select(Mail))).all() == []
            whats = [entry.what for entry in (await session.exec(select(AuditEntry))).all()]
        assert whats[-1] == "user.mail_given_up"


@pytest.mark.parametrize("email", ["a,b@x.it", "müller@x.it", "a@[1", "a@x..it"])
async def test_an_address_that_is_none_is_given_up_too_and_holds_nobody_up(
    sqlite: Database, tmp_path: Path, server: MailServer, time: Time, email: str
) -> None:
    async with running(sqlite, tmp_path, smtp_url=server.url, mail_from=SENDER) as runtime:
        account, marta = await make_account(sqlite)
        async with sqlite.transaction() as session:
            made = (session, account, email, "", Role.AGENT, time.now)
            person = await people.invite(*made, by=marta)
            await mails.ask(session, person, time.now, by=marta)
        time.now += timedelta(seconds=1)
        await forgot(MARTA)
        await send_all(runtime, time)
        assert [mail["To"] for mail in server.taken] == [MARTA]
        for _ in range(6):
            time.now += timedelta(hours=6)
            await send_all(runtime, time)
        async with sqlite.reading() as session:
            assert (await session.exec(select(Mail))).all() == []


async def test_no_secret_waits_in_the_database(
    sqlite: Database, tmp_path: Path, server: MailServer, time: Time
) -> None:
    async with running(sqlite, tmp_path, smtp_url=server.url, mail_from=SENDER) as runtime:
        await make_account(sqlite)
        await forgot(MARTA)
        async with sqlite.reading() as session:
            assert (await session.exec(select(PasswordLink))).all() == []
        await send_all(runtime, time)
        async with sqlite.reading() as session:
            [link] = (await session.exec(select(PasswordLink))).all()
        assert link.expires_at == time.now + timedelta(hours=2)
        assert link.token_hash not in server.taken[0].get_content()


async def test_who_is_deactivated_meanwhile_gets_nothing(
    sqlite: Database, tmp_path: Path, server: MailServer, time: Time
) -> None:
    async with running(sqlite, tmp_path, smtp_url=server.url, mail_from=SENDER) as runtime:
        account, _ = await make_account(sqlite)
        await forgot(MARTA)
        async with sqlite.transaction() as session:
            (await people.by_email(session, account, MARTA)).disabled_at = time.now
        await send_all(runtime, time)
        assert server.taken == []


async def test_without_a_mail_server_nothing_is_noted(
    sqlite: Database, tmp_path: Path, time: Time
) -> None:
    async with running(sqlite, tmp_path) as runtime:
        await make_account(sqlite)
        assert await forgot(MARTA) == "/login?step=sent"
        assert not await send_next(runtime, time)
        async with sqlite.reading() as session:
            assert (await session.exec(select(Mail))).all() == []


async def test_doctor_says_whether_the_mail_server_takes_anything(
    sqlite: Database, tmp_path: Path, server: MailServer
) -> None:
    async with running(sqlite, tmp_path, smtp_url=server.url, mail_from=SENDER) as runtime:
        assert [finding async for finding in checks._mail(runtime)] == []
    url = server.url.replace("//", "//marta:secret@")
    async with running(sqlite, tmp_path, smtp_url=url, mail_from=SENDER) as runtime:
        [finding] = [finding async for finding in checks._mail(runtime)]
        assert "it offers no TLS" in finding.what
    nowhere = "smtp://marta:secret@127.0.0.1:1"
    async with running(sqlite, tmp_path, smtp_url=nowhere, mail_from=SENDER) as runtime:
        [finding] = [finding async for finding in checks._mail(runtime)]
        assert "ConnectionRefusedError" in finding.what
        assert "secret" not in repr(finding)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"smtp_url": "http://x"}, "SMTP_URL must look like smtp://user:password@host:587."),
        ({"smtp_url": "smtp://x"}, "MAIL_FROM must be given: SMTP_URL is."),
        ({"mail_from": "x\nBcc: y@z.it"}, "MAIL_FROM must be an e-mail address"),
    ],
)
def test_a_mail_setting_that_cannot_be_used_is_named(
    tmp_path: Path, given: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        load(None, data_dir=tmp_path, **given)
    assert sentence in str(refused.value)
