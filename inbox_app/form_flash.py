"""What somebody typed into a form that was refused, kept for its next showing: never a password."""

import json
from collections.abc import Mapping

from inbox_app.vault import Vault

COOKIE = "form"
SECONDS = 300
_PURPOSE = "kept form"


def seal(vault: Vault, values: Mapping[str, str]) -> str:
    """For a cookie of a few minutes: not in the address, where logs and histories would keep it."""
    packed = json.dumps({name: value[:200] for name, value in values.items()})
    text = packed.encode().hex()
    return f"{text}.{vault.sign(text, _PURPOSE)}"


def unseal(vault: Vault, sealed: str) -> dict[str, str]:
    """What was kept; nothing when it is not of our making."""
    text, _, signature = sealed.partition(".")
    if not vault.is_signed(text, _PURPOSE, signature):
        return {}
    try:
        return json.loads(bytes.fromhex(text))
    except ValueError:
        return {}
