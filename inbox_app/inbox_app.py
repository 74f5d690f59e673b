"""Where the parts meet: pages, HTTP routes and jobs around the Reflex app; nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from inbox_app import runtime, settings
from inbox_app.api import auth, health, i18n, webhook
from inbox_app.api.v1 import app as api_v1
from inbox_app.jobs import send_queue, understand
from inbox_app.jobs.schedule import SCHEDULE
from inbox_app.jobs.scheduler import Jobs
from inbox_app.pages import failures, sticky_tabs
from inbox_app.sandbox import stage
from inbox_app.sandbox.phone_page import phone_page
from inbox_app.sandbox.phone_state import PhoneState

# Reached before Reflex, its middleware and the router: thousands of webhooks a second come here.
FAST_LANE: dict[str, ASGIApp] = {webhook.PATH: webhook.Webhook()}

JOBS = Jobs(SCHEDULE, loops={"understand": understand.run, "send": send_queue.run})

HTTP_ROUTES: list[BaseRoute] = [
    *auth.routes(),
    *i18n.routes(),
    *health.routes({"jobs": JOBS.check}),
    *api_v1.routes(),
    *stage.routes(),
]


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """The database and the rest of what a worker holds, while it serves."""
    runtime.start(settings.current())
    try:
        yield
    finally:
        await runtime.stop()


# Context managers, entered in this order and left in the opposite one. Plain coroutines would be
# cancelled only after all of these have been left, with the database already gone.
LIFESPAN = (running, stage.playing, JOBS.running)


class Hello(rx.State):
    """Stands in until the inbox is here."""

    clicks: int = 0

    @rx.event
    async def click(self) -> None:
        """Count a click."""
        self.clicks += 1


def hello() -> rx.Component:
    """The page until the inbox is here."""
    return rx.el.main(
        rx.el.h1("Posta"),
        rx.el.button(Hello.clicks, on_click=Hello.click, type="button"),
        rx.el.ul(rx.foreach([1, 2, 3], lambda number: rx.el.li(number))),
        rx.el.a("Modelli", href="/templates"),
    )


app = rx.App(
    # Reflex's own banner and toasts go through eval, and bring Sonner and Radix along.
    toaster=None,
    app_wraps={},
    backend_exception_handler=failures.log_handler_failure,
    frontend_exception_handler=failures.log_browser_failure,
    api_transformer=Starlette(routes=HTTP_ROUTES),
    html_lang="it",
)
sticky_tabs.install(app)

for _task in LIFESPAN:
    app.register_lifespan_task(_task)

app.add_page(hello, route="/", title="Posta")
app.add_page(hello, route="/templates", title="Modelli")
app.add_page(hello, route="/inbox/[conversation_id]", title="Posta")
app.add_page(
    phone_page,
    route="/sandbox/phone",
    title="Posta",
    on_load=[PhoneState.pick_up, PhoneState.follow],
)
