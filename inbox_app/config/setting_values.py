"""How the text of a setting is read: addresses, origins, switches, lists of secrets."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
_PORTS = {"http": 80, "https": 443}
_BUCKET = re.compile(r"s3://([A-Za-z0-9._-]{3,63})(/[^?#]*)?")
_SPELLINGS = {"true": "1", "yes": "1", "on": "1", "false": "0", "no": "0", "off": "0"}


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def split_secrets(secret: SecretStr | None) -> tuple[str, ...]:
    """The secrets between the commas."""
    parts = secret.get_secret_value().split(",") if secret else []
    return tuple(part.strip() for part in parts if part.strip())


class SmtpAddress(NamedTuple):
    """Where a mail server is and how one signs in; TLS from the start, or once it is offered."""

    host: str
    port: int
    user: str
    password: str
    tls_at_once: bool


def read_smtp_url(url: str) -> SmtpAddress:
    """Of ``smtp://user:password@host:587`` or ``smtps://…:465``. Raises ``ValueError``."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError
    at_once = parts.scheme == "smtps"
    port = parts.port or (465 if at_once else 587)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return SmtpAddress(parts.hostname, port, user, password, at_once)


def _smtp_url(secret: SecretStr) -> SecretStr:
    read_smtp_url(secret.get_secret_value())
    return secret


def _ip_address(value: str) -> str:
    if value == "localhost":
        return "127.0.0.1"
    return str(ipaddress.ip_address(value.strip("[]")))


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in _PORTS or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return value.rstrip("/")


def _origin(value: str) -> str:
    """As browsers write it: lower case, without the scheme's own port."""
    parts = urlsplit(_web_address(value))
    if parts.path or parts.username or parts.port == 0:
        raise ValueError
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(f':{_PORTS[parts.scheme]}')}"


def _with_async_driver(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    if scheme in _DRIVERS.values():
        return value
    if not separator or scheme not in _DRIVERS:
        raise ValueError
    return f"{_DRIVERS[scheme]}://{rest}"


def split_bucket(url: str) -> tuple[str, str] | None:
    """The bucket's name and the prefix in it, without slashes around; None for a folder."""
    found = _BUCKET.fullmatch(url)
    return (found[1], (found[2] or "").strip("/")) if found else None


def _storage(value: str) -> str:
    if split_bucket(value):
        return value
    if "://" in value:
        raise ValueError
    return str(Path(value).expanduser().absolute())


def _switch(value: object) -> str:
    text = str(value).strip().lower()
    return _SPELLINGS.get(text, text)


IpAddress = Annotated[str, AfterValidator(_ip_address)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Origin = Annotated[str, AfterValidator(_origin)]
DatabaseUrl = Annotated[str, AfterValidator(_with_async_driver)]
SmtpUrl = Annotated[SecretStr, AfterValidator(_smtp_url)]
StorageUrl = Annotated[str, AfterValidator(_storage)]
Switch = Annotated[Literal["auto", "1", "0"], BeforeValidator(_switch)]
