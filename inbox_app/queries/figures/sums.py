"""The sums of a period: of whole weeks their own, of the last, which may go on, its days'."""

from sqlalchemy import Date, Subquery, select, type_coerce, union_all
from sqlmodel import col

from inbox_app.domain.figures.measures import Scope
from inbox_app.domain.figures.periods import Period, monday_of
from inbox_app.models import DailyFigure, WeeklyFigure


def sums(account_id: int, scope: Scope, when: Period) -> Subquery:
    """``begins`` is the first day of the step that each belongs to."""
    last_week = monday_of(when.last)
    first_day = col(DailyFigure.week) if when.by_week else col(DailyFigure.day)
    weeks = select(
        type_coerce(col(WeeklyFigure.week), Date).label("begins"),
        col(WeeklyFigure.subject_id),
        col(WeeklyFigure.measure),
        col(WeeklyFigure.bucket),
        col(WeeklyFigure.total),
    ).where(
        col(WeeklyFigure.account_id) == account_id,
        col(WeeklyFigure.scope) == scope,
        col(WeeklyFigure.week) >= when.first,
        col(WeeklyFigure.week) < last_week,
    )
    days = select(
        type_coerce(first_day, Date).label("begins"),
        col(DailyFigure.subject_id),
        col(DailyFigure.measure),
        col(DailyFigure.bucket),
        col(DailyFigure.total),
    ).where(
        col(DailyFigure.account_id) == account_id,
        col(DailyFigure.scope) == scope,
        col(DailyFigure.day).between(last_week, when.last),
    )
    return union_all(weeks, days).subquery()
