"""`/docs`: the API's description as one plain page, without scripts or anything from elsewhere."""

import json
from html import escape
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_CSS = """\
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; font-size: 1.1rem; }
h2 code { padding: .1rem .4rem; border: 1px solid; border-radius: .3rem; }
pre { overflow: auto; padding: .75rem; border: 1px solid #8884; border-radius: .4rem; }
dt { font-weight: 600; margin-top: .5rem; } dd { margin: 0; }
"""

_PROBLEMS = {
    "cursor": "400: the cursor is not one that a list gave.",
    "idempotency-key": "400: the key has 1 to 200 plain characters.",
    "broken-off": "400: the request ended before its body.",
    "unauthorized": "401: no key, or one that is unknown or revoked.",
    "not-found": "404: there is no such thing in the key's account.",
    "refused": "409: nothing was sent; «control» says what can be done instead.",
    "idempotency-key-reused": "409: the same Idempotency-Key came with another request.",
    "needs-fallback": "409: no text may be sent by the time of «send_at»; «control» as above.",
    "taken-back": "409: what came with this Idempotency-Key was taken back.",
    "has-left": "409: it cannot be taken back; «detail» says why.",
    "template-not-ready": "409: the template is not accepted, or not any more; «state» and "
    "«reasons» say what it is instead, «control» what can be done.",
    "marketing-stopped": "409: the person asked for no more marketing; «control» as above.",
    "number-of-another": "409: the number's conversation is linked to another actor.",
    "method-not-allowed": "405: this call does not exist.",
    "too-slow": "408: the body has 20 seconds to come.",
    "too-large": "413: the body is too large.",
    "invalid": "422: «errors» says where and why.",
    "snooze": "422: a conversation cannot be snoozed until then; «detail» says why.",
    "phone": "422: nobody can be written to at this number.",
    "template": "422: there is no template with this id.",
    "template-refused": "422: WhatsApp refuses the new template; «reason» and «code» say why.",
    "actor": "422: there is no actor with this external id.",
    "too-many": "429: a key may ask a thousand times at once and fifty times a second after that; "
    "who shows bad keys, less. Try again after «Retry-After».",
    "uncertain": "502: WhatsApp did not answer; the list of templates tells what became.",
    "meta": "503: WhatsApp does not do this now; try again later.",
    "busy": "503: too much comes at once; try again after «Retry-After».",
    "unavailable": "503: the database does not answer; try again after «Retry-After».",
}


def install(api: FastAPI) -> None:
    """Add the page and its style sheet to `api`."""

    @api.get("/docs", include_in_schema=False)
    async def docs(_request: Request) -> Response:
        return HTMLResponse(_page(api.openapi()))

    @api.get("/docs.css", include_in_schema=False)
    async def css(_request: Request) -> Response:
        return Response(_CSS, media_type="text/css")


def _page(description: dict[str, Any]) -> str:
    calls = [
        _call(method, path, call)
        for path, methods in description["paths"].items()
        for method, call in methods.items()
    ]
    schemas = [_schema(name, schema) for name, schema in _schemas(description).items()]
    problems = [f'<dt id="{kind}">{kind}</dt><dd>{why}</dd>' for kind, why in _PROBLEMS.items()]
    info = description["info"]
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/api/v1/docs.css">
</head><body><h1>{escape(info["title"])}</h1><p>{escape(info["description"])}
<a href="/api/v1/openapi.json">openapi.json</a></p>
{"".join(calls)}<h2>Problems</h2><dl>{"".join(problems)}</dl><h2>Shapes</h2>{"".join(schemas)}
</body></html>"""


def _call(method: str, path: str, call: dict[str, Any]) -> str:
    parameters = "".join(
        f"<li><code>{escape(given['name'])}</code> {escape(given.get('description', ''))}</li>"
        for given in call.get("parameters", [])
    )
    body = _reference(call.get("requestBody", {}))
    answers = ", ".join(
        f"{status} {_reference(answer)}" for status, answer in call["responses"].items()
    )
    return (
        f"<h2><code>{method.upper()} {escape(path)}</code></h2>"
        f"<p>{escape(call.get('description', ''))}</p><ul>{parameters}</ul>"
        f"<p>{f'Takes {body}. ' if body else ''}Answers {answers}.</p>"
    )


def _reference(content: dict[str, Any]) -> str:
    schema = content.get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    return f'<a href="#shape-{name}">{name}</a>' if name else ""


def _schemas(description: dict[str, Any]) -> dict[str, Any]:
    return description.get("components", {}).get("schemas", {})


def _schema(name: str, schema: dict[str, Any]) -> str:
    text = escape(json.dumps(schema, indent=2, ensure_ascii=False))
    return f'<h3 id="shape-{name}">{name}</h3><pre>{text}</pre>'
