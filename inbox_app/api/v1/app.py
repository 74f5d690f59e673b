"""`/api/v1`: where its parts meet."""

import re

from fastapi import FastAPI
from starlette.routing import Mount

from inbox_app.api.v1 import (
    accommodations,
    actors,
    personal_data,
    reservations,
    saved_replies,
    search,
    tasks,
    templates,
    webhook_endpoints,
)
from inbox_app.api.v1.conversations import (
    conversations,
    files,
    labels,
    links,
    media,
    messages,
    notes,
    waiting_messages,
)
from inbox_app.api.v1.gate import description, docs, problems
from inbox_app.api.v1.gate.middleware import ApiMiddleware

PATH = "/api/v1"
_ABOUT = (
    "The inbox, for the property-management system. Send the key as `Authorization: Bearer …`; "
    "errors are application/problem+json; writes take Idempotency-Key. A key may ask a thousand "
    "times at once and fifty times a second after that; then 429 says when to go on. Times are "
    "RFC 3339 in UTC."
)


def routes() -> list[Mount]:
    """The whole API, behind its gate."""
    return [mounted(make_api())]


def mounted(api: FastAPI) -> Mount:
    """In its place, behind its gate."""
    mount = Mount(PATH, ApiMiddleware(api))
    # Starlette's own stops at a line break, which an id may hold: the page server would answer.
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def make_api() -> FastAPI:
    """The API without its gate, which alone knows whose a request is."""
    api = FastAPI(
        title="Inbox API",
        description=_ABOUT,
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        root_path_in_servers=False,
        redirect_slashes=False,  # behind a proxy it would lead to http, with the key
        servers=[{"url": PATH}],
    )
    api.include_router(conversations.router)
    api.include_router(links.router)
    api.include_router(messages.router)
    api.include_router(notes.router)
    api.include_router(waiting_messages.router)
    api.include_router(files.router)
    api.include_router(media.router)
    api.include_router(templates.router)
    api.include_router(actors.router)
    api.include_router(personal_data.router)
    api.include_router(accommodations.router)
    api.include_router(reservations.router)
    api.include_router(tasks.router)
    api.include_router(saved_replies.router)
    api.include_router(search.router)
    api.include_router(webhook_endpoints.router)
    api.include_router(labels.router)
    problems.install(api)
    description.install(api)
    docs.install(api)
    return api
