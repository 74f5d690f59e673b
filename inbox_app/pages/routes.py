"""The addresses of the pages, and what each reads when a tab comes to it, or back to it."""

import reflex as rx

from inbox_app.pages import not_found
from inbox_app.pages.advice import AdviceState
from inbox_app.pages.connect import page as connect_page
from inbox_app.pages.connect.facebook import FacebookState
from inbox_app.pages.connect.state import ConnectState
from inbox_app.pages.inbox import page as inbox_page
from inbox_app.pages.inbox.inbox_state import InboxState
from inbox_app.pages.inbox.thread_state import ThreadState
from inbox_app.pages.number_pin import PinState
from inbox_app.pages.person import PersonState
from inbox_app.pages.settings import page as settings_page
from inbox_app.pages.settings.state import SettingsState
from inbox_app.pages.sign_in import login, setup
from inbox_app.pages.sign_in.state import SetupState, SignInState
from inbox_app.pages.template_wizard import page as wizard_page
from inbox_app.pages.template_wizard.state import TemplateWizard
from inbox_app.pages.templates import page as templates_page
from inbox_app.pages.templates.state import TemplatesState

FOR_ALL = (SignInState.event_handlers["load"], SetupState.event_handlers["load"])
"""What somebody signed out may ask of the pages' states."""

_ASIDE = [PersonState.load, AdviceState.load, PinState.load]
_INBOX = [PersonState.load, InboxState.load, ThreadState.load]


def add_pages(app: rx.App) -> None:
    for address in ("/", "/inbox"):
        app.add_page(inbox_page.inbox, route=address, title="Inbox", on_load=_INBOX)
    app.add_page(
        inbox_page.conversation, route="/inbox/[conversation_id]", title="Inbox", on_load=_INBOX
    )
    app.add_page(
        templates_page.templates,
        route="/templates",
        title="Inbox",
        on_load=[PersonState.load, TemplatesState.load],
    )
    app.add_page(
        wizard_page.wizard,
        route="/templates/new",
        title="Inbox",
        on_load=[PersonState.load, TemplateWizard.load],
    )
    app.add_page(
        settings_page.settings,
        route="/settings",
        title="Inbox",
        on_load=[*_ASIDE, SettingsState.load],
    )
    app.add_page(
        connect_page.connect,
        route="/connect",
        title="Inbox",
        on_load=[*_ASIDE, FacebookState.load, ConnectState.load],
    )
    app.add_page(not_found.not_found, route="404", title="Inbox")
    app.add_page(login.login, route="/login", title="Inbox", on_load=SignInState.load)
    app.add_page(setup.setup, route="/setup", title="Inbox", on_load=SetupState.load)
