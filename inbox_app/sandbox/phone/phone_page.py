"""`/sandbox/phone`: a phone to hold, with the chat as the person on the other side sees it."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.connection_banner import connection_banner
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.vars import in_browser
from inbox_app.sandbox.phone.clock_panel import clock_panel
from inbox_app.sandbox.phone.phone_bubble import bubble
from inbox_app.sandbox.phone.phone_files_button import PhoneFiles
from inbox_app.sandbox.phone.phone_state import PersonRow, PhoneState
from inbox_app.sandbox.phone.tab_visibility import TabVisibility
from inbox_app.sandbox.simulator.own_files import MOST_BYTES
from inbox_app.sandbox.simulator.people import BUSINESS_NAME, NUMBERS


def phone_page() -> rx.Component:
    return rx.el.main(
        # React moves it into the head, and waits for it before it draws.
        rx.el.link(rel="stylesheet", href="/styles/phone.css", custom_attrs={"precedence": "page"}),
        rx.el.div(connection_banner(), class_name="banners"),
        rx.cond(PhoneState.there, _room(), _nothing_here()),
        TabTitle.create(name=tr("Test phone"), count=0),
        TabVisibility.create(on_change=PhoneState.set_visible),
        class_name="phone-page",
    )


def _nothing_here() -> rx.Component:
    return rx.el.p(
        icon("info"),
        tr("The test phone is only available in the sandbox, on the machine that runs it."),
        class_name="phone-unavailable",
    )


def _room() -> rx.Component:
    return rx.el.div(_owners(), _phone(), class_name="phone-layout")


def _owners() -> rx.Component:
    return rx.el.nav(
        rx.el.h1(tr("Whose phone?")),
        rx.el.div(rx.foreach(PhoneState.people, _person), class_name="phone-people"),
        rx.el.button(
            icon("person"),
            tr("A number nobody knows"),
            on_click=PhoneState.choose(""),
            # Pressed before the page has heard from the server, it would do nothing.
            disabled=PhoneState.person == "",
            type="button",
            class_name="phone-person new",
        ),
        clock_panel(),
        aria_label=tr("Whose phone?"),
        class_name="phone-owners",
    )


def _phone() -> rx.Component:
    return rx.el.section(
        _head(),
        rx.el.div(
            rx.el.div(rx.foreach(PhoneState.bubbles, bubble), class_name="phone-thread"),
            role="log",
            aria_label=tr("Chat"),
            tab_index=0,
            class_name="phone-chat",
        ),
        _samples(),
        _writing(),
        aria_label=tr("Test phone"),
        class_name="phone",
    )


def _person(person: ObjectVar[PersonRow]) -> rx.Component:
    return rx.el.button(
        rx.el.span(person["name"], class_name="truncate"),
        rx.cond(person["unread"].to(int) > 0, rx.el.b(person["unread"], class_name="unread-count")),
        rx.el.small(person["label"], class_name="truncate"),
        on_click=PhoneState.choose(person["key"].to(str)),
        type="button",
        aria_pressed=PhoneState.person == person["key"],
        class_name="phone-person",
        key=person["key"],
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.span(BUSINESS_NAME[0], class_name="phone-avatar", aria_hidden="true"),
        rx.el.div(
            rx.el.h2(BUSINESS_NAME),
            _line(),
        ),
        rx.el.p(tr("{name}'s phone", name=PhoneState.name), class_name="phone-owner-name truncate"),
        class_name="phone-head",
    )


def _line() -> rx.Component:
    return rx.el.span(
        rx.el.select(
            *(rx.el.option(number.display, value=number.phone_number_id) for number in NUMBERS),
            value=PhoneState.line,
            on_change=PhoneState.write_to,
            aria_label=tr("The company's number"),
        ),
        icon("chevron-down"),
        class_name="phone-line",
    )


def _samples() -> rx.Component:
    return rx.el.div(
        _sample("photo", "photo", tr("Photo")),
        _sample("document", "file", tr("Document")),
        _sample("audio", "mic", tr("Audio")),
        _sample("video", "video", tr("Video")),
        _sample("gif", "video", tr("GIF")),
        _sample("sticker-animated", "sticker", tr("Sticker")),
        _sample("location", "pin", tr("Location")),
        _sample("poll", "question", tr("Poll")),
        _sample(
            "reaction",
            "smile",
            tr("Reaction"),
            disabled=in_browser(PhoneState.bubbles).length() == 0,
        ),
        _sample("contact", "contact", tr("Contact")),
        _sample("order", "stay", tr("Order")),
        _sample(
            "edit",
            "edit",
            tr("Edit"),
            disabled=in_browser(PhoneState.bubbles).length() == 0,
        ),
        _sample(
            "deletion",
            "trash",
            tr("Delete"),
            disabled=in_browser(PhoneState.bubbles).length() == 0,
        ),
        rx.el.button(
            icon("megaphone"),
            rx.cond(PhoneState.marketing, tr("Stop marketing"), tr("Accept marketing again")),
            on_click=PhoneState.turn_marketing,
            type="button",
            class_name="phone-sample",
        ),
        role="group",
        aria_label=tr("Send something else"),
        class_name="phone-samples",
    )


def _sample(
    kind: str, sign: str, name: rx.Var[str], *, disabled: rx.Var[bool] | bool = False
) -> rx.Component:
    return rx.el.button(
        icon(sign),
        name,
        on_click=PhoneState.send_sample(kind),
        disabled=disabled,
        type="button",
        class_name="phone-sample",
    )


def _writing() -> rx.Component:
    return rx.el.form(
        PhoneFiles.create(number=PhoneState.line, person=PhoneState.person, most=MOST_BYTES),
        rx.el.input(
            name="text",
            id="phone-text",
            aria_label=tr("Message"),
            placeholder=tr("Message"),
            auto_complete="off",
            max_length=4096,
            class_name="phone-box",
        ),
        rx.el.button(
            icon("send"),
            aria_label=tr("Send from the phone"),
            title=tr("Send from the phone"),
            type="submit",
            class_name="phone-send",
        ),
        on_submit=PhoneState.write,
        reset_on_submit=True,
        class_name="phone-writing",
    )
