"""`/reservations`: stays, by the property-management system's keys (A3)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, Field, model_validator

from inbox_app.api.v1.gate import by_key, paging
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.values import ExternalId, Key, Line, LocalTime, Name, Text
from inbox_app.domain.links import is_web_address
from inbox_app.domain.locales import is_currency
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.queries.api import reservations
from inbox_app.queries.api.reservations import ReservationOut
from inbox_app.services.by_key import UnknownKeyError
from inbox_app.services.stays import put_reservation
from inbox_app.services.stays.put_reservation import GivenReservation

router = APIRouter(prefix="/reservations", tags=["reservations"])


def _currency(code: str) -> str:
    if not is_currency(code.upper()):
        raise ValueError("is no ISO 4217 currency")
    return code.upper()


def _url(given: str) -> str:
    if not is_web_address(given):
        raise ValueError("is no http or https address")
    return given


Count = Annotated[int, Field(ge=0, le=1000)]
Money = Annotated[Decimal, Field(max_digits=14, decimal_places=2)]


class NewReservation(BaseModel):
    """All that is known of a stay. `accommodation` and `guests` are the keys that those were put
    under, the first guest who booked; times are local, «16:00».

    Members that are not named here say nothing: systems send back what `GET` gave them.
    """

    code: Name
    accommodation: Key
    guests: Annotated[list[Key], Field(max_length=100)] = []
    check_in: date
    check_out: date
    status: ReservationStatus
    adults: Count | None = None
    children: Count | None = None
    infants: Count | None = None
    pets: Count | None = None
    arrival_time: LocalTime | None = None
    departure_time: LocalTime | None = None
    portal: Line | None = None
    portal_code: Line | None = None
    url: Annotated[str, Field(max_length=2000), AfterValidator(_url)] | None = None
    total: Money | None = None
    balance: Money | None = None
    currency: Annotated[str, AfterValidator(_currency)] | None = None
    notes: Text | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.check_out <= self.check_in:
            raise ValueError("check_out is not after check_in")
        if self.currency is None and (self.total is not None or self.balance is not None):
            raise ValueError("an amount needs its currency")
        return self


@router.get("")
async def list_reservations(
    holder: Holder, limit: Limit = 50, cursor: Cursor = None
) -> Page[ReservationOut]:
    """Those that are not archived."""
    return await paging.page_of(reservations.reservations, holder, limit, cursor)


@router.get("/{external_id}")
async def get_reservation(holder: Holder, external_id: ExternalId) -> ReservationOut:
    """One reservation, archived or not."""
    return await by_key.shown(reservations.reservation, holder, external_id)


@router.put("/{external_id}", responses={201: {"model": ReservationOut}})
async def put(
    holder: Holder, external_id: ExternalId, new: NewReservation, answer: Response
) -> ReservationOut:
    """Create (201) or replace (200); the stay stands beside its guests' conversations at once."""
    given = GivenReservation(**new.model_dump())
    try:
        await by_key.put(put_reservation.put_reservation, holder, external_id, given, answer)
    except UnknownKeyError as error:
        raise by_key.unknown(error) from None
    return await get_reservation(holder, external_id)


@router.delete("/{external_id}", status_code=204)
async def archive(holder: Holder, external_id: ExternalId) -> None:
    """Archive: out of lists and panels."""
    await by_key.archive(put_reservation.archive_reservation, holder, external_id)
