"""When the account answers, and what it says when it does not (S4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypedDict

import reflex as rx

from inbox_app import clock
from inbox_app.catalogues import LANGUAGES
from inbox_app.domain.messages import clean_text
from inbox_app.domain.opening_hours import (
    OpeningHours,
    is_open,
    next_opening,
    read_days,
    read_spans,
    read_words,
    written,
)
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.accounts.away import Away, away_of
from inbox_app.queries.accounts.colleagues import colleagues
from inbox_app.queries.accounts.rows import ColleagueRow
from inbox_app.runtime import current_runtime
from inbox_app.services.away.set_away import set_away

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MAX_TEXT = 1_000
_LONGEST = 2_000


class AwayRow(TypedDict):
    """As the form has it: spans a day, days and words with commas between."""

    answers: bool
    days: list[str]
    closed_days: str
    texts: dict[str, str]
    """By language."""
    urgent_words: str


def _nothing() -> AwayRow:
    return AwayRow(answers=False, days=[""] * 7, closed_days="", texts={}, urgent_words="")


class OnCallRow(TypedDict):
    """One of the company's people, and whether urgent words reach them."""

    id: str
    name: str
    on_call: bool


class AwayState(rx.State):
    """What holds, and what somebody would read who writes now."""

    away: rx.Field[AwayRow] = rx.field(default_factory=_nothing)
    away_ready: rx.Field[bool] = rx.field(False)
    on_call: rx.Field[list[OnCallRow]] = rx.field(default_factory=list)
    mail: rx.Field[bool] = rx.field(False)
    """Whether they get mail too."""
    preview: rx.Field[str] = rx.field("")
    """The automatic text; empty where no opening is in sight."""
    preview_language: rx.Field[str] = rx.field("")
    opening: rx.Field[str] = rx.field("")
    """The next opening, in the reader's language."""
    open_now: rx.Field[bool] = rx.field(False)
    wrong: rx.Field[str] = rx.field("")
    """The field that cannot be read."""
    away_saved: rx.Field[bool] = rx.field(False)

    @rx.event
    async def load(self) -> None:
        """Read what holds: an admin's tab has come, or come back."""
        who = await signed_in_admin(self)
        if who is None:
            return
        async with current_runtime().database.reading() as session:
            away = await away_of(session, who.account_id)
            people = await colleagues(session, who.account_id)
        self._show(who, away, people, clock.now())
        mail = current_runtime().settings.smtp_address is not None
        set_changed(self, mail=mail, away_ready=True, wrong="", away_saved=False)

    @rx.event
    async def save(self, form: dict[str, str]) -> None:
        """It holds from the next message on; what cannot be read is said."""
        who = await signed_in_admin(self)
        if who is None:
            return
        async with current_runtime().database.transaction() as session:
            before = await away_of(session, who.account_id)
            people = await colleagues(session, who.account_id)
            away, wrong = _read(form, before, people)
            if away is not None:
                await set_away(session, who.account_id, who.user_id, away, clock.now())
        set_changed(self, wrong=wrong, away_saved=away is not None)
        if away is not None:
            self._show(who, away, people, clock.now())

    def _show(
        self, who: SignedIn, away: Away, people: Sequence[ColleagueRow], now: datetime
    ) -> None:
        opens_at = next_opening(away.hours, now)
        set_changed(
            self,
            away=_row(away),
            on_call=[_on_call(person, away) for person in people],
            preview=away.words(opens_at, None) if opens_at else "",
            preview_language=away.tongue(None),
            opening=away.opening(opens_at, who.language) if opens_at else "",
            open_now=is_open(away.hours, now),
        )


def _on_call(person: ColleagueRow, away: Away) -> OnCallRow:
    is_on_call = int(person["id"]) in away.on_call
    return OnCallRow(id=person["id"], name=person["name"], on_call=is_on_call)


def _row(away: Away) -> AwayRow:
    return AwayRow(
        answers=away.answers,
        days=[written(spans) for spans in away.hours.days],
        closed_days=", ".join(sorted(day.isoformat() for day in away.hours.closed_days)),
        texts={language: away.texts.get(language, "") for language in LANGUAGES},
        urgent_words=", ".join(away.urgent_words),
    )


def _read(form: object, before: Away, people: Sequence[ColleagueRow]) -> tuple[Away | None, str]:
    """What a form says, or the first field of it that says nothing one can read."""
    typed = {name: untrusted.form_field(form, name, _LONGEST) or "" for name in (*DAYS, *_OTHERS)}
    days = [read_spans(typed[name]) for name in DAYS]
    for name, spans in zip(DAYS, days, strict=True):
        if spans is None:
            return None, name
    closed, words = read_days(typed["closed_days"]), read_words(typed["urgent_words"])
    texts = {language: clean_text(typed[f"text_{language}"]).strip() for language in LANGUAGES}
    for language, text in texts.items():
        if len(text) > MAX_TEXT:
            return None, f"text_{language}"
    if closed is None or words is None:
        return None, "closed_days" if closed is None else "urgent_words"
    hours = OpeningHours(tuple(spans or () for spans in days), closed, before.hours.time_zone)
    answers = typed["answers"] == "on"
    away = replace(
        before,
        hours=hours,
        answers=answers,
        texts={language: text for language, text in texts.items() if text},
        urgent_words=words,
        on_call=_called(form, people),
    )
    return away, ""


def _called(form: object, people: Sequence[ColleagueRow]) -> tuple[int, ...]:
    """Those of the company's own people who are ticked."""
    ids = [person["id"] for person in people]
    return tuple(int(id_) for id_ in ids if untrusted.form_field(form, f"on_call_{id_}", 10))


_OTHERS = ("closed_days", "urgent_words", "answers", *(f"text_{each}" for each in LANGUAGES))
