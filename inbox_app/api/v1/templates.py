"""`/templates`: listed, made, read anew from Meta."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from inbox_app import clock
from inbox_app.api.v1.gate import paging
from inbox_app.api.v1.gate.description import problem
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.channels.whatsapp.templates.draft import TemplateDraft
from inbox_app.channels.whatsapp.templates.languages import alternatives, bcp47
from inbox_app.domain.ids import read_id
from inbox_app.domain.sending import Control
from inbox_app.domain.templates import TemplateCategory, TemplateProblem
from inbox_app.queries.api import templates
from inbox_app.queries.api.templates import TemplateOut
from inbox_app.runtime import current_runtime
from inbox_app.workflows.graph_connection import NotConnectedError
from inbox_app.workflows.templates.refresh_templates import RefreshError, refresh
from inbox_app.workflows.templates.submit_template import (
    DraftRefusedError,
    MetaRefusedError,
    submit,
)

router = APIRouter(prefix="/templates", tags=["templates"])
_LONGEST = 20_000


class NewTemplate(BaseModel):
    """A plain text for Meta to review: no variables, no addresses of the web."""

    model_config = ConfigDict(extra="forbid")

    category: Literal["marketing", "utility"]
    internal_name: Annotated[str, Field(max_length=_LONGEST, description="As people know it.")]
    body: Annotated[str, Field(max_length=_LONGEST, description="At most 1,024 characters.")]
    language: Annotated[str, Field(max_length=50, description="BCP 47: it, en, pt-BR.")]


class RefreshOut(BaseModel):
    """How many templates Meta has."""

    templates: int


@router.get("")
async def list_templates(
    holder: Holder, limit: Limit = 50, cursor: Cursor = None
) -> Page[TemplateOut]:
    """Those that Meta has, each language by itself."""
    return await paging.page_of(templates.templates, holder, limit, cursor)


@router.get("/{id}")
async def get_template(holder: Holder, id: str) -> TemplateOut:
    """One template."""
    async with current_runtime().database.reading() as session:
        found = await templates.template(session, holder.account_id, read_id(id) or 0)
    if found is None:
        raise not_found()
    return found


@router.post("", status_code=201, responses={502: problem(502)})
async def make_template(holder: Holder, new: NewTemplate) -> TemplateOut:
    """Have Meta review a new template; it can be sent once its state is `accepted`. 422 when our
    rules or Meta's refuse it: then there is none."""
    draft = TemplateDraft(
        category=TemplateCategory(new.category),
        internal_name=new.internal_name,
        body=new.body,
        language=new.language,
    )
    try:
        made = await submit(current_runtime(), holder.account_id, None, draft, clock.real_now())
    except DraftRefusedError as refused:
        raise _draft_refused(refused, draft.language) from None
    except MetaRefusedError as refused:
        raise _meta_refused(refused) from None
    return await get_template(holder, str(made.template_id))


@router.post("/refresh")
async def refresh_templates(holder: Holder) -> RefreshOut:
    """Read the whole list from Meta, and answer when it was read."""
    try:
        listed = await refresh(current_runtime(), holder.account_id, clock.real_now())
    except NotConnectedError as error:
        raise _no_line(connected=error.connected) from None
    except RefreshError as error:
        raise Problem(503, "meta", f"WhatsApp did not tell its templates: {error}") from None
    return RefreshOut(templates=listed)


def _draft_refused(refused: DraftRefusedError, language: str) -> Problem:
    errors = [
        {"where": f"body.{field}", "why": problem.replace("_", " ")}
        for field, problem in refused.problems
    ]
    detail = ", ".join(f"{field}: {problem}" for field, problem in refused.problems)
    suggested = [bcp47(code) for code in alternatives(language)]
    more: dict[str, Any] = {"languages": suggested} if suggested and "language" in detail else {}
    return Problem(422, "invalid", f"{detail.replace('_', ' ')}.", errors=errors, **more)


def _meta_refused(refused: MetaRefusedError) -> Problem:
    problem = refused.problem
    if problem in {TemplateProblem.NOT_CONNECTED, TemplateProblem.CREDENTIALS}:
        return _no_line(connected=problem is TemplateProblem.CREDENTIALS)
    words = refused.words or problem.replace("_", " ")
    if problem is TemplateProblem.UNCERTAIN:
        return Problem(502, "uncertain", "WhatsApp did not answer: the list tells what became.")
    if problem in {TemplateProblem.UNREACHABLE, TemplateProblem.TOO_MANY_AT_ONCE}:
        return Problem(503, "meta", f"WhatsApp takes no templates now: {words}.")
    more = {"reason": problem, "code": refused.code}
    return Problem(422, "template-refused", f"WhatsApp refuses it: {words}", **more)


def _no_line(*, connected: bool) -> Problem:
    control = Control.RECONNECT_ACCOUNT if connected else Control.CONNECT_ACCOUNT
    detail = "Meta refuses the credentials." if connected else "No number is connected."
    return Problem(409, "refused", detail, control=control)
