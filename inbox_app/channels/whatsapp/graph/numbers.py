"""A business number as Meta tells of it (docs/whatsapp.md §7.3)."""

from dataclasses import dataclass

from inbox_app.channels.whatsapp.json_values import Json, ident, words
from inbox_app.channels.whatsapp.webhooks.number_changes import tier


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberDetails:
    """What is none was not told. ``display`` is formatted for people."""

    id: str | None
    display: str | None
    verified_name: str | None
    quality_rating: str | None = None
    messaging_limit: str | None = None
    number_status: str | None = None
    name_status: str | None = None
    verification: str | None = None
    platform: str | None = None
    on_app: bool = False
    """It lives in the phone's WhatsApp Business app too."""

    @property
    def wants_registering(self) -> bool:
        """Not a number that is in use already, nor one that lives in the phone's app too."""
        if self.number_status == "CONNECTED" or self.on_app:
            return False
        return self.platform == "NOT_APPLICABLE" or self.number_status in _NOT_REGISTERED

    @property
    def is_unverified(self) -> bool:
        """Nobody has shown yet that it is theirs, and registering it would be refused. Of a number
        in use Meta says EXPIRED, and it does no harm."""
        return self.wants_registering and self.verification in _NOT_VERIFIED


_NOT_REGISTERED = ("PENDING", "DISCONNECTED", "UNVERIFIED")
_NOT_VERIFIED = ("NOT_VERIFIED", "UNVERIFIED", "EXPIRED")


def read_number(told: Json) -> NumberDetails:
    """Read one from an answer, or from a list of a business account's."""
    return NumberDetails(
        id=ident(told.get("id")),
        display=words(told.get("display_phone_number")),
        verified_name=words(told.get("verified_name")),
        quality_rating=ident(told.get("quality_rating")),
        messaging_limit=tier(
            told.get("whatsapp_business_manager_messaging_limit")
            or told.get("messaging_limit_tier")
        ),
        number_status=ident(told.get("status")),
        name_status=ident(told.get("name_status")),
        verification=ident(told.get("code_verification_status")),
        platform=ident(told.get("platform_type")),
        on_app=told.get("is_on_biz_app") is True,
    )
