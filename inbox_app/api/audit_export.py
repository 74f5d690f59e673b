"""The audit trail as a table, for the admins of the account alone (X1)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from inbox_app import sessions
from inbox_app.catalogues import text_in
from inbox_app.domain.accounts.audit import AuditKind
from inbox_app.domain.ids import read_id
from inbox_app.models import Role
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.audit.rows import AuditRow
from inbox_app.queries.audit.trail import TrailFilter, trail
from inbox_app.runtime import current_runtime
from inbox_app.spreadsheets import safe_csv


def routes() -> list[Route]:
    """`/export/audit.csv`: what the page of the trail shows, whole."""
    return [Route("/export/audit.csv", _export, methods=["GET"])]


async def _export(request: Request) -> Response:
    who = await sessions.signed_in(request.headers.get("cookie", ""))
    if who is None or who.role is not Role.ADMIN:
        return PlainTextResponse("Not found", 404)
    query = request.query_params
    kind = query.get("kind", "")
    person, known = read_id(query.get("person", "")), kind in {*AuditKind}
    wanted = TrailFilter(person, AuditKind(kind) if known else None)
    headers = {
        "content-disposition": 'attachment; filename="audit.csv"',
        "cache-control": "no-store",
    }
    lines = _lines(who, wanted)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(who: SignedIn, wanted: TrailFilter) -> AsyncIterator[str]:
    """A page of the trail at a time: nobody's memory holds all of it."""
    head = [text_in(who.language, "When"), text_in(who.language, "What")]
    yield "\ufeff" + safe_csv.written([head])
    before: int | None = None
    while rows := await _page(who, wanted, before):
        zone = ZoneInfo(who.time_zone)
        yield safe_csv.written([_moment(row, zone), row["said"]] for row in rows)
        before = int(rows[-1]["id"])


async def _page(who: SignedIn, wanted: TrailFilter, before: int | None) -> list[AuditRow]:
    async with current_runtime().database.reading() as session:
        return await trail(session, who.account_id, who.language, wanted, before=before)


def _moment(row: AuditRow, zone: ZoneInfo) -> str:
    moment = datetime.fromtimestamp(row["at"] / 1000, UTC).astimezone(zone)
    return moment.isoformat(sep=" ", timespec="seconds")
