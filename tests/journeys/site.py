"""The server under the journeys and the network in front of it; both can fail, and come back."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from sqlmodel import col, select, update

from inbox_app.clock import move_sandbox_clock, real_now
from inbox_app.database import Database
from inbox_app.domain.notifications import Preferences, Sound
from inbox_app.models import Role, Session, User
from inbox_app.queries.accounts.away import Away, away_of
from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from inbox_app.services.accounts import api_keys, people
from inbox_app.services.accounts.accounts import NewAccount, NewUser, create_account
from inbox_app.services.away.set_away import set_away
from inbox_app.services.notifications.preferences import prefer
from inbox_app.vault import fingerprint, hash_password
from tests.journeys.network import network
from tests.queries.conversations import begin
from tests.support.figures import count_figures
from tests.support.patience import PATIENCE
from tests.support.samples import webhook_bodies
from tests.support.servers.local_web import CERTIFICATE, SERVER, local_web
from tests.support.servers.serving import Served, free_port, serving
from tests.support.tour import have_had_the_tour

PASSWORD = "demo-inbox"
_APP_SECRET = "the app secret of the journeys"


class Site:
    """Where the browsers go is `url`; the methods are what happens behind it."""

    def __init__(self, data_dir: Path, stack: ExitStack) -> None:
        self._data_dir, self._stack = data_dir, stack
        port, self._behind = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.web = stack.enter_context(local_web(data_dir))
        """Somebody else's https server."""
        self.network = stack.enter_context(network(port, self._behind))
        self._served = self._serve()
        self.hold_sends(0)
        have_had_the_tour(data_dir)

    def restart(self) -> None:
        """Kill the server as a power cut would, and start it again."""
        self._served.kill()
        self._served = self._serve()

    def make_company(self, email: str, *, conversations: int = 0, knows: bool = True) -> str:
        """Another company, of which nothing is there yet but its admin, and so many people to write
        to, the newest with the lowest number; answers the admin's e-mail. Who `knows` the inbox has
        had the tour of it."""
        self._beside(self._make_company(email, conversations))
        self.hold_sends(0)
        if knows:
            have_had_the_tour(self._data_dir)
        return email

    def hold_sends(self, seconds: float) -> None:
        """What anybody sends from now on, who has not signed in yet, waits so long to be taken
        back."""
        self._beside(self._hold_sends(round(seconds)))

    @contextmanager
    def away(self, *urgent_words: str, on_call: str) -> Iterator[None]:
        """Their company is closed meanwhile, and who is on call has chosen silence."""
        before: list[Away] = []
        self._beside(self._set_away(on_call, before, urgent_words))
        yield
        self._beside(self._set_away(on_call, before, ()))

    async def _set_away(self, on_call: str, before: list[Away], urgent: tuple[str, ...]) -> None:
        database, now = self._database(), real_now()
        async with database.transaction() as session:
            user = (await session.exec(select(User).where(User.email == on_call))).one()
            away, sound = await away_of(session, user.account_id), Sound.NONE
            if before:
                chosen, sound = before[0], Sound.SOFT
            else:
                shut = replace(away.hours, days=((),) * 7)
                chosen = replace(away, urgent_words=urgent, on_call=(user.id,), hours=shut)
            before.append(away)
            await set_away(session, user.account_id, user.id, chosen, now)
            prefers = Preferences(sound=sound, time_zone="Europe/Rome")
            await prefer(session, user.account_id, user.id, prefers)
        await database.close()

    @contextmanager
    def third_person(self, email: str, name: str) -> Iterator[str]:
        """Meanwhile one more agent works in the demo's company; answers their e-mail."""
        self._beside(self._hire(email, name))
        yield email
        self._beside(self._let_go(email))

    async def _hire(self, email: str, name: str) -> None:
        database, now = self._database(), real_now()
        async with database.transaction() as session:
            agents = select(User).where(User.role == Role.AGENT).order_by(col(User.id))
            agent = (await session.exec(agents.limit(1))).one()
            session.add(
                User(
                    account_id=agent.account_id,
                    email=email,
                    name=name,
                    role=Role.AGENT,
                    password_hash=agent.password_hash,
                    undo_seconds=0,
                    tour_seen_at=now,
                    created_at=now,
                )
            )
        await database.close()

    async def _let_go(self, email: str) -> None:
        database = self._database()
        async with database.transaction() as session:
            user = (await session.exec(select(User).where(User.email == email))).one()
            await people.deactivate(session, user, real_now())
        await database.close()

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        # Playwright's own loop runs in this thread.
        with ThreadPoolExecutor(1) as beside:
            beside.submit(asyncio.run, work).result()

    async def _hold_sends(self, seconds: int) -> None:
        database = self._database()
        async with database.transaction() as session:
            await session.exec(update(User).values(undo_seconds=seconds))
        await database.close()

    def _database(self) -> Database:
        return Database(f"sqlite+aiosqlite:///{self._data_dir / 'inbox.db'}")

    async def _make_company(self, email: str, conversations: int) -> None:
        database = self._database()
        admin = NewUser(email=email, password_hash=hash_password(PASSWORD), name="Carla Neri")
        async with database.transaction() as session:
            now, company = real_now(), NewAccount(name="Nuova Società")
            owner = await create_account(session, company, admin, now)
            for number in range(conversations):
                at = now - timedelta(minutes=number)
                await begin(session, owner.account_id, at, f"39347000{number:04}")
        await database.close()

    def sign_in(self, email: str) -> tuple[str, str]:
        """A new session's cookie: its name and value. Nobody compares a password for it: that takes
        a quarter of a second on purpose, and the journeys of signing in do so."""
        token = uuid4().hex
        self._beside(self._start_session(email, token))
        return "sid", token

    async def _start_session(self, email: str, token: str) -> None:
        database, now = self._database(), real_now()
        async with database.transaction() as session:
            user = (await session.exec(select(User).where(User.email == email))).one()
            session.add(
                Session(
                    account_id=user.account_id,
                    user_id=user.id,
                    token_hash=fingerprint(token),
                    created_at=now,
                    seen_at=now,
                )
            )
        await database.close()

    def pms(self, email: str) -> httpx.Client:
        """The property-management system of this person's company, at the HTTP API."""
        with ThreadPoolExecutor(1) as beside:
            key = beside.submit(asyncio.run, self._make_key(email)).result()
        return httpx.Client(
            base_url=f"{self._served.url}/api/v1",
            headers={"Authorization": f"Bearer {key}"},
            timeout=PATIENCE,
        )

    async def _make_key(self, email: str) -> str:
        database = self._database()
        async with database.transaction() as session:
            user = (await session.exec(select(User).where(User.email == email))).one()
            made = await api_keys.create(session, user.account_id, "The PMS", real_now())
        await database.close()
        assert made is not None
        return made[1]

    def move_clock(self, by: timedelta | None) -> None:
        """Move the sandbox's time on; None puts it right."""
        move_sandbox_clock(self._data_dir / "sandbox-clock", by)

    def count_figures(self) -> None:
        """What was said until now, as the job does within a minute."""
        self._beside(self._count_figures())

    async def _count_figures(self) -> None:
        database = self._database()
        await count_figures(database, real_now())
        await database.close()

    def break_meta(self, **switches: object) -> None:
        """Turn switches of `sandbox.faults.Faults`."""
        self._tell("POST", "/sandbox/faults", switches)

    def mend_meta(self) -> None:
        """All switches back."""
        self._tell("DELETE", "/sandbox/faults", {})

    def review(self, template: str, event: str) -> None:
        """Meta changes her mind about a template, by her name of it, and a webhook says so."""
        self._tell("POST", "/sandbox/templates", {"name": template, "event": event})

    def receive(
        self, number: str, *texts: str, name: str = "", ago: timedelta = timedelta()
    ) -> None:
        """Meta tells that `number` (E.164) wrote these, a second apart, the last one `ago`."""
        contents = [{"type": "text", "text": {"body": text}} for text in texts]
        self.hear(number, *contents, name=name, ago=ago)

    def hear(
        self,
        number: str,
        *contents: webhook_bodies.Json,
        name: str = "",
        ago: timedelta = timedelta(),
    ) -> None:
        """The same of messages of any type, each as Meta writes it; an `id` of its own may be
        among it."""
        first = datetime.now(UTC) - ago - timedelta(seconds=len(contents) - 1)
        wa_id = number.removeprefix("+")
        messages = [
            webhook_bodies.message(
                f"wamid.{uuid4().hex}", first + timedelta(seconds=at), content, wa_id=wa_id
            )
            for at, content in enumerate(contents)
        ]
        change = webhook_bodies.change(
            messages=messages,
            contacts=[webhook_bodies.contact(name, wa_id=wa_id)],
            phone_number_id=DEMO_NUMBER.phone_number_id,
        )
        body = webhook_bodies.post(change)
        signature = {"X-Hub-Signature-256": webhook_bodies.sign(body, _APP_SECRET)}
        with _client(self._served.url) as meta:
            meta.post("/webhooks/whatsapp", content=body, headers=signature).raise_for_status()

    def _tell(self, method: str, path: str, told: dict[str, object]) -> None:
        with _client(self._served.url) as sandbox:
            sandbox.request(method, path, json=told).raise_for_status()

    def _serve(self) -> Served:
        ours = {"PUBLIC_URL": self.url, "SANDBOX": "1", "META_APP_SECRET": _APP_SECRET}
        ours[CERTIFICATE] = str(self.web.certificate)
        served = serving(self._data_dir, self._behind, module=SERVER, **ours)
        return self._stack.enter_context(served)


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"Origin": url}, timeout=PATIENCE)
