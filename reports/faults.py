"""The faults of one school under one rubric: what letters, tables and rectification list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from inspections.records.record import Observation, Proof, State
from inspections.round.elapsed import FULL_YEAR
from rubrics.language.basis import Basis, bases
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Extra, Indicator, Rubric
from rubrics.rules import Entry, PeriodLength, Rectify
from scoring.results.ballots import BEST
from scoring.results.published import trifling
from scoring.results.scores import IndicatorScore, RedLineHit, SchoolScore
from scoring.results.shown import heads_of

_POINTS = re.compile(r"\d ?分")

PENALTY = "附加扣分"
"""Where penalties stand among the dimensions."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a fault: its name, and its number among the faults of the school.

    ``proof``: the file; None for a record on paper.
    """

    number: int
    name: str
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. Points are units of 1/10000.

    ``owner``: the indicator's id, or that of a red line of its own or of a penalty. ``fact``: what
    the inspectors wrote, each sentence once, or else ``measured``: how points were lost by the
    entries; neither names an inspector. ``points``: lost; ``returned``: what putting it right
    gives back to the published total. ``demands``: what is to be put right, each of what was found
    and nothing beyond it; none for a trifle. ``at_stake``: units that hang on evidence that the
    inspectors still owe, or, where ``unsettled``, on facts on which they do not agree.
    ``pending``: 待核, of all records or of some. What they say stands in ``open_fact`` and
    ``open_measured``, and ``unproved`` of the points count only until the evidence comes.
    ``untold``: what is told in place of its points, which stay in the bureau. ``settled``: the
    bureau has decided on what was measured; what inspectors wrote who had entered something else
    is no fact then.
    ``red_lines``: those that it crossed; ``red_lines_pending``: those that it crosses if the
    evidence comes (红线待核).
    """

    owner: str
    title: str
    dimension: str
    fact: str
    points: int = 0
    returned: int = 0
    unproved: int = 0
    measured: str = ""
    open_fact: str = ""
    open_measured: str = ""
    basis: tuple[Basis, ...] = ()
    threshold: str = ""
    evidence: tuple[Evidence, ...] = ()
    demands: tuple[Rectify, ...] = ()
    at_stake: int = 0
    unsettled: bool = False
    settled: bool = False
    untold: str = ""
    pending: bool = False
    key: bool = False
    red_lines: tuple[RedLineHit, ...] = ()
    red_lines_pending: tuple[RedLineHit, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it cost anything or may yet; otherwise it is a remark without a deduction."""
        return bool(
            self.points or self.pending or self.key or self.red_lines or self.red_lines_pending
        )

    @property
    def demand(self) -> str:
        """All demands in one text."""
        return "".join(item.demand for item in self.demands)

    @property
    def days(self) -> int | None:
        """The shortest deadline: 0 is 立行立改, None: the rubric sets none."""
        return min((item.days for item in self.demands), default=None)

    @property
    def trifling(self) -> bool:
        """Whether it is too little for a demand of its own."""
        light = not (self.key or self.red_lines or self.untold)
        return self.points > 0 and trifling(self.points) and light

    @property
    def proved(self) -> int:
        """The units lost that stand, whatever evidence may come."""
        return self.points - self.unproved

    @property
    def stands(self) -> bool:
        """Whether something is to be put right, and does not only wait for evidence."""
        return self.counts and bool(not self.pending or self.proved or self.key or self.red_lines)

    @property
    def deadline(self) -> str:
        """The deadline in Chinese; empty where the rubric sets none."""
        if self.days is None:
            return ""
        return f"{self.days} 日内" if self.days else "立行立改"


def faults(
    rubric: Rubric, score: SchoolScore, elapsed: Mapping[PeriodLength, int] = FULL_YEAR
) -> tuple[Fault, ...]:
    """Returns the faults of ``score``: red lines first, then key items, then by points lost.

    A checked indicator is a fault when it lost points, is pending, failed as a key item, crossed a
    red line, or when an inspector wrote a fact against it; so is a penalty that was counted.
    Evidence is numbered from 1 in the order of the faults; one thing named twice keeps its number.
    ``elapsed``: the whole periods of the round, by which quotas were due.
    """
    # Records are made when they are looked at; here each is, for every indicator.
    score = replace(score, visits=tuple(score.visits))
    day = max((visit.day for visit in score.visits), default=None)
    found = [
        *_of_indicators(rubric, score, day, elapsed),
        *_of_red_lines(rubric, score),
        *_of_penalties(rubric, score),
    ]
    return tuple(_numbered(sorted(found, key=_weight)))


def wordless_faults(rubric: Rubric, score: SchoolScore) -> tuple[Fault, ...]:
    """Returns those of the faults that count, without facts that were written and evidence.

    No record has to be looked into for them.
    """
    day = max((head.day for head in heads_of(score.visits)), default=None)
    score = replace(score, visits=())
    found = [
        *_of_indicators(rubric, score, day, None),
        *_of_red_lines(rubric, score),
        *_of_penalties(rubric, score),
    ]
    return tuple(sorted(found, key=_weight))


def _weight(fault: Fault) -> tuple[object, ...]:
    first = not fault.red_lines, not fault.red_lines_pending, not fault.key
    # Where it stood among the others would tell what is untold.
    return *first, bool(fault.untold), *(() if fault.untold else (-fault.proved, -fault.points))


def _of_indicators(
    rubric: Rubric,
    score: SchoolScore,
    day: date | None,
    elapsed: Mapping[PeriodLength, int] | None,
) -> Iterator[Fault]:
    """Those that count; with ``elapsed`` records are looked into, and remarks are faults too."""
    scored = {item.indicator: item for item in score.indicators}
    red = {hit.owner for hit in (*score.red_lines, *score.red_lines_pending)}
    for dimension in rubric.dimensions:
        for indicator in dimension.indicators:
            item = scored.get(indicator.id)
            if item is None or item.state is not State.CHECKED:
                continue
            lines = {line.id or indicator.id for line in indicator.red_lines}
            counts = costs(rubric, item) or item.pending or item.key_failed or lines & red
            if counts or (elapsed is not None and _facts(score, indicator.id)):
                made = _of_indicator(rubric, dimension.title, indicator, item, score, day)
                demands = () if made.trifling else _demands(rubric, indicator, item, score, elapsed)
                yield replace(made, demands=demands)


def costs(rubric: Rubric, item: IndicatorScore) -> bool:
    """Whether a checked indicator lost points, as far as that may be told.

    Of a vote of few people nobody learns whether all said the best of the school, or all but one.
    """
    return item.band != BEST and lost_units(rubric, item) > 0


def lost_units(rubric: Rubric, item: IndicatorScore) -> int:
    """Returns the units that a checked indicator lost, told or untold."""
    return item.earned if rubric.scale == "demerits" else item.points - item.earned


def _of_indicator(
    rubric: Rubric,
    dimension: str,
    indicator: Indicator,
    item: IndicatorScore,
    score: SchoolScore,
    day: date | None,
) -> Fault:
    # A hit goes by the red line's own id, where it has one.
    lines = {line.id or indicator.id for line in indicator.red_lines}
    dated = indicator.dated_on(day) if day else None
    measured, open_measured = (_told(item, texts) for texts in (item.found, item.waiting))
    written = _facts(score, indicator.id)
    fact, open_fact = written or measured, ""
    if item.pending:
        said = written or measured or open_measured
        fact = _facts(score, indicator.id, proven=True) or measured or said
        open_fact = _facts(score, indicator.id, proven=False) or open_measured or said
    return Fault(
        owner=indicator.id,
        title=indicator.title,
        dimension=dimension,
        fact=fact,
        points=lost_units(rubric, item),
        returned=0 if item.band else item.gain,
        unproved=item.unproved,
        measured=measured,
        open_fact=open_fact,
        open_measured=open_measured,
        basis=bases(rubric, dated.basis if dated else indicator.basis),
        threshold=(dated.threshold if dated else "") or indicator.threshold,
        evidence=_evidence(score, indicator.id),
        at_stake=0 if item.band else item.evidence_stake + item.at_stake,
        untold=item.band,
        unsettled=bool(item.disputes),
        settled=any(record.settled for record in _records(score, indicator.id)),
        pending=item.pending,
        key=item.key_failed,
        red_lines=tuple(hit for hit in score.red_lines if hit.owner in lines),
        red_lines_pending=tuple(hit for hit in score.red_lines_pending if hit.owner in lines),
    )


def _told(item: IndicatorScore, reasons: Iterable[str]) -> str:
    """How points were lost, as one text; of an item that is untold without what names points."""
    return "；".join(one for one in reasons if not (item.band and _POINTS.search(one)))


def _demands(
    rubric: Rubric,
    indicator: Indicator,
    item: IndicatorScore,
    score: SchoolScore,
    elapsed: Mapping[PeriodLength, int] | None,
) -> tuple[Rectify, ...]:
    """What the parts, items and faults that were found ask for, or else the indicator.

    What waits for evidence asks for nothing yet.
    """
    whole = (indicator.rectify,) if indicator.rectify else ()
    if elapsed is None or confidential(indicator):
        return whole
    outright = rubric.scale == "demerits" and indicator.rule.demerits == "outright"
    best = Decimal(0) if outright else indicator.points
    asked: dict[Rectify, None] = {}
    for visit in score.visits:
        record = visit.observation(indicator.id)
        if record is None or record.state is not State.CHECKED:
            continue
        if item.pending and not record.evidence:
            continue
        entry = Entry(record.values, elapsed, score.school.traits)
        for own in indicator.rule_on(visit.day).asks(best, entry, demerits=outright):
            asked |= dict.fromkeys((own,) if own else whole)
    return tuple(asked) or whole


def _of_red_lines(rubric: Rubric, score: SchoolScore) -> Iterator[Fault]:
    """Red lines that belong to no indicator."""
    for line in rubric.red_lines:
        hits = tuple(hit for hit in score.red_lines if hit.owner == line.id)
        if line.id and hits:
            yield Fault(
                owner=line.id,
                title=line.title,
                dimension="",
                fact=_facts(score, line.id),
                basis=bases(rubric, line.basis),
                evidence=_evidence(score, line.id),
                red_lines=hits,
            )


def _of_penalties(rubric: Rubric, score: SchoolScore) -> Iterator[Fault]:
    """Penalty items that were counted, or wait for their evidence."""
    amounts = {item.extra: item for item in score.extras}
    for extra in rubric.penalty.items if rubric.penalty else ():
        item = amounts.get(extra.id)
        if item is not None:
            yield Fault(
                owner=extra.id,
                title=extra.title,
                dimension=PENALTY,
                fact=_facts(score, extra.id),
                settled=any(record.settled for record in _records(score, extra.id)),
                points=item.amount,
                returned=item.amount,
                # Under the other rules an item counts as it was entered, proven or not.
                unproved=item.amount if item.pending and rubric.pending != "full" else 0,
                at_stake=_most(extra, score) if item.pending else 0,
                open_fact=_facts(score, extra.id) if item.pending else "",
                basis=bases(rubric, extra.basis),
                evidence=_evidence(score, extra.id),
                pending=item.pending,
            )


def _most(extra: Extra, score: SchoolScore) -> int:
    """What a penalty comes to by the record that counted most."""
    counts = (record.values.get("") for record in _records(score, extra.id))
    return max((extra.rule.amount(int(n)) for n in counts if isinstance(n, Decimal)), default=0)


def _records(score: SchoolScore, owner: str) -> Iterator[Observation]:
    for visit in score.visits:
        record = visit.observation(owner)
        if record is not None and record.state is State.CHECKED:
            yield record


def _facts(score: SchoolScore, owner: str, *, proven: bool | None = None) -> str:
    """What the inspectors wrote, each sentence once, as one text that ends without a stop.

    Nothing of those whose entry the bureau has overruled.
    ``proven``: only records with evidence, or only those without.
    """
    held = _records(score, owner)
    if proven is not None:
        held = (record for record in held if bool(record.evidence) == proven)
    texts = (record.fault.strip().rstrip("。；;") for record in held if not record.overruled)
    return "；".join(dict.fromkeys(text for text in texts if text))


def _evidence(score: SchoolScore, owner: str) -> tuple[Evidence, ...]:
    found: dict[str, Evidence] = {}
    for record in _records(score, owner):
        files = {proof.name: proof for proof in record.proof}
        for name in record.evidence:
            item = Evidence(0, name, files.get(name))
            found.setdefault(_same(item), item)
    return tuple(found.values())


def _same(item: Evidence) -> str:
    """What two mentions of one thing have in common: a file's content, or else the name."""
    return item.proof.digest if item.proof else item.name


def _numbered(found: list[Fault]) -> Iterator[Fault]:
    numbers: dict[str, int] = {}
    for fault in found:
        yield replace(
            fault,
            evidence=tuple(
                replace(item, number=numbers.setdefault(_same(item), len(numbers) + 1))
                for item in fault.evidence
            ),
        )
