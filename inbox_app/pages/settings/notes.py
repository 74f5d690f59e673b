"""What stands above the figures: refused credentials, a silent Meta, Meta's own notices."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentAfter, MomentIn
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.metas_words import metas_words
from inbox_app.components.vars import in_browser, words_for
from inbox_app.pages.settings import words
from inbox_app.pages.settings.state import SettingsState
from inbox_app.queries.connecting.rows import NoticeRow

_HEALTH = in_browser(SettingsState.health)


def standing() -> rx.Component:
    """Refused credentials and a Meta that does not answer are two different things, and may be
    there both."""
    return rx.fragment(
        rx.cond(_HEALTH["state"] == "refused", _refused()),
        rx.cond(_HEALTH["unreachable_since"].to(int) > 0, _silent()),
    )


def _refused() -> rx.Component:
    return rx.el.div(
        icon("warning"),
        rx.el.b(tr("Credentials refused")),
        rx.el.p(
            tr(
                "Meta no longer accepts the credentials: nothing can be sent until the "
                "account is reconnected. Messages still arrive, and the history and your "
                "drafts are all here."
            )
        ),
        rx.cond(
            _HEALTH["reason"] != "",
            rx.el.p(tr("Meta says"), " ", metas_words(_HEALTH["reason"])),
        ),
        rx.cond(
            SettingsState.may,
            rx.fragment(),
            rx.el.p(tr("Ask an administrator to reconnect the account.")),
        ),
        role="alert",
        class_name="health-note bad",
    )


def _silent() -> rx.Component:
    return rx.el.div(
        icon("offline"),
        rx.el.b(tr("Meta isn't answering")),
        rx.el.p(
            MomentIn.create(
                sentence=tr(
                    "Our checks get no answer; the first time was {moment}. Your credentials are "
                    "not the cause: it passes by itself, and what you send waits."
                ),
                at=_HEALTH["unreachable_since"],
            )
        ),
        role="status",
        class_name="health-note",
    )


def notice(notice: ObjectVar[NoticeRow]) -> rx.Component:
    tone = words_for(
        notice["severity"],
        ("critical", "health-note closable bad"),
        ("warning", "health-note closable"),
        "health-note closable calm",
    )
    return rx.el.div(
        rx.cond(notice["severity"] == "information", icon("info"), icon("warning")),
        rx.el.b(words.notice(notice["event"])),
        rx.foreach(
            notice["restrictions"].to(list[str]), lambda kind: rx.el.p(words.restriction(kind))
        ),
        rx.cond(notice["words"] != "", rx.el.p(notice["words"], dir="auto")),
        rx.el.p(
            MomentAfter.create(at=notice["at"]),
            rx.cond(
                notice["until"].to(int) > 0,
                rx.fragment(
                    " · ", MomentIn.create(sentence=tr("ends {moment}"), at=notice["until"])
                ),
            ),
        ),
        rx.cond(
            SettingsState.may,
            rx.el.button(
                icon("close"),
                type="button",
                aria_label=tr("Dismiss the notice"),
                title=tr("Dismiss the notice"),
                on_click=SettingsState.dismiss_notice(notice["id"].to(str)),
                class_name="icon-button",
            ),
        ),
        class_name=tone,
        key=notice["id"].to(str),
    )
