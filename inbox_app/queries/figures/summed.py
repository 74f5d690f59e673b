"""Sums of days, added up."""

from collections import Counter
from dataclasses import dataclass, field

from inbox_app.domain.figures.answer_times import percentile, within_the_hour
from inbox_app.domain.figures.measures import Measure
from inbox_app.queries.figures.rows import FiguresRow


@dataclass
class Summed:
    """Of each measure how many; ``answers`` by how long they took."""

    counts: Counter[Measure] = field(default_factory=Counter[Measure])
    answers: Counter[int] = field(default_factory=Counter[int])

    def add(self, measure: Measure, bucket: int, total: int) -> None:
        self.counts[measure] += total
        if measure is Measure.ANSWERED:
            self.answers[bucket] += total

    def __add__(self, other: "Summed") -> "Summed":
        return Summed(self.counts + other.counts, self.answers + other.answers)

    def row(self) -> FiguresRow:
        of = self.counts
        asked, median = of[Measure.ASKED], percentile(self.answers, 0.5)
        most = percentile(self.answers, 0.9)
        return FiguresRow(
            received=of[Measure.RECEIVED],
            sent=of[Measure.SENT],
            asked=asked,
            answered=of[Measure.ANSWERED],
            within_hour=within_the_hour(self.answers),
            settled=of[Measure.SETTLED],
            unanswered=max(0, asked - of[Measure.ANSWERED] - of[Measure.SETTLED]),
            lost=of[Measure.LOST],
            median=-1 if median is None else median,
            most=-1 if most is None else most,
        )
