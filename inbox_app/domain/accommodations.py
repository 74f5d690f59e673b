"""Accommodations: what guests are told of a home (S3)."""

from dataclasses import dataclass

MAX_LINE = 200
MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AccommodationFacts:
    """All that is known of a home; times are local, «16:00», `timezone` an IANA name, `country` an
    ISO 3166 code."""

    name: str
    timezone: str
    address: str | None = None
    country: str | None = None
    check_in_time: str | None = None
    check_out_time: str | None = None
    check_in_instructions: str | None = None
    door_code: str | None = None
    wifi_name: str | None = None
    wifi_password: str | None = None
    parking: str | None = None
    house_rules: str | None = None
