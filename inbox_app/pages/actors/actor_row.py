"""One actor in the list: who, how they are reached, and what they are called by (A3)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.list.chips import kind_name, label_tag
from inbox_app.components.layout.avatar import avatar
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.queries.labels.rows import LabelRow
from inbox_app.queries.people.rows import ActorRow


def actor_row(row: ObjectVar[ActorRow]) -> rx.Component:
    labels = row["labels"].to(list[LabelRow])
    return rx.el.div(
        NavigationLink.create(
            avatar(row["initials"], row["kind"]),
            rx.el.div(
                rx.el.div(
                    rx.el.span(row["name"], class_name="truncate", dir="auto"),
                    class_name="row-name",
                ),
                rx.el.div(
                    rx.el.span(_reached_at(row), class_name="truncate"), class_name="row-preview"
                ),
                rx.cond(
                    labels.length() > 0,
                    rx.el.div(
                        rx.foreach(labels, label_tag),
                        class_name="row-below",
                    ),
                ),
                class_name="row-content",
            ),
            rx.el.span(kind_name(row["kind"]), class_name=f"tag {row['kind']}"),
            to=f"/actors/{row['id']}",
            class_name="row actor-row",
        ),
        role="listitem",
        custom_attrs={"data-row": row["id"]},
        key=row["id"],
    )


def _reached_at(row: ObjectVar[ActorRow]) -> rx.Var[str]:
    wrong = tr("{number}, needs correcting", number=row["phone"])
    number = rx.cond(row["usable"], row["phone"], wrong)
    mail = rx.cond(row["email"] != "", row["email"], tr("no number"))
    return rx.cond(row["phone"] == "", mail, number).to(str)
