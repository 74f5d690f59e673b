"""What is asked for besides the password: the code of an authenticator app (RFC 6238), or a
recovery code when the phone is gone (X1)."""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum

from pyotp.totp import TOTP

ISSUER = "Inbox"
"""What an authenticator app calls us."""
RECOVERY_CODES = 10
SETTING_UP_LASTS = timedelta(minutes=15)
"""How long a secret waits for its first code."""
_LONGEST_CODE = 40
_DRIFT = (-1, 0, 1)
"""Phones' clocks, and people, may be half a minute off."""


class SecondStep(StrEnum):
    """What stands between the right password and a session."""

    NONE = "none"
    CODE = "code"
    SET_UP = "set_up"


def second_step(*, has_factor: bool, is_required: bool) -> SecondStep:
    """A company may require of everybody what a person has not set up yet."""
    if has_factor:
        return SecondStep.CODE
    return SecondStep.SET_UP if is_required else SecondStep.NONE


def matching_step(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """Of which thirty seconds `code` is the app's, if these come later than `after`: a code that
    was used serves no more, nor one before it. Compares with all that may fit, in constant time."""
    otp = TOTP(secret)
    steps = [otp.timecode(now) + drift for drift in _DRIFT]
    fits = [step for step in steps if hmac.compare_digest(_code(otp, step), code.encode())]
    return max((step for step in fits if step > after), default=None)


def _code(otp: TOTP, step: int) -> bytes:
    return otp.generate_otp(step).encode()


def setting_up_address(secret: str, email: str) -> str:
    """What the QR code says, for an authenticator app."""
    return TOTP(secret, name=email, issuer=ISSUER).provisioning_uri()


def clean_code(typed: str) -> str:
    """The one spelling of a code, whatever it was grouped or written like."""
    return "".join(filter(str.isalnum, typed[:_LONGEST_CODE])).lower()


def shown_recovery_code(code: str) -> str:
    """In two halves, easier to copy by hand."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"
