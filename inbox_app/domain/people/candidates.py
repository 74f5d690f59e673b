"""Who an unknown sender may be, and why one thinks so (A2): suggested, never decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain, islice, pairwise

from inbox_app.domain.people import phones, search_terms
from inbox_app.domain.stays.stays import Stay, StayPhase, phase


class Reason(StrEnum):
    """Why somebody is suggested, the strongest first."""

    SAME_NUMBER = "same_number"
    OTHER_SPELLING = "other_spelling"
    """The same number written otherwise: Brazil's 9, Argentina's 9, Mexico's 1."""
    NO_PREFIX = "no_prefix"
    """The number on file gives this one, once it is dialled in its country."""
    CODE = "code"
    """The text names a reservation of theirs."""
    LAST_DIGITS = "last_digits"
    """The number ends as a calendar says that the guest's does (A5)."""
    SAME_NAME = "same_name"
    """As the profile is called."""
    SIMILAR_NAME = "similar_name"
    ARRIVAL = "arrival"
    """They are in house, arrive soon, or have just left."""


@dataclass(frozen=True, slots=True)
class Sender:
    """What an unknown sender shows of themselves; ``codes`` are squeezed."""

    number: str
    """Their id where that is a number, else ""."""
    profile_name: str
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Booking:
    """A stay of a known person; ``today`` is the date there."""

    code: str
    stay: Stay
    today: date
    portal_code: str = ""
    phone_ending: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is on file of somebody: numbers in E.164 where they give one, else as they were given;
    ``countries`` (ISO 3166) are where those may be dialled. Of whom a calendar alone tells there is
    ``stay_id``, of the reservation, in the place of ``id``."""

    id: int
    name: str
    numbers: Sequence[str] = ()
    countries: Sequence[str] = ()
    bookings: Sequence[Booking] = ()
    stay_id: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with the reasons, the strongest first; ``booking`` is the one these speak of."""

    id: int
    name: str
    reasons: tuple[Reason, ...]
    booking: Booking | None = field(default=None, compare=False)
    stay_id: int = 0


def suggested(sender: Sender, people: Iterable[Known], *, at_most: int) -> list[Candidate]:
    """Those for whom something speaks, the likeliest first.

    A name that is only similar says nothing by itself, and an arrival only while few arrive.
    """
    found = sorted((_candidate(sender, known) for known in people), key=_likelihood)
    arriving = [one for one in found if one.reasons == (Reason.ARRIVAL,)]
    telling = [one for one in found if one.reasons not in _TELLS_NOTHING]
    return [*telling, *(arriving if len(arriving) <= at_most else ())][:at_most]


def codes_in(texts: Iterable[str]) -> frozenset[str]:
    """What may be a reservation's code: with a figure in it, and not too short."""
    pieces = (piece for text in texts for piece in _pieces(text[:_LONGEST_TEXT]))
    squeezed = (search_terms.squeezed(piece) for piece in pieces if len(piece) <= _LONGEST_CODE)
    return frozenset(islice((code for code in squeezed if _may_be_code(code)), _MOST_CODES))


def _pieces(text: str) -> Iterable[str]:
    """Words, and two that stand side by side: «CB 3107»."""
    words = text.split()
    return chain(words, map("".join, pairwise(words)))


def _may_be_code(code: str) -> bool:
    return len(code) >= _SHORTEST_CODE and any(map(str.isdecimal, code))


_SHORTEST_CODE, _LONGEST_CODE, _LONGEST_TEXT, _MOST_CODES = 4, 40, 4096, 200
_SHORTEST_NAME = 3
_ALIKE = 88
"""Of 100: «Giusepe Verdi» and «Giuseppe Verdi» are 96, «Ada Rossi» and «Ida Rosi» are 82."""
_SOON, _JUST_LEFT = timedelta(days=3), timedelta(days=2)
WRITES_BEFORE, WRITES_AFTER = timedelta(days=60), timedelta(days=7)
"""One number in ten thousand ends alike: far from the stay that tells nothing."""
_IN_HOUSE = {StayPhase.ARRIVING_TODAY, StayPhase.IN_HOUSE, StayPhase.DEPARTING_TODAY}
_NOBODY_COMES = {StayPhase.CANCELLED, StayPhase.NO_SHOW}
_TELLS_NOTHING = {(), (Reason.ARRIVAL,), (Reason.SIMILAR_NAME,)}
_WEIGHTS = {
    Reason.SAME_NUMBER: 100, Reason.OTHER_SPELLING: 100, Reason.NO_PREFIX: 90, Reason.CODE: 80,
    Reason.LAST_DIGITS: 70, Reason.SAME_NAME: 40, Reason.SIMILAR_NAME: 20, Reason.ARRIVAL: 10,
}  # fmt: skip


def name_reason(profile: str, name: str) -> Reason | None:
    """Whether a profile and a person are called the same, in whatever order, or nearly so."""
    theirs, ours = search_terms.words(profile), search_terms.words(name)
    fewer, more = sorted((theirs, ours), key=len)
    if set(theirs) == set(ours) != set() or (len(fewer) > 1 and set(fewer) < set(more)):
        return Reason.SAME_NAME
    if len(fewer) < 2:
        shared = bool(fewer) and len(fewer[0]) >= _SHORTEST_NAME and fewer[0] in more
        return Reason.SIMILAR_NAME if shared else None
    if theirs[0] == ours[0] and _initials_fit(theirs[1:], ours[1:]):
        return Reason.SIMILAR_NAME
    return Reason.SIMILAR_NAME if _alike(theirs, ours) >= _ALIKE else None


def _alike(theirs: Sequence[str], ours: Sequence[str]) -> float:
    # Only here: it costs a start a tenth of a second, and few calls come this far.
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(" ".join(theirs), " ".join(ours))


def is_about_now(booking: Booking) -> bool:
    """In house, soon to arrive, or just gone."""
    where, stay = phase(booking.stay, booking.today), booking.stay
    if where is StayPhase.UPCOMING:
        return stay.check_in - booking.today <= _SOON
    if where is StayPhase.DEPARTED:
        return booking.today - stay.check_out <= _JUST_LEFT
    return where in _IN_HOUSE


def _candidate(sender: Sender, known: Known) -> Candidate:
    named = [booking for booking in known.bookings if _is_named(booking, sender)]
    ended = [booking for booking in known.bookings if _ends_alike(booking, sender)]
    now = [booking for booking in known.bookings if is_about_now(booking)]
    reasons = (
        _number_reason(sender.number, known),
        Reason.CODE if named else None,
        Reason.LAST_DIGITS if ended else None,
        name_reason(sender.profile_name, known.name),
        Reason.ARRIVAL if now else None,
    )
    booking = min(named or ended or now, default=None, key=_nearness)
    told = tuple(filter(None, reasons))
    return Candidate(known.id, known.name, told, booking, known.stay_id)


def _ends_alike(booking: Booking, sender: Sender) -> bool:
    ending, stay, today = booking.phone_ending, booking.stay, booking.today
    is_near = stay.check_in - WRITES_BEFORE <= today <= stay.check_out + WRITES_AFTER
    is_on = phase(stay, today) not in _NOBODY_COMES
    return bool(ending) and sender.number.endswith(ending) and is_near and is_on


def _is_named(booking: Booking, sender: Sender) -> bool:
    codes = {search_terms.squeezed(code) for code in (booking.code, booking.portal_code)}
    return not codes.isdisjoint(sender.codes)


def _number_reason(number: str, known: Known) -> Reason | None:
    if not number:
        return None
    reasons = (_of_number(number, on_file, known.countries) for on_file in known.numbers)
    return min(filter(None, reasons), key=list(Reason).index, default=None)


def _of_number(number: str, on_file: str, countries: Sequence[str]) -> Reason | None:
    if not on_file.startswith("+"):
        meant = (phones.e164_or_none(on_file, country) for country in countries)
        same = any(phones.same(each, number) for each in meant if each)
        return Reason.NO_PREFIX if same else None
    if on_file.removeprefix("+") == number:
        return Reason.SAME_NUMBER
    return Reason.OTHER_SPELLING if phones.same(on_file, number) else None


def _initials_fit(some: Sequence[str], others: Sequence[str]) -> bool:
    """«Hans M.» and «Hans Müller»."""
    pairs = list(zip(some, others, strict=False))
    short = any(min(len(one), len(other)) == 1 for one, other in pairs)
    return short and all(one.startswith(other) or other.startswith(one) for one, other in pairs)


def _likelihood(candidate: Candidate) -> tuple[int, int, str, int]:
    weight = sum(_WEIGHTS[reason] for reason in candidate.reasons)
    nearness = _nearness(candidate.booking) if candidate.booking else 0
    order = candidate.id or candidate.stay_id
    return -weight, nearness, search_terms.folded(candidate.name), order


def _nearness(booking: Booking) -> int:
    return abs((booking.stay.check_in - booking.today).days)
