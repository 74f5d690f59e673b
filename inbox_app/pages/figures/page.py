"""`/figures`: how quickly who is answered, and what is not (X7)."""

import reflex as rx

from inbox_app.components.figures.figures import Figures
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.pages.figures.state import FiguresState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.notices_state import NoticesState


def figures() -> rx.Component:
    return frame.frame(
        page_style(sheet="cards"),
        page_style(sheet="figures"),
        rx.el.section(
            rx.el.header(rx.el.h1(tr("Figures"), tab_index=-1), class_name="panel-title"),
            rx.cond(
                FiguresState.ready,
                Figures.create(
                    view=FiguresState.shown,
                    everybody=FiguresState.everybody,
                    on_choose=FiguresState.choose,
                ),
                rx.el.div(class_name="form skeleton", aria_hidden="true"),
            ),
            class_name="page figures-page",
            aria_label=tr("Figures"),
        ),
        TabTitle.create(name=tr("Figures"), count=NoticesState.unread),
        place="figures",
        pane="page",
    )
