"""The section «WhatsApp account»: the number, how it fares, what to do about it (product.md C6)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.icons import icon
from inbox_app.components.links import GoButton
from inbox_app.components.pieces import Shown, in_browser, part_for, words_for
from inbox_app.components.question import Question
from inbox_app.components.text import tr
from inbox_app.components.times import MomentIn
from inbox_app.components.two_numbers import two_numbers
from inbox_app.pages.settings import words
from inbox_app.pages.settings.state import SettingsState
from inbox_app.queries.health_rows import NoticeRow

_HEALTH = in_browser(SettingsState.health)


def whatsapp() -> rx.Component:
    return rx.fragment(
        rx.cond(
            SettingsState.advice & SettingsState.may, two_numbers(SettingsState.dismiss_advice)
        ),
        rx.el.section(
            rx.el.h2(icon("plug"), tr("WhatsApp account")),
            rx.cond(
                SettingsState.ready,
                rx.cond(_HEALTH["state"] == "none", _nothing(), _connection()),
                rx.el.div(class_name="bones", aria_hidden="true"),
            ),
            class_name="settings-section",
            aria_label=tr("WhatsApp account"),
        ),
    )


def _nothing() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            tr(
                "No number is connected yet. Once one is, guests, owners and suppliers write to it "
                "and you answer from here."
            )
        ),
        rx.cond(
            SettingsState.may,
            rx.el.div(
                GoButton.create(tr("Connect account"), to="/connect", class_name="button"),
                class_name="health-actions",
            ),
            rx.el.p(tr("Ask an administrator to connect the account."), class_name="quiet"),
        ),
    )


def _connection() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.span(_HEALTH["display"], class_name="health-number", dir="ltr"),
            rx.el.span(_HEALTH["name"], dir="auto"),
            class_name="health-head",
        ),
        _state(),
        rx.foreach(SettingsState.notices, _notice),
        _figures(),
        rx.cond(SettingsState.may, _actions()),
        _contract(),
    )


def _state() -> rx.Component:
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
                "Meta no longer accepts our credentials: nothing goes out until the account is "
                "reconnected. Messages still arrive, and history and drafts are all here."
            )
        ),
        rx.cond(
            _HEALTH["reason"] != "",
            rx.el.p(tr("Meta says"), " «", _HEALTH["reason"], "»", dir="auto"),
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
        rx.el.b(tr("Meta does not answer")),
        rx.el.p(
            MomentIn.create(
                sentence=tr(
                    "Our checks stay without an answer, the first time {moment}. It says nothing "
                    "of your credentials: it passes by itself, and what you send waits."
                ),
                at=_HEALTH["unreachable_since"],
            )
        ),
        role="status",
        class_name="health-note",
    )


def _notice(notice: ObjectVar[NoticeRow]) -> rx.Component:
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
            MomentIn.create(sentence="{moment}", at=notice["at"]),
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


def _figures() -> rx.Component:
    return rx.el.dl(
        _figure(
            tr("Access token"),
            rx.cond(
                _HEALTH["state"] == "refused",
                tr("Refused"),
                rx.cond(
                    _HEALTH["token_expires_at"].to(int) > 0,
                    MomentIn.create(
                        sentence=tr("Expires {moment}"), at=_HEALTH["token_expires_at"]
                    ),
                    tr("Valid, does not expire"),
                ),
            ),
            rx.cond(_HEALTH["state"] == "refused", "bad", "good"),
        ),
        _figure(
            tr("Number"),
            words.number_status(_HEALTH["number_status"]),
            words_for(_HEALTH["number_status"], ("CONNECTED", "good"), ("", ""), "fair"),
        ),
        _figure(
            tr("Quality"),
            words.quality(_HEALTH["quality"]),
            words_for(
                _HEALTH["quality"], ("GREEN", "good"), ("YELLOW", "fair"), ("RED", "bad"), ""
            ),
        ),
        _figure(tr("Messaging limit"), words.limit(_HEALTH["limit"])),
        _figure(
            tr("Messages arrive here"),
            part_for(
                _HEALTH["subscribed"],
                ("yes", rx.fragment(tr("Yes"))),
                ("no", rx.fragment(tr("No"))),
                rx.fragment(tr("Not known yet")),
            ),
            words_for(_HEALTH["subscribed"], ("yes", "good"), ("no", "bad"), ""),
        ),
        _figure(tr("Last heard from Meta"), _moment(_HEALTH["last_webhook_at"], tr("Not yet"))),
        _figure(tr("Last check"), _moment(_HEALTH["checked_at"], tr("Not yet"))),
        _figure(tr("Connected"), _moment(_HEALTH["connected_at"], "")),
        class_name="health",
    )


def _figure(
    name: Shown, value: rx.Component | rx.Var[str], tone: Shown | None = None
) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name), rx.el.dd(value, class_name="" if tone is None else in_browser(tone))
    )


def _moment(at: Shown, otherwise: Shown) -> rx.Component:
    return rx.cond(
        in_browser(at) > 0,
        MomentIn.create(sentence="{moment}", at=in_browser(at)),
        rx.fragment(otherwise),
    )


def _actions() -> rx.Component:
    return rx.el.div(
        rx.cond(
            _HEALTH["state"] == "refused",
            GoButton.create(tr("Reconnect account"), to="/connect", class_name="button"),
            GoButton.create(
                tr("Reconnect account"), to="/connect?renew=1", class_name="button quiet-button"
            ),
        ),
        rx.el.button(
            icon("retry"),
            rx.cond(SettingsState.checking, tr("Checking…"), tr("Check now")),
            type="button",
            disabled=SettingsState.checking,
            on_click=SettingsState.check_now,
            class_name="button quiet-button",
        ),
        rx.cond(_HEALTH["pin_kept"], _pin()),
        rx.el.button(
            tr("Disconnect…"),
            type="button",
            aria_haspopup="dialog",
            on_click=SettingsState.ask(True),
            class_name="button quiet-button leave-button",
        ),
        _question(),
        class_name="health-actions",
    )


def _question() -> rx.Component:
    return Question.create(
        rx.el.p(
            tr(
                "Nothing goes out or comes in any more, until a number is connected again. "
                "Conversations, history and drafts stay; the credentials are erased."
            )
        ),
        open=SettingsState.asking,
        title=tr("Disconnect {number}?", number=_HEALTH["display"]),
        yes=tr("Disconnect"),
        busy=False,
        on_yes=SettingsState.disconnect,
        on_no=SettingsState.ask(False),
    )


def _pin() -> rx.Component:
    return rx.el.button(
        icon("lock"),
        rx.cond(
            SettingsState.pin == "",
            tr("Show the two-step code"),
            tr("Two-step code: {code}", code=SettingsState.pin),
        ),
        type="button",
        on_click=SettingsState.look_at_pin,
        class_name="button quiet-button",
    )


def _contract() -> rx.Component:
    return rx.el.p(
        MomentIn.create(
            sentence=rx.cond(
                _HEALTH["accepted_by"] != "",
                tr(
                    "Contract, version {version}: accepted by {name}, {moment}.",
                    version=_HEALTH["contract_version"],
                    name=_HEALTH["accepted_by"],
                ),
                tr(
                    "Contract, version {version}: accepted at the command line, {moment}.",
                    version=_HEALTH["contract_version"],
                ),
            ),
            at=_HEALTH["accepted_at"],
        ),
        class_name="quiet",
    )
