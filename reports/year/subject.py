"""What the papers of a year are written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from inspections.round.round import Period, Round
from reports.ranking.measures import short_title
from rubrics.language.spoken import words_of
from rubrics.language.subject import Words
from rubrics.messages.plain_text import one_line
from rubrics.values.points import to_units
from scoring.years.settings import YearSettings
from scoring.years.year import RubricYear, Year


@dataclass(frozen=True)
class YearSubject:
    """A year, how it is called, and what counts as a slide."""

    year: Year
    settings: YearSettings

    @cached_property
    def title(self) -> str:
        """``青禾县教育局2026年度``: what stands before 年度成绩, 督导结果 and so on."""
        first, last = self.year.rounds[0].since.year, self.year.rounds[-1].until.year
        span = str(first) if first == last else f"{first}—{last}"
        return one_line(self.settings.title) or f"{span}年度"

    @cached_property
    def words(self) -> Words:
        """How one speaks of those that were inspected."""
        rubrics = (one.held.rubric for one in self.year.rubrics)
        names = (school.name for one in self.year.rubrics for school in one.schools)
        titles = (one.title for one in self.year.rounds)
        return words_of((it for it in rubrics if it is not None), (*names, *titles))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each round is called in a head: its month, with the day where that is not enough."""
        months = [f"{one.since.year}年{one.since.month}月" for one in self.year.rounds]
        if len(set(months)) == len(months):
            return tuple(months)
        days = [
            f"{one.since.year}年{one.since.month}月{one.since.day}日" for one in self.year.rounds
        ]
        if len(set(days)) == len(days):
            return tuple(days)
        return tuple(f"第{number}轮" for number in range(1, len(days) + 1))

    @cached_property
    def short_labels(self) -> tuple[str, ...]:
        """The same where there is little room: without the year, where all rounds are of one."""
        years = {one.since.year for one in self.year.rounds}
        return tuple(
            label.removeprefix(f"{next(iter(years))}年") if len(years) == 1 else label
            for label in self.labels
        )

    @cached_property
    def as_round(self) -> Round:
        """The year as a round, by which workbooks and papers name themselves."""
        first, last = self.year.rounds[0], self.year.rounds[-1]
        span = Period(since=first.since, until=last.until)
        return Round(
            id="year",
            title=self.words.said(f"{self.title}学校督导"),
            bureau=last.bureau,
            rubrics=tuple(one.held.id for one in self.year.rubrics),
            window=span,
        )

    @cached_property
    def results_mark(self) -> str:
        """What the table of results is called: an attachment that is the only one has no number."""
        return "附件1" if self.has_items else "附件"

    @cached_property
    def has_items(self) -> bool:
        """Whether there is a list of indicators that do not improve."""
        return any(one.never or one.stuck for part in self.year.rubrics for one in part.items)

    @cached_property
    def corrected(self) -> str:
        """The note of every page: of which rounds the scores are corrected; empty where of none."""
        rounds = zip(self.labels, self.year.rounds, strict=True)
        listed = "、".join(label for label, one in rounds if one.corrected)
        return self.words.said(f"{listed}的得分按督学宽严作了校正") if listed else ""

    @property
    def slide(self) -> int:
        """From how many units down a school has slid."""
        return to_units(self.settings.slide)

    @property
    def publish(self) -> bool:
        """Whether schools are told their ranks."""
        return all(one.publish for one in self.year.rounds)

    def labels_of(self, part: RubricYear) -> list[str]:
        """What the rounds of a rubric are called."""
        return [self.labels[number] for number in part.rounds]

    def short_labels_of(self, part: RubricYear) -> list[str]:
        """The same, without the year where all rounds are of one."""
        return [self.short_labels[number] for number in part.rounds]

    def named(self) -> Iterator[tuple[str, RubricYear]]:
        """Yields the rubrics with their short titles."""
        for one in self.year.rubrics:
            yield short_title(one.held.title), one
