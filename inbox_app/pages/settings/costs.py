"""What the number cost this month, by what WhatsApp has told of each message (C7)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr, tr_n
from inbox_app.components.i18n.times import ShortDate
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown, in_browser, words_for
from inbox_app.pages.settings.state import SettingsState
from inbox_app.queries.connecting.rows import CategoryRow

_COSTS = in_browser(SettingsState.costs)


def unpaid() -> rx.Component:
    """The alarm when messages fail for want of a payment method."""
    count = _COSTS["unpaid"].to(int)
    return rx.cond(
        count > 0,
        rx.el.div(
            icon("warning"),
            rx.el.b(tr("No payment method")),
            rx.el.p(
                tr_n(
                    "One message was not delivered this month because WhatsApp could not charge "
                    "it. Add a payment method in Meta's WhatsApp Manager, then try again.",
                    "{n} messages were not delivered this month because WhatsApp could not charge "
                    "them. Add a payment method in Meta's WhatsApp Manager, then try again.",
                    n=count,
                )
            ),
            role="alert",
            class_name="health-note bad",
        ),
    )


def month_costs() -> rx.Component:
    return rx.el.section(
        rx.el.h3(tr("Messages this month")),
        _free_left(),
        rx.cond(
            SettingsState.costs["categories"].to(list).length() > 0,
            _categories(),
            rx.el.p(
                tr("WhatsApp has not yet said what any message of this month costs."),
                class_name="quiet",
            ),
        ),
        class_name="costs",
        aria_label=tr("Messages this month"),
    )


def _free_left() -> rx.Component:
    left, day = _COSTS["free_left"].to(int), _COSTS["runs_out_on"].to(str)
    return rx.fragment(
        rx.el.meter(
            min=0,
            max=_COSTS["free_in_all"].to(int),
            value=left,
            class_name="costs-left",
            aria_label=tr("Free answers left this month"),
        ),
        rx.el.p(
            rx.el.b(tr("{left} of {all} free answers left", left=left, all=_COSTS["free_in_all"])),
            " · ",
            rx.cond(
                left == 0,
                tr("WhatsApp now charges each answer, until the end of the month"),
                rx.cond(
                    day == "",
                    tr("At this pace they last to the end of the month"),
                    rx.fragment(
                        tr("At this pace they run out on:"), " ", ShortDate.create(day=day)
                    ),
                ),
            ),
        ),
    )


def _categories() -> rx.Component:
    heads = [rx.el.th(text, scope="col") for text in (tr("Category"), tr("Charged"), tr("Free"))]
    return rx.el.table(
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(rx.foreach(SettingsState.costs["categories"].to(list[CategoryRow]), _category)),
    )


def _category(row: ObjectVar[CategoryRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(_name(row["name"]), scope="row"),
        rx.el.td(row["paid"]),
        rx.el.td(row["free"]),
        key=row["name"].to(str),
    )


def _name(category: Shown) -> rx.Var[str]:
    return words_for(
        category,
        ("service", tr("Answers")),
        ("utility", tr("Utility templates")),
        ("marketing", tr("Marketing templates")),
        ("marketing_lite", tr("Marketing templates")),
        ("authentication", tr("Authentication templates")),
        ("referral_conversion", tr("After an advertisement")),
        ("", tr("Not told")),
        category,
    )
