"""What members of several resources may hold."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, StringConstraints

from inbox_app.domain.locales import TIME_OF_DAY, is_country
from inbox_app.domain.messages import clean_line, clean_text
from inbox_app.domain.stays.accommodations import MAX_LINE, MAX_TEXT


def _country(code: str) -> str:
    if not is_country(code.upper()):
        raise ValueError("is no ISO 3166 country")
    return code.upper()


def _no_number(given: object) -> object:
    """Seconds since 1970 would be taken for a time too."""
    if not isinstance(given, str) or ":" not in given:
        raise ValueError("is no RFC 3339 time with its zone")
    return given


def _in_utc(given: datetime) -> datetime:
    try:
        return given.astimezone(UTC)
    except OverflowError:
        raise ValueError("is no time that comes") from None


Line = Annotated[str, AfterValidator(clean_line), StringConstraints(max_length=MAX_LINE)]
Name = Annotated[
    str, AfterValidator(clean_line), StringConstraints(min_length=1, max_length=MAX_LINE)
]
Text = Annotated[str, AfterValidator(clean_text), StringConstraints(max_length=MAX_TEXT)]
Country = Annotated[str, AfterValidator(_country)]
LocalTime = Annotated[str, StringConstraints(pattern=TIME_OF_DAY)]
"""«16:00»."""
Key = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
"""An external id: the caller's own key of a thing."""
SLASH = "\ufdd0"
"""Stands for one inside a key while an address is taken apart at slashes: no text has this sign."""
ExternalId = Annotated[
    str,
    Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"),
    AfterValidator(lambda key: key.replace(SLASH, "/")),
]
"""The same, in an address."""
NameSought = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""What a list is narrowed by, or nothing: no database looks for what is left out here."""
Moment = Annotated[AwareDatetime, BeforeValidator(_no_number), AfterValidator(_in_utc)]
