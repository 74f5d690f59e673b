"""What an admin types, checked; secrets are encrypted before anything else happens to them."""

import re

from inbox_app.domain.connecting import SetupProblem
from inbox_app.domain.texts import pasted
from inbox_app.pages import untrusted
from inbox_app.runtime import current_runtime
from inbox_app.services.connecting.connection_setup import Credentials

_META_ID = re.compile(r"[0-9]{1,32}")
_PIN = re.compile(r"[0-9]{6}")
_TOKEN = re.compile(r"[!-~]{8,2048}")


def read_credentials(form: object, *, renewed: bool) -> Credentials | SetupProblem:
    """All of the form, or what of it will not do; in renewing only the secrets count."""
    phone, waba = _field(form, "phone_number_id"), _field(form, "waba_id")
    if not renewed and not _META_ID.fullmatch(phone):
        return SetupProblem.PHONE_NUMBER_ID
    if not renewed and not _META_ID.fullmatch(waba):
        return SetupProblem.WABA_ID
    return _with_secrets(form, phone, waba)


def read_new_secrets(form: object) -> Credentials | SetupProblem:
    """The secrets that are given anew, or the one that will not do."""
    return _with_secrets(form, "", "")


def meta_id(value: object) -> str:
    """One of Meta's ids; "" for what is none."""
    text = pasted(untrusted.text(value, 64) or "")
    return text if _META_ID.fullmatch(text) else ""


def _with_secrets(form: object, phone_number_id: str, waba_id: str) -> Credentials | SetupProblem:
    token, pin = _field(form, "token"), _field(form, "pin")
    if token and not _TOKEN.fullmatch(token):
        return SetupProblem.TOKEN
    if pin and not _PIN.fullmatch(pin):
        return SetupProblem.PIN
    return Credentials(
        phone_number_id=phone_number_id, waba_id=waba_id, token=_sealed(token), pin=_sealed(pin)
    )


def _field(form: object, name: str) -> str:
    value = untrusted.text(form.get(name), 4096) if isinstance(form, dict) else None
    return pasted(value or "")


def _sealed(secret: str) -> str:
    return current_runtime().vault.encrypt(secret) if secret else ""
