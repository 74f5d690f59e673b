"""What stands between a guesser and the passwords; one for each process."""

from datetime import timedelta

from anyio import CapacityLimiter, to_thread

from inbox_app.domain.accounts.sign_in_throttle import SignInThrottle
from inbox_app.services.accounts.accounts import MAX_PASSWORD, check_password
from inbox_app.vault import hash_password, is_password

_A_MINUTE = timedelta(minutes=1)


class SignInGuard:
    """Slows guessing down, and how much hashing goes on at once."""

    def __init__(self) -> None:
        self.throttle = SignInThrottle()
        # Each hash takes 64 MB and a core for some tens of milliseconds.
        self._hashing = CapacityLimiter(2)

    async def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether it is the password of this hash; takes as long when there is none."""
        tried = password[:MAX_PASSWORD]
        return await to_thread.run_sync(is_password, tried, password_hash, limiter=self._hashing)

    async def hashed(self, password: str) -> str:
        """A new password's hash. Raises ``AccountRefusedError`` for one that is too short."""
        check_password(password)
        return await to_thread.run_sync(hash_password, password, limiter=self._hashing)


def too_soon(wait: timedelta) -> str:
    """Which of the two sentences of the forms says how long to wait."""
    return "wait" if wait <= _A_MINUTE else "throttled"
