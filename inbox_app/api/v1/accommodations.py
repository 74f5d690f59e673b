"""`/accommodations`: homes, by the property-management system's keys (A3, S3)."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, Field

from inbox_app.api.v1.gate import by_key, paging
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.values import Country, ExternalId, Line, LocalTime, Name, Text
from inbox_app.domain.locales import is_time_zone
from inbox_app.domain.stays.accommodations import AccommodationFacts
from inbox_app.queries.api import accommodations
from inbox_app.queries.api.accommodations import AccommodationOut
from inbox_app.runtime import current_runtime
from inbox_app.services.stays import put_accommodation

router = APIRouter(prefix="/accommodations", tags=["accommodations"])


def _time_zone(name: str) -> str:
    if not is_time_zone(name):
        raise ValueError("is no IANA time zone")
    return name


class NewAccommodation(BaseModel):
    """All that is known of a home. `timezone` is an IANA name, «Europe/Rome»; times are local,
    «16:00». Codes and passwords are kept encrypted, and told only to guests with a confirmed stay.

    Members that are not named here say nothing: systems send back what `GET` gave them.
    """

    name: Name
    timezone: Annotated[str, Field(max_length=100), AfterValidator(_time_zone)]
    address: Line | None = None
    country: Country | None = None
    check_in_time: LocalTime | None = None
    check_out_time: LocalTime | None = None
    check_in_instructions: Text | None = None
    door_code: Line | None = None
    wifi_name: Line | None = None
    wifi_password: Line | None = None
    parking: Text | None = None
    house_rules: Text | None = None


@router.get("")
async def list_accommodations(
    holder: Holder, limit: Limit = 50, cursor: Cursor = None
) -> Page[AccommodationOut]:
    """Those that are not archived."""
    find = partial(accommodations.accommodations, vault=current_runtime().vault)
    return await paging.page_of(find, holder, limit, cursor)


@router.get("/{external_id}")
async def get_accommodation(holder: Holder, external_id: ExternalId) -> AccommodationOut:
    """One accommodation, archived or not."""
    find = partial(accommodations.accommodation, vault=current_runtime().vault)
    return await by_key.shown(find, holder, external_id)


@router.put("/{external_id}", responses={201: {"model": AccommodationOut}})
async def put(
    holder: Holder, external_id: ExternalId, new: NewAccommodation, answer: Response
) -> AccommodationOut:
    """Create (201) or replace (200); what is left out is known no more."""
    write = partial(put_accommodation.put_accommodation, vault=current_runtime().vault)
    facts = AccommodationFacts(**new.model_dump())
    await by_key.put(write, holder, external_id, facts, answer)
    return await get_accommodation(holder, external_id)


@router.delete("/{external_id}", status_code=204)
async def archive(holder: Holder, external_id: ExternalId) -> None:
    """Archive: out of the lists, while its reservations keep it."""
    await by_key.archive(put_accommodation.archive_accommodation, holder, external_id)
