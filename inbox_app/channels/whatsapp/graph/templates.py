"""Templates on the wire: what Meta lists, what she makes of a new one, why she refuses one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from inbox_app.channels.whatsapp.error_codes import Subcode
from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer
from inbox_app.channels.whatsapp.json_values import Json, ident, is_mapping, items, mapping
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.messages import clean_text
from inbox_app.domain.templates import TemplateCategory, TemplateProblem

FIELDS = (
    "id,name,language,status,category,previous_category,components,quality_score,rejected_reason"
)
"""Asked for by name: the last two are not among those that come by themselves."""

Components = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTemplate:
    """One language of a template, as it stands at Meta's."""

    provider_id: str | None
    name: str
    language: str
    category: str
    """In lower case when it is one of ours."""
    previous_category: str | None
    """Unless it is one of those that Meta has given up, as she still tells of old templates."""
    status: str
    """In upper case; «UNKNOWN» when there was none."""
    components: Components
    reason: str | None
    quality: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What Meta made of a new template: she may have refused it, or filed it otherwise, at once."""

    provider_id: str
    status: str
    category: str | None


def read_page(page: Json) -> tuple[ListedTemplate, ...]:
    """The templates of one page of the list; an item without a name is left out."""
    found = (_listed(item) for item in items(page.get("data")) if is_mapping(item))
    return tuple(template for template in found if template is not None)


def creation(name: str, language: str, category: TemplateCategory, body: str) -> dict[str, Any]:
    """A plain text to be made; `language` is Meta's code."""
    return {
        "name": name,
        "language": language,
        "category": category.upper(),
        "components": [{"type": "BODY", "text": body}],
    }


def read_created(answer: Json) -> Created | None:
    """None when the answer names no template: then nobody knows whether it was made."""
    provider_id = ident(answer.get("id"))
    if provider_id is None:
        return None
    category = ident(answer.get("category"))
    return Created(
        provider_id=provider_id,
        status=(ident(answer.get("status")) or "PENDING").upper(),
        category=category and known_category(category),
    )


def problem_of(answer: GraphErrorAnswer) -> TemplateProblem:
    """What a refusal means to who makes or deletes a template."""
    if (known := _BY_SUBCODE.get(answer.subcode or 0)) is not None:
        return known
    return _BY_REMEDY.get(answer.remedy, TemplateProblem.REFUSED)


def known_category(category: str) -> str:
    """In lower case when it is one of ours; one that we do not know stays as Meta writes it."""
    return category.lower() if category.lower() in tuple(TemplateCategory) else category


def reason_of(value: Any) -> str | None:
    """Meta says «NONE» where there is none."""
    reason = ident(value)
    return None if reason is None or reason.upper() == "NONE" else reason


def language_code(value: Any) -> str | None:
    """Webhooks may write en-US for en_US."""
    code = ident(value)
    return code and code.replace("-", "_")


def readable_components(value: Any) -> Components:
    """Meta's components as they came, without what no database could keep."""
    found = (_storable(item, _DEPTH) for item in items(value) if is_mapping(item))
    return [cast("dict[str, Any]", item) for item in found]


def _listed(item: Json) -> ListedTemplate | None:
    name = ident(item.get("name"))
    if name is None:
        return None
    previous = known_category(ident(item.get("previous_category")) or "")
    return ListedTemplate(
        provider_id=ident(item.get("id")),
        name=name,
        language=language_code(item.get("language")) or "",
        category=known_category(ident(item.get("category")) or ""),
        previous_category=previous if previous in tuple(TemplateCategory) else None,
        status=(ident(item.get("status")) or "UNKNOWN").upper(),
        components=readable_components(item.get("components")),
        reason=reason_of(item.get("rejected_reason")),
        quality=ident(mapping(item.get("quality_score")).get("score")),
    )


def _storable(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if depth == 0:
        return None
    if isinstance(value, dict):
        told = cast("Mapping[Any, Any]", value)
        return {clean_text(str(key)): _storable(each, depth - 1) for key, each in told.items()}
    if isinstance(value, list):
        return [_storable(each, depth - 1) for each in cast("list[Any]", value)]
    return value


_DEPTH = 12
"""Carousels nest seven deep."""

_BY_SUBCODE: dict[int, TemplateProblem] = {
    Subcode.TOO_MANY_TEMPLATES: TemplateProblem.LIMIT_REACHED,
    Subcode.TEMPLATE_NAME_DELETED: TemplateProblem.NAME_TAKEN,
    Subcode.TEMPLATE_EXISTS: TemplateProblem.NAME_TAKEN,
    Subcode.TEMPLATE_TOO_LONG: TemplateProblem.TOO_LONG,
    Subcode.TEMPLATE_HEADER_FORMAT: TemplateProblem.FORMAT,
    Subcode.TEMPLATE_BODY_FORMAT: TemplateProblem.FORMAT,
    Subcode.TEMPLATE_FOOTER_FORMAT: TemplateProblem.FORMAT,
    Subcode.TEMPLATE_VARIABLE_RATIO: TemplateProblem.VARIABLES,
    Subcode.TEMPLATE_VARIABLE_AT_EDGE: TemplateProblem.VARIABLES,
    Subcode.BUSINESS_NOT_VERIFIED: TemplateProblem.NOT_ALLOWED,
    Subcode.TEMPLATE_NOT_FOUND: TemplateProblem.NOT_FOUND,
}
"""docs/whatsapp.md §11."""

_BY_REMEDY = {
    Remedy.RETRY: TemplateProblem.TOO_MANY_AT_ONCE,
    Remedy.RETRY_LATER: TemplateProblem.NOT_ALLOWED,
    Remedy.RECONNECT: TemplateProblem.CREDENTIALS,
}
