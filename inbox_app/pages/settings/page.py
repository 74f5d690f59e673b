"""`/settings`: the connection with WhatsApp, and what one likes to see."""

import reflex as rx

from inbox_app.components.forms.checkbox import Checkbox
from inbox_app.components.forms.preferences import language_form, theme_form, undo_form
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ServerClock
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.navigation.links import FullLoadButton, NavigationLink
from inbox_app.components.vars import Shown, in_browser
from inbox_app.pages.settings.away import away
from inbox_app.pages.settings.retention import retention
from inbox_app.pages.settings.sign_in import devices, password, two_factor
from inbox_app.pages.settings.state import SettingsState
from inbox_app.pages.settings.whatsapp import whatsapp
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.pages.shared.notices_state import NoticesState


def settings() -> rx.Component:
    return frame.frame(
        page_style(sheet="settings"),
        page_style(sheet="connect"),
        page_style(sheet="two_factor"),
        rx.el.section(
            rx.el.header(rx.el.h1(tr("Settings")), class_name="panel-title"),
            rx.el.div(
                rx.el.div(
                    whatsapp(),
                    _people(),
                    _other_systems(),
                    rx.cond(SettingsState.may, _out_of_hours()),
                    class_name="settings-column",
                ),
                rx.el.div(
                    rx.cond(SettingsState.may, _keeping()),
                    _writing(),
                    _reading(),
                    _notifications(),
                    rx.cond(SettingsState.may, _importing()),
                    _password(),
                    _two_factor(),
                    _devices(),
                    _appearance(),
                    class_name="settings-column",
                ),
                class_name="settings",
            ),
            class_name="page",
            aria_label=tr("Settings"),
        ),
        ServerClock.create(at=SettingsState.server_now, zone=CurrentUserState.time_zone),
        TabTitle.create(name=tr("Settings"), count=NoticesState.unread),
        place="settings",
        pane="page",
    )


def _people() -> rx.Component:
    """X1."""
    return rx.cond(
        SettingsState.may,
        _section(
            "people",
            tr("People"),
            tr("Who answers with you, what they may do, and how to let others in."),
            rx.el.div(
                FullLoadButton.create(
                    tr("Manage people"), to="/people", class_name="button quiet-button"
                ),
                NavigationLink.create(
                    tr("Audit trail"), to="/settings/audit", class_name="button quiet-button"
                ),
                class_name="two-factor-deeds",
            ),
        ),
    )


def _other_systems() -> rx.Component:
    """A3."""
    return rx.cond(
        SettingsState.may,
        _section(
            "plug",
            tr("Other systems"),
            tr("Tell your property-management system what happens here, as it happens."),
            rx.el.div(
                NavigationLink.create(
                    tr("Webhooks"), to="/settings/webhooks", class_name="button quiet-button"
                ),
            ),
        ),
    )


def _password() -> rx.Component:
    return _section(
        "lock",
        tr("Password"),
        tr("What you sign in with."),
        rx.el.div(password(), id="sign-in", class_name="password-part"),
    )


def _two_factor() -> rx.Component:
    return _section(
        "phone",
        tr("Two-step verification"),
        tr("Besides the password, a code from an app on your phone: a stolen password is no use."),
        two_factor(),
    )


def _devices() -> rx.Component:
    return _section(
        "screen",
        tr("Your devices"),
        tr("Where you are signed in. Sign out what you do not recognise."),
        devices(),
    )


def _writing() -> rx.Component:
    """M11."""
    return _section(
        "send",
        tr("Sending"),
        tr("What you send waits this long before it leaves, and can be taken back meanwhile."),
        rx.el.div(
            undo_form(CurrentUserState.csrf, in_browser(CurrentUserState.undo_seconds).to_string()),
            class_name="preferences",
        ),
    )


def _reading() -> rx.Component:
    """What people hear of who reads here (M12)."""
    return _section(
        "checks",
        tr("Reading and typing"),
        tr("What guests, owners and suppliers see of you on WhatsApp, for the whole account."),
        rx.el.label(
            Checkbox.create(
                checked=SettingsState.tells_reading,
                refusals=SettingsState.reading_refusals,
                disabled=~SettingsState.may,
                on_tick=SettingsState.tell_reading,
            ),
            rx.el.span(
                rx.el.b(tr("Tell them when you have read a message and when you are typing")),
                rx.el.p(
                    tr(
                        "Opening a conversation then shows them the blue ticks. While you type, "
                        "WhatsApp always marks the message as read as well."
                    )
                ),
            ),
            class_name="setting-choice",
        ),
    )


def _notifications() -> rx.Component:
    """N2."""
    return _section(
        "bell",
        tr("Notifications"),
        tr("What you are notified of, when, and on which of your devices."),
        rx.el.div(
            NavigationLink.create(
                tr("Choose"), to="/settings/notifications", class_name="button quiet-button"
            ),
        ),
    )


def _importing() -> rx.Component:
    """A3."""
    return _section(
        "file",
        tr("Import"),
        tr("Reservations, people and accommodations from a CSV or XLSX file."),
        rx.el.div(
            NavigationLink.create(
                tr("Import a file"), to="/imports", class_name="button quiet-button"
            ),
        ),
    )


def _out_of_hours() -> rx.Component:
    """S4."""
    return _section(
        "snooze",
        tr("Out of hours"),
        tr("When you answer, and what people read who write while nobody is there."),
        away(),
    )


def _keeping() -> rx.Component:
    """A6."""
    return _section(
        "archive",
        tr("Keeping data"),
        tr(
            "How long messages and files stay, for the whole company. Nothing is erased by itself"
            " unless you say so here."
        ),
        retention(),
    )


def _appearance() -> rx.Component:
    return _section(
        "sun",
        tr("Appearance"),
        tr("Language and theme are the same on all your devices."),
        rx.el.div(
            language_form(CurrentUserState.csrf, CurrentUserState.language),
            theme_form(CurrentUserState.csrf, CurrentUserState.theme),
            class_name="preferences",
        ),
    )


def _section(sign: str, title: Shown, about: Shown, *content: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(icon(sign), title), rx.el.p(about), *content, class_name="settings-section"
    )
