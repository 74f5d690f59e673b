"""The wizard's draft against what there is already: problems, advice, the name at Meta."""

from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.templates.components import Parts, as_sent
from inbox_app.channels.whatsapp.templates.draft import TemplateDraft, problems, tidy
from inbox_app.channels.whatsapp.templates.hints import hints
from inbox_app.channels.whatsapp.templates.languages import LANGUAGES, alternatives, meta_code
from inbox_app.domain.templates import MAX_BODY, DraftField, DraftProblem, TemplateCategory
from inbox_app.pages import untrusted
from inbox_app.pages.template_wizard.rows import HintRow, ProblemRow
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplateRow
from inbox_app.services.templates import record_template

LONGEST_BODY = 20_000
_LONGEST_NAME = 2_000
_LONGEST_WORDS = 60


class Checked(NamedTuple):
    """What is said of a draft."""

    problems: list[ProblemRow]
    hints: list[HintRow]
    meta_name: str


def as_draft(
    category: object, name: object, body: object, language: object
) -> TemplateDraft | None:
    """What the browser sent as a draft; none when it is nothing a person could have typed there."""
    typed, words = untrusted.text(name, _LONGEST_NAME), untrusted.text(body, LONGEST_BODY)
    if typed is None or words is None or language not in LANGUAGES:
        return None
    if category not in ("", TemplateCategory.MARKETING, TemplateCategory.UTILITY):
        return None
    chosen = TemplateCategory(str(category)) if category else TemplateCategory.AUTHENTICATION
    return TemplateDraft(chosen, typed, words, str(language))


def first_language(tag: str) -> str:
    """Meta's code to begin with for who reads ``tag``."""
    return meta_code(tag) or next(iter(alternatives(tag)), "en")


def words_of(refused: TemplateRow) -> dict[str, str]:
    """What the wizard begins with when a refused template is written anew, by field."""
    category, language = refused["category"], refused["language"]
    words = Parts(refused["header"] or None, refused["body"], refused["footer"] or None)
    offered = (TemplateCategory.MARKETING, TemplateCategory.UTILITY)
    return {
        DraftField.CATEGORY.value: category if category in offered else "",
        DraftField.INTERNAL_NAME.value: refused["name"],
        DraftField.BODY.value: as_sent(words),
        DraftField.LANGUAGE.value: language if language in LANGUAGES else "",
    }


async def review(
    session: AsyncSession, account_id: int, draft: TemplateDraft, instead_of: int | None
) -> Checked:
    """As it will be checked again before Meta is asked."""
    draft = tidy(draft)
    others = await templates.others(
        session, account_id, language=draft.language, instead_of=instead_of
    )
    wrong = problems(draft, others)
    is_repeated = (DraftField.BODY, DraftProblem.SAME_TEXT) in wrong
    texts = [] if is_repeated else [other.body for other in others if not other.cancelled]
    return Checked(
        problems=problem_rows(wrong),
        hints=_hints(draft, texts) if draft.body and len(draft.body) <= MAX_BODY else [],
        meta_name=await _name_at_meta(session, account_id, draft) if draft.internal_name else "",
    )


def problem_rows(found: tuple[tuple[DraftField, DraftProblem], ...]) -> list[ProblemRow]:
    """In their order."""
    return [ProblemRow(field=field.value, problem=problem.value) for field, problem in found]


async def _name_at_meta(session: AsyncSession, account_id: int, draft: TemplateDraft) -> str:
    number = await active_number(session, account_id)
    waba_id = number.waba_id if number else ""
    known = await record_template.names(session, account_id, waba_id)
    return record_template.choose_name(draft, known, ())


def _hints(draft: TemplateDraft, texts: list[str]) -> list[HintRow]:
    return [
        HintRow(kind=hint.kind.value, words=_shortened(", ".join(hint.words)))
        for hint in hints(draft, texts)
    ]


def _shortened(words: str) -> str:
    """The words, or as many as there is room for."""
    if len(words) <= _LONGEST_WORDS:
        return words
    return words[:_LONGEST_WORDS].rsplit(" ", 1)[0] + "…"
