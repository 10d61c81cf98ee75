"""What scoring gives: frozen records that carry everything a report or an explanation needs.

All points are whole numbers of 1/10000 point (``rubrics.values.points``), each rounded from the
exact figure; only what is exact can be added up again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from inspections.ledger.severity import HeldSeverity, Holding
from inspections.records.record import Record, State
from inspections.records.self_assessment import OwnScore
from inspections.round.school import School
from rubrics.language.rubric import Rubric
from scoring.engine.severity_correction import Correction
from scoring.results.before import Before
from scoring.results.certainty import Certainty
from scoring.results.disputed import Dispute


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator of one school, all inspectors and visits combined.

    ``reason``: why excused, not checked, or how the points were lost, in Chinese. ``gain`` is
    what putting the fault right would give back to the published total (0 for merits untouched).
    ``unproved``: units that count as lost only until evidence comes. ``found`` and ``waiting``:
    how points were lost in records that stand and in pending ones, each text once and without
    the name of who saw it. ``band``: which share of the points was kept, in words, or that it
    is not told; where it is there, ``earned`` and what follows from it must not leave the bureau
    (:mod:`.ballots`).

    ``disputes``: facts on which inspectors of one visit do not agree; the item is then ``pending``
    too, the kinder finding counts, and the harsher one would cost ``at_stake`` more units.
    ``evidence_stake``: units that hang on evidence that has not come, whether they count as lost
    by now or not. ``again``: what was found in a round before; what is lost
    now costs what the rubric's ``repeat`` says; ``repeated``: something is.
    """

    indicator: str
    state: State
    points: int
    earned: int
    reason: str = ""
    pending: bool = False
    key_failed: bool = False
    gain: int = 0
    unproved: int = 0
    found: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    at_stake: int = 0
    band: str = ""
    evidence_stake: int = 0
    again: tuple[Before, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension of one school: earned and applicable units, and the group's median share.

    ``share`` and ``median`` are shares of the applicable points in 1/10000 (8750 is 87.5 %);
    None where nothing applies. ``untold``: what was earned stays in the bureau, and is 0 here.
    """

    dimension: str
    earned: int
    applicable: int
    share: int | None
    median: int | None = None
    untold: bool = False


@dataclass(frozen=True, slots=True)
class RedLineHit:
    """A red line that was crossed: its title, the indicator (or its own id), and what follows."""

    owner: str
    title: str
    effect: str


@dataclass(frozen=True, slots=True)
class ExtraScore:
    """A bonus or penalty item of one school: units that count, after the family and before the cap.

    ``pending``: some record claims it without evidence.
    """

    extra: str
    amount: int
    pending: bool = False


@dataclass(frozen=True, slots=True)
class OwnDimension:
    """A dimension by what a school gave itself and what the visit gave it, in units, over the
    ``count`` indicators that have both.
    """

    dimension: str
    own: int
    review: int
    count: int


@dataclass(frozen=True, slots=True)
class OwnTotal:
    """What a school gave itself before the visit. ``handed_in``: whether it did; ``asked``: for how
    many indicators that apply to it; ``dimensions``: those in which anything can be compared.
    ``cost``: the units that are taken off the total for it, within the school's ``penalty``.
    ``given``: what it gave itself by indicator, without what it wrote beside it.
    """

    handed_in: bool
    asked: int
    dimensions: tuple[OwnDimension, ...] = ()
    cost: int = 0
    given: Mapping[str, OwnScore] = field(default_factory=dict)

    @property
    def own(self) -> int:
        """What it gave itself where both are known, in units."""
        return sum(part.own for part in self.dimensions)

    @property
    def review(self) -> int:
        """What the visit gave it there, in units."""
        return sum(part.review for part in self.dimensions)

    @property
    def count(self) -> int:
        """How many indicators have both."""
        return sum(part.count for part in self.dimensions)


@dataclass(frozen=True, slots=True)
class RecordCorrection:
    """What a record of an inspector corrects the total by, in units with its sign as it is told.

    ``number``: what the inspector goes by where no name is told; ``late``: whether there was no
    sheet of theirs when the others were measured.
    """

    occasion: str
    inspector: str
    number: int
    amount: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class SchoolCorrection:
    """How a total is corrected for the severity of inspectors (宽严校正).

    ``plain``: the total as it is without that; ``combined``: what those of the records that count
    come to; ``applied``: what the total differs from the plain one by, which is less at the ends of
    the scale and nothing where a red line says what the total is. ``stands``: as the ledger
    has it; None where it was measured just now.
    """

    plain: int
    combined: int
    applied: int
    by: tuple[RecordCorrection, ...]
    stands: HeldSeverity | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """What a total is made from before anything is rounded: units, as fractions.

    ``items``: what each indicator that was checked earned, where a rubric weighs them.
    """

    earned: Fraction
    bonus: Fraction
    penalty: Fraction
    items: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SchoolScore:
    """One school under one rubric: a row of scores.csv, and what stands behind it.

    ``status``: ``complete``, ``provisional`` (unchecked items, or sheets that have not come),
    ``not_visited`` or ``inapplicable``. ``normalised`` and ``total`` are None where nothing could
    be scored, and where the verdict is withheld: no figure may then read as a result. ``grade`` is
    empty when there is none; ``rank`` is None for the unranked, and ``unranked`` then says why.
    ``limits`` says, in Chinese, why the grade is not higher. ``tie_key`` names the key that decided
    a tie. ``median`` is the group's, rounded as totals are, None where fewer than two are ranked:
    a school is not compared with itself; ``gap`` is total minus that.
    ``own``: what it gave itself before; None where the rubric does not ask.
    ``exact``: ``earned``, ``bonus`` and ``penalty`` before rounding;
    None where items are untold (:mod:`.ballots`).
    ``group_size`` counts the ranked. ``red_lines_pending`` wait for evidence (红线待核).
    ``by_place``: how its place gave it its grade, where a round gives grades out by shares.
    ``ranked_last``: a red line puts it behind the others of its group.
    ``excused``: units that left the denominator; ``unchecked``: how many items are not checked.
    ``owed``: names of inspectors whose sheets of these visits have not come; what stands is
    provisional (暂定) until they do. ``pending``: how many items and extras wait (待核);
    ``disputed``: how many records have another one that differs. ``group_open``: of how many
    schools of the group, itself included, something may yet change; rank and median hang on them.
    ``unsifted``: figures rest on answers that were flagged, and nobody has decided on them.
    ``correction``: how the total is corrected for severity; None where it is not.
    """

    school: School
    group: str
    status: str
    earned: int = 0
    applicable: int = 0
    normalised: int | None = None
    bonus: int = 0
    penalty: int = 0
    total: int | None = None
    grade: str = ""
    rank: int | None = None
    group_size: int = 0
    unranked: str = ""
    tie_key: str = ""
    key_failed: tuple[str, ...] = ()
    red_lines: tuple[RedLineHit, ...] = ()
    red_lines_pending: tuple[RedLineHit, ...] = ()
    award_eligible: bool = True
    limits: tuple[str, ...] = ()
    median: int | None = None
    gap: int | None = None
    dimensions: tuple[DimensionScore, ...] = ()
    indicators: Sequence[IndicatorScore] = ()
    visits: Sequence[Record] = ()
    extras: tuple[ExtraScore, ...] = ()
    excused: int = 0
    unchecked: int = 0
    owed: tuple[str, ...] = ()
    exact: Exact | None = None
    ranked_last: bool = False
    pending: int = 0
    disputed: int = 0
    group_open: int = 0
    by_place: str = ""
    own: OwnTotal | None = None
    unsifted: bool = False
    correction: SchoolCorrection | None = None

    @property
    def plain_total(self) -> int | None:
        """The total without any correction for severity."""
        return self.correction.plain if self.correction else self.total

    @property
    def provisional(self) -> bool:
        """Whether points may yet change: something waits for evidence, a record, or a check."""
        return self.status == "provisional" or bool(
            self.owed or self.pending or self.disputed or self.red_lines_pending or self.unsifted
        )

    @property
    def place_provisional(self) -> bool:
        """Whether rank and median may yet change, by its own points or those of others."""
        compared = self.rank is not None and not self.alone
        return compared and bool(self.provisional or self.group_open)

    @property
    def alone(self) -> bool:
        """Whether nobody else of its group is ranked, so that there is nothing to compare."""
        return self.rank is not None and self.group_size < 2

    def indicator(self, indicator: str) -> IndicatorScore:
        """Returns the score of one indicator; ``KeyError`` if the rubric has none such."""
        for item in self.indicators:
            if item.indicator == indicator:
                return item
        raise KeyError(indicator)


@dataclass(frozen=True, slots=True)
class RubricScores:
    """All schools under one rubric, in roster order.

    The engine's ``schools`` makes each record when it is asked for, from whole columns.
    ``correction``: what their totals are corrected by for the severity of inspectors.
    """

    rubric: Rubric
    schools: Sequence[SchoolScore]
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class CompositeScore:
    """One school over all rubrics: weighted over those that apply to it.

    ``total`` is None where one of them has none, and ``unranked`` then says which. ``group_open``:
    as :class:`SchoolScore` has it, under any rubric that counts.
    """

    school: School
    group: str
    total: int | None
    rank: int | None
    group_size: int
    weights: Mapping[str, int] = field(default_factory=dict)
    unranked: str = ""
    group_open: int = 0

    @property
    def place_provisional(self) -> bool:
        """Whether the rank may yet change."""
        return self.rank is not None and not self.alone and self.group_open > 0

    @property
    def alone(self) -> bool:
        """Whether nobody else of its group is ranked, so that there is nothing to compare."""
        return self.rank is not None and self.group_size < 2


@dataclass(frozen=True, slots=True)
class Scores:
    """The result of a round. ``certainty``: how sure the ranks under each rubric are, and over all
    of them; nothing where the round does not ask, or it was not measured. ``holding``: what
    corrections are to stand once letters say them, by rubric, where the round asks for any.
    """

    rubrics: Mapping[str, RubricScores]
    composite: tuple[CompositeScore, ...] = ()
    certainty: Mapping[str, Certainty] = field(default_factory=dict)
    composite_certainty: Certainty | None = None
    holding: Mapping[str, Holding] = field(default_factory=dict)

    @property
    def corrected(self) -> tuple[str, ...]:
        """The rubrics (ids) under which totals are corrected for the severity of inspectors."""
        return tuple(name for name, held in self.rubrics.items() if held.correction)
