"""Where the parts meet: pages, HTTP routes and jobs around the Reflex app; nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from inbox_app import sessions
from inbox_app.api import (
    audit_export,
    calendar_files,
    figures_export,
    health,
    i18n,
    imports,
    notifications,
    offline,
    person_export,
    webhook,
)
from inbox_app.api.files import media, uploads
from inbox_app.api.sign_in import auth, passwords, second_step, two_factor
from inbox_app.api.sign_in.sign_in_guard import SignInGuard
from inbox_app.api.v1 import app as api_v1
from inbox_app.config import settings
from inbox_app.jobs import (
    connect_queue,
    fetch_queue,
    import_queue,
    mail_worker,
    outbox_worker,
    process_webhooks,
    push_worker,
    refresh_templates,
    webhook_worker,
)
from inbox_app.jobs.schedule import SCHEDULE
from inbox_app.jobs.scheduler import Jobs
from inbox_app.pages import log_errors, routes
from inbox_app.pages.event_guard import EventGuard
from inbox_app.pages.inbox.foot import presence_state
from inbox_app.pages.inbox.list import row_people
from inbox_app.pages.shared import frame
from inbox_app.pages.tabs import live_tabs, presence, row_presence, tab_namespace, window_ticker
from inbox_app.pages.tabs.closed_tabs import ClosedTabs
from inbox_app.pages.tabs.tab_sockets import TabSockets
from inbox_app.runtime import start_runtime, stop_runtime
from inbox_app.sandbox import simulator_app
from inbox_app.sandbox.phone import phone_files
from inbox_app.sandbox.phone.clock_state import ClockState
from inbox_app.sandbox.phone.phone_page import phone_page
from inbox_app.sandbox.phone.phone_state import PhoneState

# Reached before Reflex, its middleware and the router: thousands of webhooks a second come here.
FAST_LANE: dict[str, ASGIApp] = {webhook.PATH: webhook.Webhook()}

JOBS = Jobs(
    SCHEDULE,
    loops={
        "understand": process_webhooks.run,
        "send": outbox_worker.run,
        "connect": connect_queue.run,
        "files": fetch_queue.run,
        "webhooks": webhook_worker.run,
        "pushes": push_worker.run,
        "mail": mail_worker.run,
        "templates": refresh_templates.run,
        "imports": import_queue.run,
    },
)

GUARD = SignInGuard()
HTTP_ROUTES: list[BaseRoute] = [
    *auth.routes(GUARD),
    *passwords.routes(GUARD),
    *second_step.routes(GUARD),
    *two_factor.routes(GUARD),
    *uploads.routes(),
    *calendar_files.routes(),
    *imports.routes(),
    *i18n.routes(),
    *media.routes(),
    *notifications.routes(),
    *offline.routes(),
    *person_export.routes(),
    *audit_export.routes(),
    *figures_export.routes(),
    *health.routes({"jobs": JOBS.check}),
    *api_v1.routes(),
    *simulator_app.routes(),
    *phone_files.routes(),
]


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """The database and the rest of what a worker holds, while it serves."""
    start_runtime(settings.current())
    try:
        yield
    finally:
        await stop_runtime()


app = rx.App(
    # Reflex's own banner and toasts go through eval, and bring Sonner and Radix along.
    toaster=None,
    app_wraps={},
    backend_exception_handler=log_errors.log_handler_failure,
    frontend_exception_handler=log_errors.log_browser_failure,
    api_transformer=Starlette(routes=HTTP_ROUTES),
    html_lang="it",
    stylesheets=frame.STYLESHEETS,
    head_components=frame.head(),
)
routes.add_pages(app)
_PICKED_UP = [PhoneState.pick_up, ClockState.load, PhoneState.follow]
routes.add_page(app, phone_page, "/sandbox/phone", _PICKED_UP)

HUB = live_tabs.use(live_tabs.Hub(TabSockets(app)))
PRESENCE = presence.use(presence.Presence(TabSockets(app), presence_state.show))
ROW_PRESENCE = row_presence.use(
    row_presence.RowPresence(TabSockets(app), PRESENCE.there, HUB.holds, row_people.show)
)
sessions.when_ended(HUB.close_sockets, HUB.open_sessions)
_SANDBOX_ONLY = [*PhoneState.event_handlers.values(), *ClockState.event_handlers.values()]
app.add_middleware(EventGuard(public=routes.PUBLIC, sandbox_only=_SANDBOX_ONLY))
tab_namespace.install(app)

# Context managers, entered in this order and left in the opposite one. Plain coroutines would be
# cancelled only after all of these have been left, with the database already gone.
_AROUND = (
    running,
    simulator_app.run_simulator,
    HUB.running,
    PRESENCE.running,
    ROW_PRESENCE.running,
    sessions.looking,
    ClosedTabs(app).running,
    window_ticker.running,
    JOBS.running,
)
for _task in _AROUND:
    app.register_lifespan_task(_task)
