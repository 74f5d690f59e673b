"""The templates of an account: a page of them, those to send, one, and how fresh they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.templates.draft import Other
from inbox_app.domain.templates import TemplateCategory, TemplateState
from inbox_app.models import Address, ConnectionState, Conversation, Template
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.queries.templates.rows import TemplateCounts, TemplateRow, TemplatesSync
from inbox_app.web import millis


class After(NamedTuple):
    """The place after a template: when it came, its name, folded as the database folds it, its
    id."""

    came_at: datetime
    name: str
    id: int


async def page(
    session: AsyncSession,
    account_id: int,
    *,
    state: TemplateState | None = None,
    language: str | None = None,
    search: str = "",
    limit: int,
    after: After | None = None,
) -> tuple[list[TemplateRow], After | None]:
    """Those that Meta still has, the newest first, then by name; and where the next page begins."""
    came_at = col(Template.created_at)
    query = (
        select(Template, _NAME)
        .where(*_those(account_id, state, language, search))
        .order_by(came_at.desc(), _NAME, col(Template.id))
        .limit(limit + 1)
    )
    if after is not None:
        later = tuple_(_NAME, col(Template.id)) > tuple_(after.name, after.id)
        query = query.where(or_(came_at < after.came_at, and_(came_at == after.came_at, later)))
    found = (await session.exec(query)).all()
    rows = [template_row(template) for template, _ in found[:limit]]
    last, name = found[:limit][-1] if len(found) > limit else (None, "")
    return rows, last and After(last.created_at, name, last.id)


async def by_readiness(
    session: AsyncSession,
    account_id: int,
    *,
    goes_out: bool,
    without_marketing: bool = False,
    language: str | None = None,
    search: str = "",
    limit: int,
) -> list[TemplateRow]:
    """Those that go out, or those that do not (the nearest to it first), each by name."""
    ready = col(Template.state) == TemplateState.ACCEPTED
    if without_marketing:
        ready &= col(Template.category) != TemplateCategory.MARKETING
    query = (
        select(Template)
        .where(*_those(account_id, None, language, search), ready if goes_out else not_(ready))
        .order_by(_READINESS, _NAME, col(Template.id))
        .limit(limit)
    )
    return [template_row(template) for template in (await session.exec(query)).all()]


async def one(session: AsyncSession, account_id: int, template_id: int) -> TemplateRow | None:
    """None when the account has none such, or Meta has it no more."""
    template = await visible(session, account_id, template_id)
    return template and template_row(template)


async def visible(session: AsyncSession, account_id: int, template_id: int) -> Template | None:
    """The same, as it is kept."""
    query = select(Template).where(*_those(account_id), col(Template.id) == template_id)
    return (await session.exec(query)).one_or_none()


async def in_order(
    session: AsyncSession, account_id: int, *, limit: int, after: int
) -> Sequence[Template]:
    """Those that Meta has, in the order in which they came here, from the id ``after`` on."""
    later = col(Template.id) > after
    query = select(Template).where(*_those(account_id), later).order_by(col(Template.id))
    return (await session.exec(query.limit(limit))).all()


async def counts(session: AsyncSession, account_id: int) -> TemplateCounts:
    query = (
        select(Template.state, func.count())
        .where(*_those(account_id))
        .group_by(col(Template.state))
    )
    found = dict((await session.exec(query)).all())
    return TemplateCounts(
        accepted=found.get(TemplateState.ACCEPTED, 0),
        pending=found.get(TemplateState.PENDING, 0),
        incompatible=found.get(TemplateState.INCOMPATIBLE, 0),
        cancelled=found.get(TemplateState.CANCELLED, 0),
    )


async def languages(session: AsyncSession, account_id: int) -> list[str]:
    """Meta's codes of those that there are templates in."""
    query = select(Template.language).where(*_those(account_id)).distinct()
    return sorted((await session.exec(query)).all())


async def sync(session: AsyncSession, account_id: int) -> TemplatesSync:
    number = await active_number(session, account_id)
    return TemplatesSync(
        read_at=millis(number.templates_read_at) if number else 0,
        failure=(number and number.templates_failure) or "",
        reading=number is not None and number.templates_wanted_at is not None,
        may_manage=number is not None and number.connection.state is ConnectionState.ACTIVE,
    )


async def correctable(
    session: AsyncSession, account_id: int, template_id: int | None
) -> TemplateRow | None:
    """One that Meta does not accept any more, to be written anew and sent to her again."""
    row = await one(session, account_id, template_id or 0)
    refused = row is not None and row["state"] == TemplateState.CANCELLED
    return row if refused else None


async def others(
    session: AsyncSession, account_id: int, *, language: str, instead_of: int | None = None
) -> list[Other]:
    """What a new template in ``language`` (Meta's code) may not repeat; it may take the place of
    one that Meta does not accept any more."""
    replaced = (col(Template.id) == (instead_of or 0)) & (
        col(Template.state) == TemplateState.CANCELLED
    )
    query = select(Template.internal_name, Template.language, Template.body, Template.state).where(
        *_those(account_id), col(Template.language) == language, not_(replaced)
    )
    return [
        Other(name, code, body, cancelled=state is TemplateState.CANCELLED)
        for name, code, body, state in (await session.exec(query)).all()
    ]


async def marketing_stopped(session: AsyncSession, account_id: int, conversation_id: int) -> bool:
    """Whether the other side of a conversation asked for no more marketing (B15)."""
    query = (
        select(Address.marketing_stopped_at)
        .join(Conversation, col(Conversation.address_id) == col(Address.id))
        .where(col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id)
    )
    return (await session.exec(query)).first() is not None


def template_row(template: Template) -> TemplateRow:
    return TemplateRow(
        id=str(template.id),
        name=template.internal_name,
        meta_name=template.name,
        language=template.language,
        category=template.category,
        previous_category=template.previous_category or "",
        header=template.header or "",
        body=template.body,
        footer=template.footer or "",
        state=template.state.value,
        meta_status=template.meta_status,
        reasons=template.incompatibilities,
        meta_reason=template.meta_reason or "",
        meta_advice=template.meta_advice or "",
        quality=template.quality or "",
        updated_at=millis(template.updated_at),
    )


def _those(
    account_id: int,
    state: TemplateState | None = None,
    language: str | None = None,
    search: str = "",
) -> Sequence[ColumnElement[bool]]:
    found = [col(Template.account_id) == account_id, col(Template.hidden_at).is_(None)]
    if state is not None:
        found.append(col(Template.state) == state)
    if language:
        found.append(_in_language(language))
    if needle := search.strip():
        places = (Template.internal_name, Template.name, Template.body)
        found.append(or_(*(col(place).icontains(needle, autoescape=True) for place in places)))
    return found


def _in_language(code: str) -> ColumnElement[bool]:
    """A language without a country stands for its countries too: en for en_US and en_GB."""
    with_country = col(Template.language).startswith(f"{code}_", autoescape=True)
    return or_(col(Template.language) == code, with_country)


_NAME: Any = func.lower(col(Template.internal_name))
_READINESS = case(
    {state: rank for rank, state in enumerate(TemplateState)},
    value=col(Template.state),
    else_=len(TemplateState),
)
