"""What Meta says of a token (`debug_token`, docs/whatsapp.md §7.2)."""

from dataclasses import dataclass
from datetime import datetime

from inbox_app.channels.whatsapp.graph.errors import without_tokens
from inbox_app.channels.whatsapp.json_values import Json, ident, items, mapping, moment, words

SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenDetails:
    """What is none was not told."""

    valid: bool | None
    why_not: str | None
    """Meta's words, when it is not valid."""
    app_id: str | None
    missing: tuple[str, ...]
    """Of the scopes that we need; none when no scopes were told."""
    expires_at: datetime | None
    """None when it never does, too."""
    wabas: tuple[str, ...] | None
    """The business accounts that it is limited to; none when it is limited to none."""

    def reaches(self, waba_id: str) -> bool:
        return self.wabas is None or waba_id in self.wabas


def read_token(told: Json) -> TokenDetails:
    """Read an answer."""
    scopes = {scope for scope in items(told.get("scopes")) if isinstance(scope, str)}
    valid, why_not = told.get("is_valid"), words(mapping(told.get("error")).get("message"))
    return TokenDetails(
        valid=valid if isinstance(valid, bool) else None,
        why_not=why_not and without_tokens(why_not),
        app_id=ident(told.get("app_id")),
        missing=tuple(scope for scope in SCOPES if scope not in scopes) if scopes else (),
        expires_at=moment(told.get("expires_at")),
        wabas=_limits(told),
    )


def _limits(told: Json) -> tuple[str, ...] | None:
    """What all scopes that we need have in common; a scope without targets is for all."""
    limits: list[list[str]] = []
    for granted in map(mapping, items(told.get("granular_scopes"))):
        targets = [id_ for target in items(granted.get("target_ids")) if (id_ := ident(target))]
        if granted.get("scope") in SCOPES and targets:
            limits.append(targets)
    if not limits:
        return None
    return tuple(id_ for id_ in limits[0] if all(id_ in targets for targets in limits))
