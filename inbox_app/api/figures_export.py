"""The figures as a table (X7): the company's by week or day, then each person's and each
accommodation's."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from inbox_app import clock, sessions
from inbox_app.catalogues import text_in
from inbox_app.domain.figures.periods import PeriodChoice, period
from inbox_app.models import Role
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.figures.figures import by_step, by_subject
from inbox_app.queries.figures.rows import FiguresRow, StepRow, SubjectRow
from inbox_app.runtime import current_runtime
from inbox_app.spreadsheets import safe_csv


def routes() -> list[Route]:
    """`/export/figures.csv`: of people, an agent gets themselves alone."""
    return [Route("/export/figures.csv", _export, methods=["GET"])]


async def _export(request: Request) -> Response:
    who = await sessions.signed_in(request.headers.get("cookie", ""))
    asked = request.query_params.get("period", PeriodChoice.FOUR_WEEKS)
    if who is None or asked not in {*PeriodChoice}:
        return PlainTextResponse("Not found", 404)
    today = clock.now().astimezone(ZoneInfo(who.time_zone)).date()
    async with current_runtime().database.reading() as session:
        content = await table(session, who, PeriodChoice(asked), today)
    headers = {
        "content-disposition": 'attachment; filename="figures.csv"',
        "cache-control": "no-store",
    }
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


async def table(session: AsyncSession, who: SignedIn, choice: PeriodChoice, today: date) -> str:
    """As this person gets it, in their language."""
    only = None if who.role is Role.ADMIN else who.user_id
    steps = await by_step(session, who.account_id, choice, today)
    people, homes = await by_subject(session, who.account_id, choice, today, of_person=only)
    first, language = period(choice, today).first.isoformat(), who.language
    rows = [
        _head(language),
        *(_of_company(step, language) for step in steps),
        *_of_each(people, first, text_in(language, "Person"), language),
        *_of_each(homes, first, text_in(language, "Accommodation"), language),
    ]
    return "\ufeff" + safe_csv.written(rows)


def _head(language: str) -> list[object]:
    return [
        text_in(language, "Beginning"),
        text_in(language, "Figures of"),
        text_in(language, "Name"),
        text_in(language, "Requests"),
        text_in(language, "Answered"),
        text_in(language, "Within an hour"),
        text_in(language, "Half answered within (seconds)"),
        text_in(language, "Nine in ten within (seconds)"),
        text_in(language, "Closed without an answer"),
        text_in(language, "Unanswered"),
        text_in(language, "Windows lost"),
        text_in(language, "Messages received"),
        text_in(language, "Messages sent"),
    ]


def _of_company(step: StepRow, language: str) -> list[object]:
    return [step["day"], text_in(language, "Company"), "", *_counts(step["figures"])]


def _of_each(
    subjects: list[SubjectRow], first: str, of: str, language: str
) -> Iterator[list[object]]:
    unnamed = {
        "app": text_in(language, "From the phone app"),
        "nobody": text_in(language, "Assigned to nobody"),
        "none": text_in(language, "Without a stay"),
        "gone": text_in(language, "No longer there"),
    }
    for each in subjects:
        name = each["name"] or unnamed[each["kind"]]
        yield [first, of, name, *_counts(each["figures"])]


def _counts(figures: FiguresRow) -> list[object]:
    times = ("" if each < 0 else each for each in (figures["median"], figures["most"]))
    return [
        figures["asked"],
        figures["answered"],
        figures["within_hour"],
        *times,
        figures["settled"],
        figures["unanswered"],
        figures["lost"],
        figures["received"],
        figures["sent"],
    ]
