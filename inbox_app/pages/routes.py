"""The addresses of the pages, and what each reads when a tab comes to it, or back to it."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from inbox_app.pages import not_found
from inbox_app.pages.accommodations import page as accommodations_page
from inbox_app.pages.accommodations.state import AccommodationsState
from inbox_app.pages.actors import page as actors_page
from inbox_app.pages.actors.actors_state import ActorsState
from inbox_app.pages.actors.form_state import ActorFormState
from inbox_app.pages.actors.record_state import RecordState
from inbox_app.pages.audit import page as audit_page
from inbox_app.pages.audit.state import AuditState
from inbox_app.pages.connect import page as connect_page
from inbox_app.pages.connect.facebook import FacebookState
from inbox_app.pages.connect.state import ConnectState
from inbox_app.pages.figures import page as figures_page
from inbox_app.pages.figures.state import FiguresState
from inbox_app.pages.imports import page as imports_page
from inbox_app.pages.imports.state import ImportsState
from inbox_app.pages.inbox import page as inbox_page
from inbox_app.pages.inbox.list.inbox_state import InboxState
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.pages.notifications import page as notifications_page
from inbox_app.pages.notifications.state import NotificationsState
from inbox_app.pages.people import page as people_page
from inbox_app.pages.people.assignment_state import AssignmentState
from inbox_app.pages.people.state import PeopleState
from inbox_app.pages.people.two_factor_state import TwoFactorState
from inbox_app.pages.saved_replies import page as saved_replies_page
from inbox_app.pages.saved_replies.state import SavedRepliesState
from inbox_app.pages.settings import page as settings_page
from inbox_app.pages.settings.away_state import AwayState
from inbox_app.pages.settings.devices_state import DevicesState
from inbox_app.pages.settings.retention_state import RetentionState
from inbox_app.pages.settings.state import SettingsState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.pages.shared.number_pin import PinState
from inbox_app.pages.shared.two_numbers_advice import AdviceState
from inbox_app.pages.sign_in import join, login, setup
from inbox_app.pages.sign_in.state import JoinState, SetupState, SignInState
from inbox_app.pages.template_wizard import page as wizard_page
from inbox_app.pages.template_wizard.state import TemplateWizard
from inbox_app.pages.templates import page as templates_page
from inbox_app.pages.templates.state import TemplatesState
from inbox_app.pages.webhooks import page as webhooks_page
from inbox_app.pages.webhooks.state import WebhooksState

PUBLIC = tuple(state.event_handlers["load"] for state in (SignInState, SetupState, JoinState))
"""What somebody signed out may ask of the pages' states."""

_ASIDE = [CurrentUserState.load, AdviceState.load, PinState.load]
_INBOX = [CurrentUserState.load, InboxState.load, ThreadState.load]
_ACTORS = [CurrentUserState.load, ActorsState.load, RecordState.load, ActorFormState.load]
_IMPORTS = [CurrentUserState.load, ImportsState.load]
_PEOPLE = [CurrentUserState.load, PeopleState.load, AssignmentState.load, TwoFactorState.load]


_ADDRESSES: tuple[tuple[str, Callable[[], rx.Component], list[Any]], ...] = (
    ("/", inbox_page.inbox, _INBOX),
    ("/inbox", inbox_page.inbox, _INBOX),
    ("/inbox/[conversation_id]", inbox_page.conversation, _INBOX),
    ("/actors", actors_page.actors, _ACTORS),
    ("/actors/[actor_id]", actors_page.actor, _ACTORS),
    ("/templates", templates_page.templates, [CurrentUserState.load, TemplatesState.load]),
    ("/templates/new", wizard_page.wizard, [CurrentUserState.load, TemplateWizard.load]),
    ("/replies", saved_replies_page.saved_replies, [CurrentUserState.load, SavedRepliesState.load]),
    (
        "/accommodations",
        accommodations_page.accommodations,
        [CurrentUserState.load, AccommodationsState.load],
    ),
    ("/figures", figures_page.figures, [CurrentUserState.load, FiguresState.load]),
    ("/imports", imports_page.imports, _IMPORTS),
    ("/imports/[import_id]", imports_page.imports, _IMPORTS),
    (
        "/settings",
        settings_page.settings,
        [*_ASIDE, SettingsState.load, DevicesState.load, RetentionState.load, AwayState.load],
    ),
    ("/people", people_page.people, _PEOPLE),
    ("/settings/audit", audit_page.audit, [CurrentUserState.load, AuditState.load]),
    ("/settings/webhooks", webhooks_page.webhooks, [CurrentUserState.load, WebhooksState.load]),
    (
        "/settings/notifications",
        notifications_page.notifications,
        [CurrentUserState.load, NotificationsState.load],
    ),
    ("/connect", connect_page.connect, [*_ASIDE, FacebookState.load, ConnectState.load]),
    ("/login", login.login, [SignInState.load]),
    ("/setup", setup.setup, [SetupState.load]),
    ("/join", join.join, [JoinState.load]),
    ("404", not_found.not_found, []),
)


def add_pages(app: rx.App) -> None:
    for address, page, on_load in _ADDRESSES:
        add_page(app, page, address, on_load)


def add_page(
    app: rx.App, page: Callable[[], rx.Component], address: str, on_load: list[Any]
) -> None:
    """Under the names that the prerendered page has for the tab and for a link that is shared."""
    app.add_page(page, route=address, title="Inbox", image=frame.PICTURE, on_load=on_load)
