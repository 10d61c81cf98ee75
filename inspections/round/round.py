"""A round (检查批次): what is checked, when, and by which rules it is combined and ranked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator

from inspections.round.bulletin_settings import BulletinSettings
from inspections.round.contact import Contact
from inspections.round.drawing_settings import Drawing
from inspections.round.letter_numbers import check_scheme
from inspections.round.severity_correction import SeverityCorrection
from inspections.round.signing import Signing
from inspections.round.voiced import Voiced
from rubrics.rules import PeriodLength, StrictModel
from rubrics.values.points import PartShare, Points, Share, share_text


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
    ``level``: per indicator, or on the visit's total. ``trimmed`` drops the ``trim`` highest and as
    many lowest where there are at least ``trim_from`` inspectors, and is the mean below that; of
    visits so do ``trim_visits`` and ``trim_visits_from``.
    ``weights`` go by occasion (平时 40, 年终 60), shared among the occasions that took place;
    ``inspector_weights`` by inspector, 1 where none is written, shared among those who rated.
    """

    facts: Literal["agreed", "combined"] = "combined"
    level: Literal["indicator", "total"] = "indicator"
    inspectors: Literal["mean", "median", "trimmed", "weighted", "worst"] = "mean"
    trim: Annotated[int, Field(ge=1, le=100)] = 1
    trim_from: Annotated[int, Field(ge=3, validate_default=True)] = 5
    inspector_weights: dict[str, Points] = Field(default_factory=dict)
    visits: Literal["mean", "median", "trimmed", "weighted", "latest", "worst"] = "mean"
    trim_visits: Annotated[int, Field(ge=1, le=100)] = 1
    trim_visits_from: Annotated[int, Field(ge=3, validate_default=True)] = 5
    weights: dict[str, Points] = Field(default_factory=dict)

    @field_validator("trim_from", "trim_visits_from")
    @classmethod
    def _some_are_left(cls, least: int, info: ValidationInfo) -> int:
        trim = info.data.get((info.field_name or "").removesuffix("_from"), 1)
        if least <= 2 * trim:
            raise ValueError(f"两头各去 {trim} 个，至少要有 {2 * trim + 1} 个才去")
        return least


class GradeQuota(StrictModel):
    """At most ``share`` of a group's ranked schools may have ``grade``; the others get ``then``.

    ``round``: how a share that is no whole number of schools is rounded; ``at_least`` so many
    schools may have the grade in any group, however small. ``edge``: a tie at the edge is kept (all
    get the grade) or cut (none of the tied gets it). In what order quotas are written makes no
    difference: those of better grades come first.
    """

    grade: str
    share: PartShare
    then: str
    edge: Literal["keep", "cut"] = "cut"
    round: Literal["down", "half_up"] = "down"
    at_least: Annotated[int, Field(ge=0)] = 0

    def allowed(self, ranked: int) -> int:
        """Returns how many of so many ranked schools may have the grade."""
        exact = self.share * ranked
        whole = floor(exact + Fraction(1, 2)) if self.round == "half_up" else floor(exact)
        return max(whole, self.at_least)

    def told(self, ranked: int) -> str:
        """Returns how many that are, and where it is more than the share, why:
        ``3 所中 1 所，每组至少 1 所``.
        """
        allowed, exact = self.allowed(ranked), self.share * ranked
        why = ""
        if allowed > exact:
            rounded = allowed - exact <= Fraction(1, 2) and self.round == "half_up"
            why = "，四舍五入" if rounded else f"，每组至少 {self.at_least} 所"
        return f"{ranked} 所中 {allowed} 所{why}"


class Distribution(StrictModel):
    """等次按比例分布: of each group so many get each grade, by rank, whatever their totals are.

    ``grades``: their shares, 1 together; whoever has another grade by points (不合格, say), or is
    not ranked, keeps that and is not counted. What conditions, key items and red lines leave to a
    school it does not get beyond. ``round``: how shares that are no whole numbers of schools are
    rounded: ``down`` and ``half_up`` leave the rest to the last grade, by ``largest_remainder``
    those get one more that lose most, the better grade first. ``edge``: equal ranks on both sides
    of an edge all get the better grade (keep) or the worse (cut). ``group_from``: groups of fewer
    are graded by points. ``red_lined``: whether schools with a red line that limits the grade
    have a place of their own, or are graded by points apart from it.
    """

    grades: Annotated[dict[str, Share], Field(min_length=2)]
    round: Literal["down", "half_up", "largest_remainder"] = "largest_remainder"
    edge: Literal["keep", "cut"] = "cut"
    group_from: Annotated[int, Field(ge=1)] = 1
    red_lined: Literal["counted", "apart"] = "counted"

    @field_validator("grades")
    @classmethod
    def _whole(cls, grades: dict[str, Fraction]) -> dict[str, Fraction]:
        total = sum(grades.values(), Fraction(0))
        if total != 1 or any(share < 0 for share in grades.values()):
            raise ValueError(f"各等次的比例合计应是 100%，现在是 {share_text(total)}")
        return grades

    def places(self, order: Sequence[str], schools: int) -> list[int]:
        """Returns how many of so many schools get each grade, best first (``order``)."""
        exact = [self.grades[name] * schools for name in order]
        if self.round == "largest_remainder":
            found = [floor(own) for own in exact]
            losing = sorted(range(len(exact)), key=lambda n: found[n] - exact[n])
            for n in losing[: schools - sum(found)]:
                found[n] += 1
            return found
        half, left = Fraction(1, 2) * (self.round == "half_up"), schools
        found = []
        for own in exact[:-1]:
            found.append(min(floor(own + half), left))
            left -= found[-1]
        return [*found, left]


class Ranking(StrictModel):
    """How schools are ranked within groups.

    ``groups``: traits whose values together name a group. ``tie_keys``: ``key_failed`` (fewer
    first) or ``dimension:ID`` (better first); ties that remain share a rank (1-2-2-4).
    ``red_line``: how a school stands whose red line costs the rank without saying how
    (``rubrics.language.rubric.Consequence.rank``). Grades are limited by ``quotas``, or given out
    by ``distribution``. ``publish``: whether letters tell ranks; ``certainty``: whether it is
    printed beside ranks how sure they are.
    """

    groups: tuple[str, ...] = ("学段",)
    tie_keys: tuple[str, ...] = ()
    red_line: Literal["last", "unranked"] = "last"
    quotas: tuple[GradeQuota, ...] = ()
    distribution: Distribution | None = None
    publish: bool = True
    certainty: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Ranking:
        if self.quotas and self.distribution:
            raise ValueError("quotas 和 distribution 只写一种")
        return self


class Letters(StrictModel):
    """What letters say beside the findings.

    ``numbers``: by what scheme the ledger gives each letter a number of its own, with ``{n}`` for
    the number, ``{year}`` for the year of the letter and ``{round}`` for the round's id; empty
    where none is given. Then all letters bear the document number ``number``, which the bureau
    types. ``day``: the date of letters; ``first_day``: that of first opinions. ``signing``: how
    letters that bear a number of their own are signed; None where they are not.

    A school may object within ``objection_working_days`` of receipt, or, where a round says so,
    within ``objection_days`` by the calendar.
    """

    number: str = ""
    numbers: str = ""
    day: date | None = None
    first_day: date | None = None
    objection_working_days: Annotated[int, Field(ge=1)] = 10
    objection_days: int | None = None
    objection_to: str = ""
    report_days: int = 30
    signing: Signing | None = None

    @field_validator("numbers")
    @classmethod
    def _known_places(cls, scheme: str) -> str:
        if scheme.strip():
            check_scheme(scheme)
        return scheme.strip()

    @model_validator(mode="after")
    def _signed_ones_are_numbered(self) -> Letters:
        if self.signing and not self.numbers:
            raise ValueError("签名（signing）只签编了号的意见书，请同时写 numbers")
        return self


class Rectification(StrictModel):
    """How what was found is put right.

    ``offices``: the office in charge (承办科室) by rubric (``canteen``) or by dimension
    (``canteen/C``), the narrower one first. ``at_once_days``: within how many working days a school
    reports what is to be put right at once. ``count``: whether the days of demands, and those of
    the report, are days of the calendar or working days of China.
    """

    count: Literal["calendar", "working"] = "calendar"
    offices: dict[str, str] = Field(default_factory=dict)
    at_once_days: Annotated[int, Field(ge=0, le=60)] = 3

    @property
    def working(self) -> bool:
        """Whether terms are counted in working days."""
        return self.count == "working"

    def office(self, rubric: str, dimension: str) -> str:
        """Returns the office in charge of a dimension; empty where none is named."""
        return self.offices.get(f"{rubric}/{dimension}") or self.offices.get(rubric, "")


class Round(StrictModel):
    """One campaign; the whole of ``round.yaml``.

    ``contact``: whom a school may ask. ``bulletin``: what only its bulletin says.
    ``window``: when visits take place. ``period``: what they look back on (考核期, for quotas),
    the window where not written; ``teaching``: when there is teaching, so that weeks of holidays
    are not counted; ``elapsed`` overrides how many whole terms, weeks ... of the
    period have passed. ``unchecked``: schools with unchecked items are left out of the ranking,
    or the items count as excused with a mark. ``follows``: folders of the rounds before, from this
    one, the latest first: what was found there and is found again costs what the rubric says.
    ``ballots_from``: of votes with fewer valid ballots
    nobody outside of the bureau is told more than the band of their points, nor what these could be
    worked out from. ``voices``: which figures are counted from answers of many people.
    ``drawing``: how schools are drawn and inspectors sent, None where the plan is typed.
    ``severity_correction``: how totals are corrected for the severity of inspectors, None where
    they are the plain arithmetic of the rubric.
    ``raters``: every
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
    contact: Contact = Contact()
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
    follows: tuple[str, ...] = ()
    ballots_from: Annotated[int, Field(ge=0)] = 20
    voices: tuple[Voiced, ...] = ()
    drawing: Drawing | None = None
    severity_correction: SeverityCorrection | None = None
    letters: Letters = Letters()
    rectification: Rectification = Rectification()
    bulletin: BulletinSettings = BulletinSettings()
    ledger: str = ""
    note: str = ""
    key: str = Field(default="", repr=False)
    key_digest: str = ""

    @property
    def assessed(self) -> Period:
        """The period that quotas are prorated to."""
        return self.period or self.window
