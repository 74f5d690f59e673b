"""The imports of an account, and the lines of one (A3)."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.imports.states import Outcome
from inbox_app.models import DataImport, DataImportLine
from inbox_app.queries.imports.rows import ImportRow
from inbox_app.web import millis


async def latest(session: AsyncSession, account_id: int, *, limit: int) -> list[ImportRow]:
    """The newest first."""
    query = (
        select(DataImport)
        .where(col(DataImport.account_id) == account_id)
        .order_by(col(DataImport.created_at).desc(), col(DataImport.id).desc())
        .limit(limit)
    )
    return [
        ImportRow(
            id=str(row.id),
            kind=row.kind,
            filename=row.filename,
            state=row.state.value,
            at=millis(row.created_at),
            created=row.created,
            changed=row.changed,
            refused=row.refused,
            undone=row.undone,
        )
        for row in await session.exec(query)
    ]


async def import_of(session: AsyncSession, account_id: int, import_id: int) -> DataImport | None:
    """None when this account has none such."""
    query = select(DataImport).where(
        col(DataImport.account_id) == account_id, col(DataImport.id) == import_id
    )
    return (await session.exec(query)).one_or_none()


async def lines_of(
    session: AsyncSession,
    account_id: int,
    import_id: int,
    outcome: Outcome | None,
    *,
    after: int = 0,
    limit: int,
) -> Sequence[DataImportLine]:
    """In their order: of one outcome, or the first of all."""
    query = select(DataImportLine).where(
        col(DataImportLine.account_id) == account_id,
        col(DataImportLine.import_id) == import_id,
        col(DataImportLine.line) > after,
    )
    if outcome is not None:
        query = query.where(col(DataImportLine.outcome) == outcome)
    return (await session.exec(query.order_by(col(DataImportLine.line)).limit(limit))).all()
