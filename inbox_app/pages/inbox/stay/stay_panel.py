"""The right panel: the reservation, shown only for who has one (P3, P4)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.side_panel import SidePanel
from inbox_app.components.i18n.text import tr, tr_n
from inbox_app.components.i18n.times import LocalTime, Money, ShortDate, StayDate
from inbox_app.components.inbox.list.chips import kind_name, stay_status_name
from inbox_app.components.inbox.stay.home_facts import HomeFacts
from inbox_app.components.layout.avatar import avatar
from inbox_app.components.layout.connection_banner import Pending
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.vars import Shown, in_browser, some
from inbox_app.pages.inbox.stay.by_hand import change_stay
from inbox_app.pages.inbox.stay.stay_state import StayState
from inbox_app.pages.inbox.thread.arrival import has_come
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.queries.inbox.rows import StayChoiceRow, StayPersonRow

_stay = in_browser(StayState.stay)


def stay_panel() -> rx.Component:
    return rx.cond(
        StayState.shown & ~in_browser(ThreadState.missing),
        SidePanel.create(rx.cond(has_come(), _all(), _skeleton()), label=tr("Reservation")),
    )


def _all() -> rx.Component:
    return rx.fragment(
        rx.cond(in_browser(StayState.choices).length() > 1, _switch()),
        _place(),
        _reservation(),
        rx.cond(_stay["notes"] != "", _notes()),
        HomeFacts.create(
            facts=_stay["facts"],
            withheld=_stay["withheld"],
            revealed=StayState.revealed,
            on_reveal=StayState.reveal,
        ),
        rx.cond(_stay["people"].length() > 0, _people()),
    )


def _skeleton() -> rx.Component:
    """While somebody else's stands in the state still."""
    return Pending.create(
        rx.el.section(rx.el.b(), rx.el.i(), rx.el.i(), class_name="skeleton", aria_hidden="true")
    )


def _switch() -> rx.Component:
    return rx.el.div(
        rx.foreach(StayState.choices, _choice),
        class_name="chips stays",
        role="group",
        aria_label=tr("Reservations"),
    )


def _choice(choice: ObjectVar[StayChoiceRow]) -> rx.Component:
    return rx.el.button(
        rx.cond(choice["code"] != "", choice["code"], ShortDate.create(day=choice["check_in"])),
        type="button",
        class_name="chip",
        aria_pressed=choice["id"] == _stay["id"],
        on_click=StayState.choose(choice["id"].to(str)),
        key=choice["id"],
    )


def _place() -> rx.Component:
    return rx.el.section(
        rx.el.h2(_stay["accommodation"]),
        rx.el.p(
            rx.cond(_stay["place"] != "", rx.el.span(_stay["place"])),
            rx.cond(_stay["local_tz"] != "", rx.el.span(LocalTime.create(zone=_stay["local_tz"]))),
            class_name="quiet dotted",
        ),
        rx.el.div(
            _day(tr("check-in"), _stay["check_in"], _stay["check_in_time"]),
            rx.el.div(
                icon("arrow-right"),
                rx.el.small(tr_n("{n} night", "{n} nights", n=_stay["nights"])),
                class_name="stay-nights",
            ),
            _day(tr("check-out"), _stay["check_out"], _stay["check_out_time"]),
            class_name="stay-dates",
        ),
        rx.cond(some(_stay["night"]), _progress()),
    )


def _day(what: Shown, day: Shown, time: Shown) -> rx.Component:
    return rx.el.div(
        rx.el.b(StayDate.create(day=day)),
        rx.el.small(what, rx.cond(time != "", f" {time}", "")),
    )


def _progress() -> rx.Component:
    words = tr("Night {night} of {nights}", night=_stay["night"], nights=_stay["nights"])
    return rx.fragment(
        rx.el.progress(value=_stay["night"], max=_stay["nights"], aria_label=words),
        rx.el.p(words, class_name="quiet"),
    )


def _reservation() -> rx.Component:
    return rx.el.section(
        rx.el.h3(
            rx.cond(
                _stay["code"] != "",
                tr("Reservation {code}", code=_stay["code"]),
                tr("Reservation"),
            )
        ),
        rx.el.dl(
            rx.cond(some(_stay["adults"]), _fact(tr("People staying"), _guests())),
            _fact(
                tr("Status"),
                rx.el.span(
                    stay_status_name(_stay["phase"]),
                    class_name=f"tag status {_stay['phase']}",
                ),
            ),
            _known(tr("They arrive"), _stay["arrival_time"]),
            _known(tr("They leave"), _stay["departure_time"]),
            _known(tr("Portal"), _stay["portal"]),
            _known(tr("Portal code"), _stay["portal_code"]),
            rx.cond(_stay["total"] != "", _fact(tr("Total"), _money(_stay["total"]))),
            rx.cond(_stay["balance"] != "", _fact(tr("Balance due"), _balance())),
        ),
        rx.cond(_stay["url"] != "", _elsewhere()),
        change_stay(),
    )


def _balance() -> rx.Component:
    settled = _stay["balance"].to(float) <= 0
    return rx.el.span(_money(_stay["balance"]), class_name=rx.cond(settled, "", "due"))


def _guests() -> rx.Component:
    return rx.fragment(
        tr_n("{n} adult", "{n} adults", n=_stay["adults"]),
        rx.cond(
            some(_stay["children"]),
            rx.fragment(", ", tr_n("{n} child", "{n} children", n=_stay["children"])),
        ),
        rx.cond(
            some(_stay["infants"]),
            rx.fragment(", ", tr_n("{n} infant", "{n} infants", n=_stay["infants"])),
        ),
        rx.cond(
            some(_stay["pets"]),
            rx.fragment(", ", tr_n("{n} pet", "{n} pets", n=_stay["pets"])),
        ),
    )


def _elsewhere() -> rx.Component:
    """The tab that opens learns nothing of ours, and cannot reach back."""
    return rx.el.a(
        tr("Open the reservation where it is kept"),
        href=_stay["url"],
        target="_blank",
        rel="noopener noreferrer",
        class_name="stay-elsewhere",
    )


def _money(amount: Shown) -> rx.Component:
    return Money.create(amount=amount, currency=_stay["currency"])


def _known(name: Shown, value: rx.Var[str]) -> rx.Component:
    return rx.cond(value != "", _fact(name, value))


def _fact(name: Shown, value: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.fragment(rx.el.dt(name), rx.el.dd(value))


def _notes() -> rx.Component:
    return rx.el.section(
        rx.el.h3(tr("Notes")), rx.el.p(_stay["notes"], dir="auto", class_name="note")
    )


def _people() -> rx.Component:
    return rx.el.section(rx.el.h3(tr("People in this stay")), rx.foreach(_stay["people"], _person))


def _person(person: ObjectVar[StayPersonRow]) -> rx.Component:
    face = rx.fragment(
        avatar(person["initials"], person["kind"], size="tiny"),
        rx.el.span(rx.el.b(person["name"], dir="auto"), rx.el.small(kind_name(person["kind"]))),
    )
    return rx.cond(
        person["conversation_id"] != "",
        NavigationLink.create(
            face, to=f"/inbox/{person['conversation_id']}", class_name="person link"
        ),
        rx.el.div(face, class_name="person"),
    )
