"""The wizard «Create template»: checks what is typed, takes it to Meta, says how it went."""

import reflex as rx
from reflex.event import EventSpec

from inbox_app import clock
from inbox_app.channels.whatsapp.templates.draft import TemplateDraft
from inbox_app.channels.whatsapp.templates.languages import LANGUAGES
from inbox_app.models import Role
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.shared.template_notice_state import TemplateNotice
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.template_wizard.draft_review import (
    as_draft,
    first_language,
    problem_rows,
    review,
    words_of,
)
from inbox_app.pages.template_wizard.rows import HintRow, ProblemRow
from inbox_app.queries.accounts.signed_in import account_language
from inbox_app.queries.templates.rows import TemplateRow
from inbox_app.queries.templates.templates import correctable, sync
from inbox_app.runtime import current_runtime
from inbox_app.workflows.templates.correct_template import correct
from inbox_app.workflows.templates.submit_template import (
    DraftRefusedError,
    MetaRefusedError,
    Submitted,
    submit,
)

_LIST = "/templates"
_CONVERSATION = "/inbox/"
_LONGEST_REF = 100


class TemplateWizard(rx.State):
    """What was typed is kept by the browser; here is what is said of it. A saving is over when
    ``saved_ref`` or ``refused_ref`` becomes its ref."""

    ready: rx.Field[bool] = rx.field(False)
    back: rx.Field[str] = rx.field(_LIST)
    """Where one came from, and goes back to."""
    place: rx.Field[str] = rx.field("")
    """Where the browser keeps the draft."""
    start: rx.Field[str] = rx.field("")
    """The language it begins with."""
    refused: rx.Field[list[TemplateRow]] = rx.field(default_factory=list)
    """The template that is written anew, if one is."""
    first: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """Its words, to begin with."""
    languages: rx.Field[list[str]] = rx.field(default_factory=lambda: list(LANGUAGES))
    may_manage: rx.Field[bool] = rx.field(True)
    may_connect: rx.Field[bool] = rx.field(False)
    problems: rx.Field[list[ProblemRow]] = rx.field(default_factory=list)
    hints: rx.Field[list[HintRow]] = rx.field(default_factory=list)
    meta_name: rx.Field[str] = rx.field("")
    checked_ref: rx.Field[str] = rx.field("")
    saving: rx.Field[bool] = rx.field(False)
    saved_ref: rx.Field[str] = rx.field("")
    refused_ref: rx.Field[str] = rx.field("")
    failure: rx.Field[str] = rx.field("")
    """`domain.templates.TemplateProblem`."""
    failure_words: rx.Field[str] = rx.field("")
    """Meta's."""

    @rx.event
    async def load(self) -> None:
        """Come to the wizard, perhaps from a conversation (``?from=/inbox/12``), or to correct what
        Meta refused (``?again=7``)."""
        who = await signed_in(self)
        if who is None:
            return
        async with current_runtime().database.reading() as session:
            language = await account_language(session, who.account_id)
            found = await sync(session, who.account_id)
            refused = await correctable(session, who.account_id, self._again())
        self._begin(f"template-draft/{who.account_id}/{who.user_id}", refused)
        set_changed(
            self,
            ready=True,
            back=_way_back(self.router.url.query_parameters.get("from", "")),
            start=first_language(language),
            may_connect=who.role is Role.ADMIN,
            may_manage=found["may_manage"],
            failure="",
            failure_words="",
        )

    @rx.event(supersedes=True)
    async def check(
        self, category: str, internal_name: str, body: str, language: str, ref: str
    ) -> None:
        """What is wrong with it so far, and what Meta may not like."""
        who, draft = await signed_in(self), as_draft(category, internal_name, body, language)
        if who is None or draft is None:
            return
        async with current_runtime().database.reading() as session:
            found = await review(session, who.account_id, draft, self._again())
        set_changed(self, problems=found.problems, hints=found.hints, meta_name=found.meta_name)
        self.checked_ref = untrusted.text(ref, _LONGEST_REF) or ""

    @rx.event(background=True)
    async def save(
        self, category: str, internal_name: str, body: str, language: str, ref: str
    ) -> EventSpec | None:
        """Take it to Meta, once for each ref."""
        async with self:
            who, draft = await signed_in(self), as_draft(category, internal_name, body, language)
            tried, again = untrusted.text(ref, _LONGEST_REF), self._again()
            if who is None or draft is None or not tried or self.saving or tried == self.saved_ref:
                return None
            self.saving, self.failure, self.failure_words = True, "", ""
        outcome = await _submitted(who, draft, again)
        async with self:
            self.saving = False
            if isinstance(outcome, Submitted):
                return await self._made(who, outcome, draft, tried)
            self._refused(outcome, tried)
        return None

    def _again(self) -> int | None:
        return untrusted.row_id(self.router.url.query_parameters.get("again", ""))

    def _begin(self, place: str, refused: TemplateRow | None) -> None:
        """What was said of another draft is not said of this one."""
        place = f"{place}/{refused['id']}" if refused else place
        if place != self.place:
            set_changed(self, problems=[], hints=[], meta_name="")
        rows, first = ([refused], words_of(refused)) if refused else ([], {})
        set_changed(self, place=place, refused=rows, first=first)

    async def _made(
        self, who: SignedIn, made: Submitted, draft: TemplateDraft, ref: str
    ) -> EventSpec:
        self.saved_ref = ref
        set_changed(self, problems=[], hints=[], meta_name="")
        notice = await self.get_state(TemplateNotice)
        await notice._tell(who, self.back, made, draft.category)
        return rx.redirect(self.back, replace=True)

    def _refused(self, refused: DraftRefusedError | MetaRefusedError, ref: str) -> None:
        if isinstance(refused, DraftRefusedError):
            self.problems = problem_rows(refused.problems)
        else:
            self.failure, self.failure_words = refused.problem.value, refused.words
        self.refused_ref = ref


def _way_back(address: str) -> str:
    """A conversation of ours, or the list of templates; nowhere else."""
    id_ = (
        untrusted.row_id(address.removeprefix(_CONVERSATION))
        if address.startswith(_CONVERSATION)
        else None
    )
    return _LIST if id_ is None else f"{_CONVERSATION}{id_}"


async def _submitted(
    who: SignedIn, draft: TemplateDraft, again: int | None
) -> Submitted | DraftRefusedError | MetaRefusedError:
    runtime, now = current_runtime(), clock.real_now()
    try:
        if again is not None:
            return await correct(runtime, who.account_id, who.user_id, again, draft, now)
        return await submit(runtime, who.account_id, who.user_id, draft, now)
    except (DraftRefusedError, MetaRefusedError) as refused:
        return refused
