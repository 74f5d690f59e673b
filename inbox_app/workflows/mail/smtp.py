"""Hands mail to the installation's mail server."""

import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from anyio import to_thread

from inbox_app.config.setting_values import SmtpAddress

_SECONDS = 20.0


class NotSentError(Exception):
    """The server has not taken it; says why in a word that holds no secret."""


async def send(address: SmtpAddress, message: EmailMessage) -> None:
    """Raises ``NotSentError``."""
    await to_thread.run_sync(_send, address, message)


async def why_away(address: SmtpAddress) -> str | None:
    """Why nothing could be sent now; None where it could."""
    try:
        await to_thread.run_sync(_greet, address)
    except NotSentError as error:
        return str(error)
    return None


def _send(address: SmtpAddress, message: EmailMessage) -> None:
    with _told_plainly(), _signed_in(address) as server:
        server.send_message(message)


def _greet(address: SmtpAddress) -> None:
    with _told_plainly(), _signed_in(address) as server:
        server.noop()


@contextmanager
def _told_plainly() -> Generator[None]:
    """What a server answers may repeat an address or a secret: its number is enough."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused:
        raise NotSentError("the recipient is refused") from None
    except smtplib.SMTPResponseException as error:
        raise NotSentError(f"the server answers {error.smtp_code}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise NotSentError(type(error).__name__) from None


@contextmanager
def _signed_in(address: SmtpAddress) -> Generator[smtplib.SMTP]:
    """What was taken is taken, however the server says goodbye."""
    trusted = ssl.create_default_context()
    server = _connect(address, trusted)
    try:
        encrypted = address.tls_at_once
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=trusted)
            encrypted = True
        if address.user and not encrypted:
            raise NotSentError("it offers no TLS, so it is not given the password")
        if address.user:
            server.login(address.user, address.password)
        yield server
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


def _connect(address: SmtpAddress, trusted: ssl.SSLContext) -> smtplib.SMTP:
    where = (address.host, address.port)
    if address.tls_at_once:
        return smtplib.SMTP_SSL(*where, timeout=_SECONDS, context=trusted)
    server = smtplib.SMTP(*where, timeout=_SECONDS)
    server.ehlo_or_helo_if_needed()
    return server
