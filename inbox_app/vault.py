"""Encryption of tokens and codes at rest, password hashes, signed values."""

import base64
import hashlib
import hmac
import secrets
from contextlib import suppress

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_passwords = PasswordHasher()


def _nobodys_hash() -> str:
    """What no password gives and yet takes as long to check; made without hashing anything."""
    cost = f"m={_passwords.memory_cost},t={_passwords.time_cost},p={_passwords.parallelism}"
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (_passwords.salt_len, _passwords.hash_len)
    )
    return f"$argon2id$v=19${cost}${salt}${digest}"


_NOBODYS_HASH = _nobodys_hash()


class Vault:
    """Everything that the installation's ``SECRET_KEY`` protects."""

    def __init__(self, secret_key: str) -> None:
        self._tokens = Fernet(base64.urlsafe_b64encode(_derive(secret_key, b"tokens at rest")))
        self._signing_key = _derive(secret_key, b"signed values")

    def encrypt(self, token: str) -> str:
        """Fernet, for a text column."""
        return self._tokens.encrypt(token.encode()).decode()

    def decrypt(self, encrypted: str) -> str:
        """Raises ``cryptography.fernet.InvalidToken`` when ``SECRET_KEY`` is another one by now."""
        return self._tokens.decrypt(encrypted.encode()).decode()

    def encrypt_or_none(self, secret: str | None) -> str | None:
        """For a column that may be empty; None for nothing."""
        return self.encrypt(secret) if secret else None

    def decrypt_or_none(self, encrypted: str | None) -> str | None:
        """None where nothing is, or nothing that can be read: ``SECRET_KEY`` is another one by
        now."""
        if not encrypted:
            return None
        with suppress(InvalidToken):
            return self.decrypt(encrypted)
        return None

    def sign(self, value: str, purpose: str) -> str:
        """An HMAC of ``value`` that is good for ``purpose`` alone."""
        return hmac.new(self._signing_key, f"{purpose}\0{value}".encode(), "sha256").hexdigest()

    def is_signed(self, value: str, purpose: str, signature: str) -> bool:
        """Whether ``signature`` is ours; in constant time."""
        return hmac.compare_digest(self.sign(value, purpose).encode(), signature.encode())


def _derive(secret_key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret_key.encode())


def hash_password(password: str) -> str:
    """Argon2id; takes some tens of milliseconds of CPU, so call it off the event loop."""
    return _passwords.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether it fits. Takes as long when there is nobody to fit (``None``), so that the time tells
    nothing. Call it off the event loop."""
    try:
        fits = _passwords.verify(password_hash or _NOBODYS_HASH, password)
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None


def new_token() -> str:
    """A secret for a cookie or an API key: 256 random bits, safe in a header."""
    return secrets.token_urlsafe(32)


def new_short_code() -> str:
    """A secret that people copy by hand: 50 random bits, without signs that look alike. To be kept
    as what ``Vault.sign`` makes of it: bare hashes of so few could be tried through."""
    return "".join(secrets.choice(_EASY_SIGNS) for _ in range(10))


_EASY_SIGNS = "23456789abcdefghijkmnpqrstuvwxyz"


def fingerprint(token: str) -> str:
    """What is stored of a random token: enough to find it, useless to who reads the table."""
    return hashlib.sha256(token.encode()).hexdigest()
