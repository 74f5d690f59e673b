"""Why a message was not delivered, in plain words."""

_ELSE = "WhatsApp could not deliver this message."


def failure_text(code: int | None) -> str:
    """The English sentence for Meta's ``code``, a key of the catalogues; empty for none."""
    return _ELSE if code else ""
