"""Tables that an admin imports: taken in, and the lines that were refused as CSV (A3)."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inbox_app.api.files.upload_requests import pieces
from inbox_app.api.page_requests import for_admins
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.files.outgoing_files import read_name
from inbox_app.domain.ids import read_id
from inbox_app.domain.imports.tables import TableRefusedError
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.imports.report import refused_lines
from inbox_app.runtime import current_runtime
from inbox_app.services.imports import steps
from inbox_app.services.imports.kinds import KINDS
from inbox_app.services.imports.take_in import unpack
from inbox_app.spreadsheets import safe_csv
from inbox_app.workflows.take_in_table import take_in_table


def routes() -> list[Route]:
    """`/imports/…`, for admins."""
    return [
        Route("/imports/files", for_admins(_take_in), methods=["POST"]),
        Route("/imports/{id}/refused.csv", for_admins(_refused), methods=["GET"]),
    ]


async def _take_in(request: Request, who: SignedIn) -> Response:
    kind = request.query_params.get("kind", "")
    if kind not in KINDS:
        raise NotFoundError
    try:
        import_id = await take_in_table(
            current_runtime(),
            pieces(request),
            read_name(request.headers.get("x-filename", "")),
            kind=kind,
            account_id=who.account_id,
            user_id=who.user_id,
        )
    except TableRefusedError as refused:
        # To the page it is an answer like another; a console would take it for a fault.
        return JSONResponse({"problem": refused.problem})
    return JSONResponse({"import": str(import_id)}, 201)


async def _refused(request: Request, who: SignedIn) -> Response:
    """With their numbers and reasons before the cells, to be mended and imported."""
    runtime, id_ = current_runtime(), read_id(request.path_params["id"]) or 0
    async with runtime.database.transaction() as session:
        row = await steps.find(session, who.account_id, id_)
    vault = runtime.vault if KINDS[row.kind].holds_codes else None
    async with runtime.database.reading() as session:
        lines = await refused_lines(session, who.account_id, id_)

    def written() -> str:
        head = [*row.headings, "Line", "Why"]
        cells = ([*unpack(each.cells, vault), each.line, each.sentence] for each in lines)
        return "\ufeff" + safe_csv.written([head, *cells])

    content = await asyncio.to_thread(written)
    headers = {
        "content-disposition": f'attachment; filename="refused-{id_}.csv"',
        "cache-control": "private, no-store",
    }
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
