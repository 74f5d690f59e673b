"""Templates as the HTTP API shows them."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.template_languages import bcp47
from inbox_app.models import Template
from inbox_app.queries.api_rows import TemplateOut


async def templates(
    session: AsyncSession, account_id: int, *, limit: int, after: int | None
) -> tuple[list[TemplateOut], int | None]:
    """A page of those that Meta has, and where the next one begins."""
    query = (
        select(Template)
        .where(
            col(Template.account_id) == account_id,
            col(Template.hidden_at).is_(None),
            col(Template.id) > (after or 0),
        )
        .order_by(col(Template.id))
        .limit(limit + 1)
    )
    found = (await session.exec(query)).all()
    page = found[:limit]
    return [_out(row) for row in page], page[-1].id if len(found) > limit else None


async def template(session: AsyncSession, account_id: int, template_id: int) -> TemplateOut | None:
    """One of them; None when it is not this account's, or gone."""
    query = select(Template).where(
        col(Template.id) == template_id,
        col(Template.account_id) == account_id,
        col(Template.hidden_at).is_(None),
    )
    row = (await session.exec(query)).one_or_none()
    return row and _out(row)


def _out(row: Template) -> TemplateOut:
    metas = [row.meta_reason] if row.meta_reason else []
    return TemplateOut(
        id=str(row.id),
        name=row.name,
        internal_name=row.internal_name,
        language=bcp47(row.language),
        category=row.category,
        body=row.body,
        header=row.header,
        footer=row.footer,
        state=row.state,
        reasons=row.incompatibilities or metas,
        meta_status=row.meta_status,
        updated_at=row.updated_at,
    )
