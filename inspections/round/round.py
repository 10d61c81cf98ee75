"""A round (检查批次): what is checked, when, and by which rules it is combined and ranked."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from rubrics.rules import PeriodLength, StrictModel
from rubrics.values.points import Points, Share


class Period(StrictModel):
    """Days from ``since`` to ``until``, both included."""

    since: date
    until: date

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.until < self.since:
            raise ValueError("结束日期早于开始日期")
        return self


class Teaching(StrictModel):
    """Teaching time: a term, or what lies between two holidays; both days included."""

    model_config = ConfigDict(populate_by_name=True)

    since: Annotated[date, Field(alias="from")]
    until: Annotated[date, Field(alias="to")]

    @model_validator(mode="after")
    def _ordered(self) -> Teaching:
        if self.until < self.since:
            raise ValueError("结束日期早于开始日期")
        return self


class Combining(StrictModel):
    """How several records become one: first the inspectors of a visit, then the visits.

    ``facts`` (counts, readings, checks, quotas, ratios): ``agreed`` are the same for all inspectors
    of a visit, and where they differ somebody has to settle it; ``combined`` are rated
    independently and combined like judgement, as in rounds from before there was a choice.
    ``level``: per indicator, or on the visit's total. ``trimmed`` drops one highest and one
    lowest where there are at least ``trim_from`` inspectors, and is the mean below that.
    ``weights`` go by occasion (平时 40, 年终 60), shared among the occasions that took place.
    """

    facts: Literal["agreed", "combined"] = "combined"
    level: Literal["indicator", "total"] = "indicator"
    inspectors: Literal["mean", "median", "trimmed", "worst"] = "mean"
    trim_from: Annotated[int, Field(ge=3)] = 5
    visits: Literal["mean", "median", "weighted", "latest", "worst"] = "mean"
    weights: dict[str, Points] = Field(default_factory=dict)


class GradeQuota(StrictModel):
    """At most ``share`` of a group's ranked schools may have ``grade``; the others get ``then``.

    ``round``: how a share that is no whole number of schools is rounded; ``at_least`` so many
    schools may have the grade in any group, however small. ``edge``: a tie at the edge is kept (all
    get the grade) or cut (none of the tied gets it). In what order quotas are written makes no
    difference: those of better grades come first.
    """

    grade: str
    share: Share
    then: str
    edge: Literal["keep", "cut"] = "cut"
    round: Literal["down", "half_up"] = "down"
    at_least: Annotated[int, Field(ge=0)] = 0

    def allowed(self, ranked: int) -> int:
        """Returns how many of so many ranked schools may have the grade."""
        exact = self.share * ranked
        whole = floor(exact + Fraction(1, 2)) if self.round == "half_up" else floor(exact)
        return max(whole, self.at_least)


class Ranking(StrictModel):
    """How schools are ranked within groups.

    ``groups``: traits whose values together name a group. ``tie_keys``: ``key_failed`` (fewer
    first) or ``dimension:ID`` (better first); ties that remain share a rank (1-2-2-4).
    ``red_line``: how a school stands whose red line costs the rank without saying how
    (``rubrics.language.rubric.Consequence.rank``).
    """

    groups: tuple[str, ...] = ("学段",)
    tie_keys: tuple[str, ...] = ()
    red_line: Literal["last", "unranked"] = "last"
    quotas: tuple[GradeQuota, ...] = ()
    publish: bool = True


class Letters(StrictModel):
    """What letters say beside the findings. The bureau types a document number; none is made.

    A school may object within ``objection_working_days`` of receipt, or, where a round says so,
    within ``objection_days`` by the calendar.
    """

    number: str = ""
    day: date | None = None
    objection_working_days: Annotated[int, Field(ge=1)] = 10
    objection_days: int | None = None
    objection_to: str = ""
    report_days: int = 30


class Round(StrictModel):
    """One campaign; the whole of ``round.yaml``.

    ``window``: when visits take place. ``period``: what they look back on (考核期, for quotas),
    the window where not written; ``teaching``: when there is teaching, so that weeks of holidays
    are not counted; ``elapsed`` overrides how many whole terms, weeks ... of the
    period have passed. ``unchecked``: schools with unchecked items are left out of the ranking,
    or the items count as excused with a mark. ``ballots_from``: of votes with fewer valid ballots
    nobody outside of the bureau is told more than the band of their points, nor what these could be
    worked out from. ``raters``: every
    inspector of a team fills a workbook, or the team fills one.
    ``rubrics``: ids of shipped rubrics, or paths of YAML
    files. ``ledger``: the address of a ledger that the bureau shares (postgresql://...); empty for
    a file in the round's folder. ``key``: what the sheets of the round are sealed with (see
    ``workbook.identity``), empty where they are not; it is never printed, and stands in a file of
    its own (``round.key_file``), in round.yaml in rounds of earlier versions alone. ``key_digest``:
    by what that file is known to be the round's.
    """

    id: str
    title: str
    bureau: str
    rubrics: Annotated[tuple[str, ...], Field(min_length=1)]
    window: Period
    period: Period | None = None
    teaching: tuple[Teaching, ...] = ()
    elapsed: dict[PeriodLength, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    occasions: tuple[str, ...] = ("第1次",)
    raters: Literal["each", "team"] = "each"
    combining: Combining = Combining()
    unchecked: Literal["exclude", "excuse"] = "exclude"
    ranking: Ranking = Ranking()
    weights: dict[str, Points] = Field(default_factory=dict)
    ballots_from: Annotated[int, Field(ge=0)] = 20
    letters: Letters = Letters()
    ledger: str = ""
    note: str = ""
    key: str = Field(default="", repr=False)
    key_digest: str = ""

    @property
    def assessed(self) -> Period:
        """The period that quotas are prorated to."""
        return self.period or self.window
