"""``/webhooks/whatsapp``: Meta's verification, and its events, on disk before their 200."""

import hmac
from collections.abc import Callable, Sequence
from enum import IntEnum
from urllib.parse import parse_qs

from starlette.types import Receive, Scope, Send

from inbox_app import clock
from inbox_app.api.body import RETRY_AFTER_SECONDS, BodyError, BodyReader
from inbox_app.api.group_commit import GroupCommit, NotKeptError
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.webhooks import signature
from inbox_app.live import Queue
from inbox_app.operating import metrics
from inbox_app.runtime import Runtime, current_runtime
from inbox_app.services.intake import store_webhook
from inbox_app.services.intake.store_webhook import RawEvent

PATH = "/webhooks/whatsapp"
MAX_BYTES = 3 * 1024 * 1024
_BODY = BodyReader(MAX_BYTES, seconds=10.0)


class Webhook:
    """The bare ASGI app; everything it needs is in the process's runtime."""

    def __init__(
        self, current: Callable[[], Runtime] = current_runtime, body: BodyReader = _BODY
    ) -> None:
        self._current, self._body = current, body
        self._intake: _Intake | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        match scope["method"]:
            case "POST":
                await _answer(send, await self._post(scope, receive))
            case "GET":
                challenge = self._challenge(scope)
                await _answer(send, 403 if challenge is None else 200, challenge or b"")
            case _:
                await _answer(send, 405)

    async def _post(self, scope: Scope, receive: Receive) -> int:
        outcome = _Outcome.KEPT
        try:
            await self._receive(scope, receive)
        except _RefusedError as refusal:
            outcome = refusal.outcome
        metrics.WEBHOOKS.labels(outcome.name.lower()).inc()
        return outcome.value

    async def _receive(self, scope: Scope, receive: Receive) -> None:
        intake = self._of(self._current())
        signed = _header(scope, b"x-hub-signature-256")
        if not intake.secrets or not signature.is_signature(signed):
            raise _RefusedError(_Outcome.FORGED)
        try:
            async with self._body.read(receive, _header(scope, b"content-length")) as body:
                if not signature.verify(body, signed, intake.secrets):
                    raise _RefusedError(_Outcome.FORGED)
                await intake.commits.put(RawEvent(body, clock.now()))
        except NotKeptError:
            raise _RefusedError(_Outcome.NOT_KEPT) from None
        except BodyError as refused:
            raise _RefusedError(_Outcome(refused.status)) from None

    def _challenge(self, scope: Scope) -> bytes | None:
        """What to say back to Meta (docs/whatsapp.md §1.1), or none when it does not know our
        token."""
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        mode, token, challenge = (
            asked.get(f"hub.{name}", [""])[0] for name in ("mode", "verify_token", "challenge")
        )
        ours = self._current().settings.verify_token
        knows = ours is not None and hmac.compare_digest(ours.encode(), token.encode())
        return challenge.encode() if knows and mode == "subscribe" and challenge else None

    def _of(self, current: Runtime) -> "_Intake":
        if self._intake is None or self._intake.runtime is not current:
            self._intake = _Intake(current)
        return self._intake


class _Intake:
    """What belongs to one runtime: its secrets, and the commits under way."""

    def __init__(self, current: Runtime) -> None:
        self.runtime = current
        self.secrets = [secret.encode() for secret in current.settings.app_secrets]
        self.commits = GroupCommit(self._keep)

    async def _keep(self, events: Sequence[RawEvent]) -> None:
        await store_webhook.store(self.runtime.database.append, WHATSAPP, events)
        self.runtime.live.wake(Queue.UNDERSTAND)


class _Outcome(IntEnum):
    """What becomes of a post, with the answer it gets."""

    KEPT = 200
    BROKEN_OFF = 400
    FORGED = 401
    TOO_SLOW = 408
    TOO_LARGE = 413
    NOT_KEPT = 503


class _RefusedError(Exception):
    def __init__(self, outcome: _Outcome) -> None:
        super().__init__(outcome.name)
        self.outcome = outcome


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


_MORE_HEADERS: dict[int, list[tuple[bytes, bytes]]] = {
    _Outcome.TOO_SLOW: [(b"connection", b"close")],
    _Outcome.NOT_KEPT: [(b"retry-after", str(RETRY_AFTER_SECONDS).encode())],
}


async def _answer(send: Send, status: int, body: bytes = b"") -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        *_MORE_HEADERS.get(status, ()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
