"""The addresses of the pages."""

import reflex as rx

from inbox_app.pages.inbox import page as inbox_page
from inbox_app.pages.settings import page as settings_page
from inbox_app.pages.sign_in import login, setup


def add_pages(app: rx.App) -> None:
    app.add_page(inbox_page.inbox, route="/", title="Inbox")
    app.add_page(inbox_page.conversation, route="/inbox/[conversation_id]", title="Inbox")
    app.add_page(settings_page.settings, route="/settings", title="Inbox")
    app.add_page(login.login, route="/login", title="Inbox")
    app.add_page(setup.setup, route="/setup", title="Inbox")
