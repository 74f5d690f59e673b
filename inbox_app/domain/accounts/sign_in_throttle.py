"""Guessing passwords is slowed down, by who tries and for whom; nobody is locked out."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

NO_WAIT = timedelta(0)
_LONGEST_EMAIL = 254
_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Backoff:
    """So many failures are free; the next attempt waits, and after each further one twice as long.

    As time passes, failures are forgiven one by one.
    """

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgiven_every: timedelta


PAIR = Backoff(5, timedelta(seconds=5), timedelta(minutes=15), timedelta(hours=1))
"""With one person's e-mail, from one network."""
PAIR_UNDER_ATTACK = Backoff(1, timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1))
"""The same while that e-mail is tried from everywhere: who knows the password needs one attempt."""
NETWORK = Backoff(30, timedelta(seconds=5), timedelta(minutes=2), timedelta(minutes=2))
"""From one network, with any e-mail. An office is behind one address."""
EMAIL = Backoff(30, NO_WAIT, NO_WAIT, timedelta(minutes=10))
"""With one e-mail, from anywhere: more than these are an attack, but never make anybody wait."""
CODE = Backoff(10, timedelta(seconds=30), timedelta(minutes=15), timedelta(hours=1))
"""A person's second step, from anywhere: who tries it knows their password."""


@dataclass(frozen=True, slots=True)
class _Failures:
    count: float
    at: datetime

    def left(self, backoff: Backoff, now: datetime) -> float:
        """A clock that was set back forgives nothing, and takes nothing back."""
        passed = max(NO_WAIT, now - self.at)
        return max(0.0, self.count - passed / backoff.forgiven_every)


class Failures:
    """Counts failed attempts by name; of too many names it forgets the ones tried longest ago."""

    def __init__(self, names: int = 50_000) -> None:
        self._names = names
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def wait(self, name: str, backoff: Backoff, now: datetime) -> timedelta:
        """How long `name` has to wait before the next attempt."""
        failures = self._failures.get(name)
        if failures is None or not self.exceed(name, backoff, now):
            return NO_WAIT
        doublings = min(_DOUBLINGS, round(failures.count) - backoff.free)
        wait = min(backoff.longest_wait, backoff.first_wait * 2**doublings)
        return min(wait, max(NO_WAIT, failures.at + wait - now))

    def exceed(self, name: str, backoff: Backoff, now: datetime) -> bool:
        """Whether the free failures are used up."""
        failures = self._failures.get(name)
        return failures is not None and round(failures.left(backoff, now)) >= backoff.free

    def count(self, name: str, backoff: Backoff, now: datetime) -> None:
        """One more attempt: a failure until it is taken back."""
        before = self._failures.pop(name, None)
        left = before.left(backoff, now) if before else 0.0
        self._failures[name] = _Failures(left + 1, now)
        if len(self._failures) > self._names:
            self._failures.popitem(last=False)

    def take_back(self, name: str) -> None:
        """The last attempt was none."""
        if failures := self._failures.get(name):
            self._failures[name] = _Failures(max(0.0, failures.count - 1), failures.at)

    def forgive(self, name: str) -> None:
        """It was the right person after all."""
        self._failures.pop(name, None)


class SignInThrottle:
    """Who may try a password now. Each attempt counts at once, before its outcome is known."""

    def __init__(self) -> None:
        self._of_pair, self._of_network, self._of_email = Failures(), Failures(), Failures()
        self._of_code = Failures()

    def attempt(self, email: str, address: str, now: datetime) -> timedelta:
        """Zero: go on, it is counted. Otherwise how long to wait; that counts as nothing."""
        network, email = network_of(address), email[:_LONGEST_EMAIL]
        pair = f"{network} {email}"
        under_attack = self._of_email.exceed(email, EMAIL, now)
        backoff = PAIR_UNDER_ATTACK if under_attack else PAIR
        wait = max(
            self._of_pair.wait(pair, backoff, now), self._of_network.wait(network, NETWORK, now)
        )
        if not wait:
            self._of_pair.count(pair, backoff, now)
            self._of_network.count(network, NETWORK, now)
            self._of_email.count(email, EMAIL, now)
        return wait

    def attempt_unnamed(self, address: str, now: datetime) -> timedelta:
        """The same where there is no e-mail to guess for."""
        network = network_of(address)
        wait = self._of_network.wait(network, NETWORK, now)
        if not wait:
            self._of_network.count(network, NETWORK, now)
        return wait

    def attempt_code(self, email: str, address: str, now: datetime) -> timedelta:
        """The same for the code that is asked for once the password was right."""
        network, email = network_of(address), email[:_LONGEST_EMAIL]
        wait = max(
            self._of_code.wait(email, CODE, now), self._of_network.wait(network, NETWORK, now)
        )
        if not wait:
            self._of_code.count(email, CODE, now)
            self._of_network.count(network, NETWORK, now)
        return wait

    def code_succeeded(self, email: str, address: str) -> None:
        """Both were right, password and code."""
        self.succeeded(email, address)
        self._of_network.take_back(network_of(address))
        self._of_code.forgive(email[:_LONGEST_EMAIL])

    def succeeded(self, email: str, address: str) -> None:
        """The password was right: of this e-mail all is forgiven here, of the network only this
        attempt, or one's own sign-in would pay for guessing at others'."""
        network, email = network_of(address), email[:_LONGEST_EMAIL]
        self._of_pair.forgive(f"{network} {email}")
        self._of_network.take_back(network)
        self._of_email.take_back(email)


def network_of(address: str) -> str:
    """Who counts as one: an IPv4 address, or the /64 of IPv6 that one customer has to himself.

    Some proxies add the port, which a guesser may choose anew each time.
    """
    host = address[1:].partition("]")[0] if address.startswith("[") else address
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        ip = ip_address(host.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return f"{IPv6Address(int(ip) >> 64 << 64)}/64"
