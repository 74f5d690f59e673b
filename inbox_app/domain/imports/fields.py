"""What a column of a table may mean: the fields of a kind of record, and what each holds (A3)."""

from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """What sort of value a field has."""

    KEY = "key"
    LINE = "line"
    TEXT = "text"
    PHONES = "phones"
    EMAIL = "email"
    LANGUAGE = "language"
    COUNTRY = "country"
    TIME_ZONE = "time_zone"
    DATE = "date"
    MOMENT = "moment"
    TIME = "time"
    COUNT = "count"
    MONEY = "money"
    CURRENCY = "currency"
    WEB_ADDRESS = "web_address"
    STATUS = "status"
    ACTOR_KIND = "actor_kind"
    TASK_KIND = "task_kind"
    TASK_STATUS = "task_status"

    @property
    def needs_order(self) -> bool:
        """Whether it may be read in two ways, the day or the month first."""
        return self in {Holds.DATE, Holds.MOMENT}


@dataclass(frozen=True, slots=True)
class Field:
    """`words` are the entries of ``headings.HEADINGS`` by which a column is known, the best first;
    its own name unless told."""

    name: str
    holds: Holds = Holds.LINE
    words: tuple[str, ...] = ()
    many: bool = False
    """Whether several columns may fill it."""

    @property
    def known_by(self) -> tuple[str, ...]:
        return self.words or (self.name,)


class LineProblem(StrEnum):
    """Why a line is refused; each has its sentence on screen."""

    MISSING = "missing"
    BAD_DATE = "bad_date"
    BAD_TIME = "bad_time"
    BAD_COUNT = "bad_count"
    BAD_MONEY = "bad_money"
    BAD_CURRENCY = "bad_currency"
    BAD_STATUS = "bad_status"
    BAD_ACTOR_KIND = "bad_actor_kind"
    BAD_TASK_KIND = "bad_task_kind"
    BAD_LANGUAGE = "bad_language"
    BAD_COUNTRY = "bad_country"
    BAD_TIME_ZONE = "bad_time_zone"
    BAD_EMAIL = "bad_email"
    BAD_WEB_ADDRESS = "bad_web_address"
    TOO_LONG = "too_long"
    NO_NIGHT = "no_night"
    """The departure is not after the arrival."""
    NO_CURRENCY = "no_currency"
    UNKNOWN_ACCOMMODATION = "unknown_accommodation"
    UNKNOWN_GUEST = "unknown_guest"
    UNKNOWN_RESERVATION = "unknown_reservation"
    UNKNOWN_SUPPLIER = "unknown_supplier"
    NO_SUPPLIER = "no_supplier"
    """Who is meant is on file as something else."""
    SEVERAL_SUPPLIERS = "several_suppliers"
    SEVERAL = "several"
    """More than one on file is meant: by the value, in this field."""
    REPEATED = "repeated"
    """An earlier line, the value, is about the same."""
    FAILED = "failed"
    """A fault of ours: the log has it."""


class LineRefusedError(Exception):
    """A line that cannot go in: why, in which field, and what stands there."""

    def __init__(self, why: LineProblem, field: str = "", value: str = "") -> None:
        super().__init__(why)
        self.why, self.field, self.value = why, field, value[:100]
