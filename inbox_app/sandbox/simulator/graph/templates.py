"""Templates in the simulated Graph API: what she answers when they are listed, made, sent."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import URL

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.channels.whatsapp.templates.components import parts
from inbox_app.channels.whatsapp.templates.languages import LANGUAGES
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError
from inbox_app.sandbox.simulator.graph.fields import only_asked
from inbox_app.sandbox.simulator.template_store import StoredTemplate, TemplateStore

_DEFAULT_LIMIT, _MOST = 25, 500
_DEFAULT_FIELDS = (
    "name,parameter_format,components,language,status,category,previous_category,sub_category"
)


def page(store: TemplateStore, waba_id: str, url: URL, query: Mapping[str, str]) -> Json:
    """One page of the list; with cursors unless it is empty, with `next` unless it is the last."""
    found = [one for one in store.of(waba_id) if _is_asked_for(one, query)]
    limit = min(_number(query.get("limit"), _DEFAULT_LIMIT), _MOST)
    start = _place(query.get("after"))
    shown = found[start : start + limit]
    summary = _summary(found, query.get("summary"))
    if not shown:
        return {"data": []} | summary
    fields = query.get("fields", _DEFAULT_FIELDS)
    end = start + len(shown)
    paging: Json = {"cursors": {"before": _cursor(start), "after": _cursor(end)}}
    if end < len(found):
        paging["next"] = str(url.include_query_params(after=_cursor(end)))
    if start:
        paging["previous"] = str(url.remove_query_params("after"))
    return {"data": [only_asked(one.told(), fields) for one in shown], "paging": paging} | summary


def _summary(found: list[StoredTemplate], asked: str | None) -> Json:
    """The counts that were asked for."""
    counts = {
        "total_count": len(found),
        "message_template_count": len({one.name for one in found}),
        "message_template_limit": 250,
        "are_translations_complete": True,
    }
    told = {name: counts[name] for name in (asked or "").split(",") if name in counts}
    return {"summary": told} if told else {}


def new(waba_id: str, payload: Json) -> StoredTemplate:
    """To be reviewed; raises SimulatedGraphError for what cannot be read or breaks Meta's rules."""
    name, language = str(payload.get("name") or ""), str(payload.get("language") or "")
    category = str(payload.get("category") or "").upper()
    components = _components(payload)
    if not re.fullmatch(r"[a-z0-9_]{1,512}", name):
        raise SimulatedGraphError(
            Code.INVALID_PARAMETER, "name: only lower-case letters, digits and underscores."
        )
    if language not in LANGUAGES:
        raise SimulatedGraphError(Code.INVALID_PARAMETER, f"language: {language} is not supported.")
    if category not in {"MARKETING", "UTILITY", "AUTHENTICATION"}:
        raise SimulatedGraphError(
            Code.INVALID_PARAMETER, "category: must be one of MARKETING, UTILITY, AUTHENTICATION."
        )
    _check_body(parts(components).body)
    return StoredTemplate(
        waba_id=waba_id,
        name=name,
        language=language,
        category=category,
        components=components,
        status="PENDING",
    )


def to_send(store: TemplateStore, waba_id: str, payload: Json) -> StoredTemplate:
    """The template that a send names; raises SimulatedGraphError when it cannot be sent."""
    given = payload.get("template")
    asked: Json = given if isinstance(given, dict) else {}
    language = asked.get("language")
    code = str(language.get("code")) if isinstance(language, dict) else ""
    template = store.find(waba_id, str(asked.get("name")), code)
    if template is None or template.status not in {"APPROVED", "PAUSED", "DISABLED"}:
        raise SimulatedGraphError(Code.TEMPLATE_MISSING)
    if template.status != "APPROVED":
        raise SimulatedGraphError(
            Code.TEMPLATE_PAUSED if template.status == "PAUSED" else Code.TEMPLATE_DISABLED
        )
    if "{{" in str(template.components) or asked.get("components"):
        raise SimulatedGraphError(Code.TEMPLATE_PARAMETER_COUNT)
    return template


def _components(payload: Json) -> list[Json]:
    components = payload.get("components")
    if not isinstance(components, list) or not all(isinstance(one, dict) for one in components):
        raise SimulatedGraphError(Code.INVALID_PARAMETER, "components: must be a list of objects.")
    return [one | {"type": str(one.get("type", "")).upper()} for one in components]


def _check_body(body: str) -> None:
    if not body.strip():
        raise SimulatedGraphError(Code.INVALID_PARAMETER, subcode=2388072)
    if len(body) > 1024:
        raise SimulatedGraphError(Code.INVALID_PARAMETER, subcode=2388040)
    if "\n\n\n" in body or "     " in body or "\t" in body:
        raise SimulatedGraphError(Code.INVALID_PARAMETER, subcode=2388072)
    variables = re.findall(r"\{\{\w+\}\}", body)
    if re.match(r"\s*\{\{|.*\}\}\s*$", body, re.DOTALL) and variables:
        raise SimulatedGraphError(Code.INVALID_PARAMETER, subcode=2388299)
    if len(body.split()) < 3 * len(variables):
        raise SimulatedGraphError(Code.INVALID_PARAMETER, subcode=2388293)


def _is_asked_for(one: StoredTemplate, query: Mapping[str, str]) -> bool:
    return (
        query.get("status", one.status).upper() == one.status
        and query.get("category", one.category).upper() == one.category
        and query.get("language", one.language) == one.language
        and query.get("name", "") in one.name
    )


def _number(given: str | None, default: int) -> int:
    return int(given) if given and given.isdigit() and int(given) else default


def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(f"QVF{place}".encode()).decode().rstrip("=") + "ZD"


def _place(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        coded = cursor.removesuffix("ZD")
        text: Any = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
        return int(text.removeprefix("QVF"))
    except ValueError:
        raise SimulatedGraphError(Code.CURSOR_EXPIRED) from None
