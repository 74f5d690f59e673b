"""Takes a new template to Meta: checked here, made there, written down here (T4)."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakValueDictionary

from inbox_app.channels.whatsapp.graph.templates import Created, creation, problem_of
from inbox_app.channels.whatsapp.graph.transport import (
    GraphError,
    GraphRefusedError,
    OutcomeUnknownError,
)
from inbox_app.channels.whatsapp.templates.draft import Problem, TemplateDraft, problems, tidy
from inbox_app.domain.templates import TemplateProblem, TemplateState
from inbox_app.live import Change, Queue
from inbox_app.queries.templates import templates
from inbox_app.runtime import Runtime
from inbox_app.services.templates import record_template
from inbox_app.services.templates.request_refresh import request_refresh
from inbox_app.workflows.credentials_refused import react_to_refusal
from inbox_app.workflows.graph_connection import (
    GraphConnection,
    NotConnectedError,
    graph_connection_of,
)


class DraftRefusedError(Exception):
    """Meta was not asked: `problems` says what is wrong, in the order of the wizard's steps."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


class MetaRefusedError(Exception):
    """Nothing was made or deleted, as far as anybody knows; `words` and `code` are Meta's."""

    def __init__(self, problem: TemplateProblem, words: str = "", code: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.words, self.code = problem, words, code


@dataclass(frozen=True, slots=True)
class Submitted:
    """Meta has it. `category` may be another than the one asked for."""

    template_id: int
    state: TemplateState
    category: str


async def submit(
    runtime: Runtime,
    account_id: int,
    user_id: int | None,
    draft: TemplateDraft,
    now: datetime,
    instead_of: int | None = None,
) -> Submitted:
    """Raises ``DraftRefusedError`` or ``MetaRefusedError``. `user_id` is nobody for the API, `now`
    real time; `instead_of` is a refused template, whose name it may have."""
    draft = tidy(draft)
    async with _turns.setdefault(account_id, asyncio.Lock()):
        await _check(runtime, account_id, draft, instead_of)
        line = await connection_or_refusal(runtime, account_id)
        name, created = await _made(runtime, line, draft, now)
        async with runtime.database.transaction() as session:
            template = await record_template.record_created(
                session,
                account_id=account_id,
                waba_id=line.number.waba_id,
                user_id=user_id,
                draft=draft,
                name=name,
                created=created,
                now=now,
            )
    if template.state is TemplateState.CANCELLED:
        await _read_anew(runtime, account_id, now)
    runtime.live.publish(Change(account_id))
    return Submitted(template.id, template.state, template.category)


async def connection_or_refusal(runtime: Runtime, account_id: int) -> GraphConnection:
    """Raises ``MetaRefusedError`` where there is no line."""
    try:
        return await graph_connection_of(runtime, account_id)
    except NotConnectedError as error:
        known = TemplateProblem.CREDENTIALS if error.connected else TemplateProblem.NOT_CONNECTED
        raise MetaRefusedError(known) from None


async def refusal(
    runtime: Runtime, line: GraphConnection, error: GraphError, now: datetime
) -> MetaRefusedError:
    """What went wrong, with what follows from it already done."""
    account_id = line.number.account_id
    if isinstance(error, GraphRefusedError):
        await react_to_refusal(runtime, line.number.connection, error.answer)
        problem = problem_of(error.answer)
        return MetaRefusedError(problem, error.answer.words, error.answer.code)
    if isinstance(error, OutcomeUnknownError):
        await _read_anew(runtime, account_id, now)
        runtime.live.publish(Change(account_id))
        return MetaRefusedError(TemplateProblem.UNCERTAIN)
    return MetaRefusedError(TemplateProblem.UNREACHABLE)


async def _read_anew(runtime: Runtime, account_id: int, now: datetime) -> None:
    """Only the list tells whether an unanswered one was made, and why one was refused at once."""
    async with runtime.database.transaction() as session:
        await request_refresh(session, account_id, now)
    runtime.live.wake(Queue.TEMPLATES)


_turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
"""One draft of an account after another: of a double click, the second finds the first's."""
_TRIES = 3


async def _check(
    runtime: Runtime, account_id: int, draft: TemplateDraft, instead_of: int | None
) -> None:
    async with runtime.database.reading() as session:
        others = await templates.others(
            session, account_id, language=draft.language, instead_of=instead_of
        )
    if found := problems(draft, others):
        raise DraftRefusedError(found)


async def _made(
    runtime: Runtime, line: GraphConnection, draft: TemplateDraft, now: datetime
) -> tuple[str, Created]:
    """Under the first derived name that Meta takes."""
    number, refused = line.number, set[str]()
    async with runtime.database.reading() as session:
        known = await record_template.names(session, number.account_id, number.waba_id)
    while True:
        name = record_template.choose_name(draft, known, refused)
        payload = creation(name, draft.language, draft.category, draft.body)
        try:
            return name, await line.client.create_template(number.waba_id, payload)
        except GraphError as error:
            problem = await refusal(runtime, line, error, now)
        refused.add(name)
        if problem.problem is not TemplateProblem.NAME_TAKEN or len(refused) == _TRIES:
            raise problem
