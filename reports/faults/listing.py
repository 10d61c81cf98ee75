"""All faults of one school under one rubric, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from inspections.records.record import Record, State
from inspections.round.elapsed import FULL_YEAR
from reports.faults.demanded import demanded
from reports.faults.fault import PENALTY, Fault
from reports.faults.found_by_inspectors import (
    checked_records,
    done_at_once,
    evidence_of,
    numbered,
    written_facts,
)
from reports.faults.grounds import grounds
from reports.faults.losses import costs, in_the_total, lost_units, reasons_told
from rubrics.language.basis import bases
from rubrics.language.repeating import repeat_of
from rubrics.language.rubric import Extra, Indicator, Rubric
from rubrics.rules import Entry, PeriodLength
from scoring.results.ballots import WAITING
from scoring.results.before import told_again
from scoring.results.scores import IndicatorScore, SchoolScore
from scoring.results.shown import heads_of


def faults(
    rubric: Rubric, score: SchoolScore, elapsed: Mapping[PeriodLength, int] = FULL_YEAR
) -> tuple[Fault, ...]:
    """Returns the faults of ``score``: red lines first, then key items, then by points lost
    of the total.

    A checked indicator is a fault when it lost points, is pending, failed as a key item, crossed a
    red line, or when an inspector wrote a fact against it; so is a penalty that was counted.
    Evidence is numbered from 1 in the order of the faults; one thing named twice keeps its number.
    ``elapsed``: the whole periods of the round, by which quotas were due.
    """
    # Records are made when they are looked at; here each is, for every indicator.
    score = replace(score, visits=tuple(score.visits))
    day = max((visit.day for visit in score.visits), default=None)
    found = [
        *_of_indicators(rubric, score, day, elapsed, score.visits),
        *_of_red_lines(rubric, score),
        *_of_penalties(rubric, score),
    ]
    return tuple(numbered(_in_order(rubric, score, [_with_acts(it, score) for it in found])))


def _with_acts(fault: Fault, score: SchoolScore) -> Fault:
    """A fault with what was done about it on the spot; of what people said in confidence nothing
    is told, since their records come without it.
    """
    at_once, done = done_at_once(score, fault.owner)
    return replace(fault, at_once=at_once, put_right=done) if at_once else fault


def wordless_faults(
    rubric: Rubric, score: SchoolScore, elapsed: Mapping[PeriodLength, int] = FULL_YEAR
) -> tuple[Fault, ...]:
    """Returns those of the faults that count, without facts that were written and evidence."""
    day = max((head.day for head in heads_of(score.visits)), default=None)
    records = tuple(score.visits)
    score = replace(score, visits=())
    found = [
        *_of_indicators(rubric, score, day, elapsed, records),
        *_of_red_lines(rubric, score),
        *_of_penalties(rubric, score),
    ]
    return tuple(_in_order(rubric, score, found))


def _in_order(rubric: Rubric, score: SchoolScore, found: list[Fault]) -> list[Fault]:
    counts = in_the_total(rubric, score)

    def weight(fault: Fault) -> tuple[object, ...]:
        first = not fault.red_lines, not fault.red_lines_pending, not fault.key
        lost = (-counts(fault.owner, units) for units in (fault.proved, fault.points))
        # Where it stood among the others would tell what is untold.
        return *first, bool(fault.untold), *(() if fault.untold else lost)

    return sorted(found, key=weight)


def _of_indicators(
    rubric: Rubric,
    score: SchoolScore,
    day: date | None,
    elapsed: Mapping[PeriodLength, int],
    records: Sequence[Record],
) -> Iterator[Fault]:
    """Those that count, and, where ``score`` has its records, those that are remarks.

    ``records``: by what was entered in them faults ask for what is to be done.
    """
    scored = {item.indicator: item for item in score.indicators}
    red = {hit.owner for hit in (*score.red_lines, *score.red_lines_pending)}
    for dimension in rubric.dimensions:
        for indicator in dimension.indicators:
            item = scored.get(indicator.id)
            if item is None or item.state is not State.CHECKED:
                continue
            lines = {line.id or indicator.id for line in indicator.red_lines}
            counts = costs(rubric, item) or item.pending or item.key_failed or lines & red
            if counts or written_facts(score, indicator.id):
                made = _of_indicator(rubric, dimension.title, indicator, item, score, day)
                traits = score.school.traits
                asked = demanded(rubric, indicator, item, records, traits, elapsed)
                yield replace(made, demands=() if made.trifling else asked)


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
    measured, open_measured = (reasons_told(item, texts) for texts in (item.found, item.waiting))
    known = grounds(indicator, score, f"{measured}；{open_measured}")
    written = written_facts(score, indicator.id)
    fact, open_fact = written or measured, ""
    if item.pending:
        said = written or measured or open_measured
        fact = written_facts(score, indicator.id, proven=True) or measured or said
        open_fact = written_facts(score, indicator.id, proven=False) or open_measured or said
    return Fault(
        owner=indicator.id,
        title=indicator.title,
        dimension=dimension,
        fact=fact,
        points=0 if item.band == WAITING else lost_units(rubric, item),
        returned=0 if item.band else item.gain,
        unproved=0 if item.band == WAITING else item.unproved,
        measured=measured,
        open_fact=open_fact,
        open_measured=open_measured,
        grounds=known,
        basis=bases(rubric, dated.basis if dated else indicator.basis),
        threshold=(dated.threshold if dated else "") or indicator.threshold,
        evidence=evidence_of(score, indicator.id),
        at_stake=0 if item.band else item.evidence_stake + item.at_stake,
        untold=item.band,
        again=_again(rubric, indicator, item),
        unsettled=bool(item.disputes),
        settled=any(record.settled for record in checked_records(score, indicator.id)),
        pending=item.pending,
        key=item.key_failed,
        red_lines=tuple(hit for hit in score.red_lines if hit.owner in lines),
        red_lines_pending=tuple(hit for hit in score.red_lines_pending if hit.owner in lines),
    )


def _again(rubric: Rubric, indicator: Indicator, item: IndicatorScore) -> str:
    repeat = repeat_of(rubric, indicator) if item.repeated and not item.band else None
    return told_again(repeat, item.again, demerits=rubric.scale == "demerits") if repeat else ""


def _of_red_lines(rubric: Rubric, score: SchoolScore) -> Iterator[Fault]:
    """Red lines that belong to no indicator."""
    for line in rubric.red_lines:
        hits = tuple(hit for hit in score.red_lines if hit.owner == line.id)
        if line.id and hits:
            yield Fault(
                owner=line.id,
                title=line.title,
                dimension="",
                fact=written_facts(score, line.id),
                basis=bases(rubric, line.basis),
                evidence=evidence_of(score, line.id),
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
                fact=written_facts(score, extra.id),
                settled=any(record.settled for record in checked_records(score, extra.id)),
                points=item.amount,
                returned=item.amount,
                # Under the other rules an item counts as it was entered, proven or not.
                unproved=item.amount if item.pending and rubric.pending != "full" else 0,
                at_stake=_most(extra, score) if item.pending else 0,
                open_fact=written_facts(score, extra.id) if item.pending else "",
                demands=(extra.rectify,) if extra.rectify else (),
                basis=bases(rubric, extra.basis),
                evidence=evidence_of(score, extra.id),
                pending=item.pending,
            )


def _most(extra: Extra, score: SchoolScore) -> int:
    """What a penalty comes to by the record that counted most."""
    entries = (Entry(record.values) for record in checked_records(score, extra.id))
    return max((int(extra.rule.amount(one)) for one in entries if one.filled()), default=0)
