"""Facts of one visit are the same for all its inspectors; where they differ, the kinder stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from inspections.records.record import Observation, Record, State, Value
from inspections.round.school import School
from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules import Composite, Penalty
from tests.reference.exact import NOTHING, exact
from tests.reference.records import Mark, mark
from tests.reference.rules import Elapsed, leaves

JUDGED = {"points", "discretionary", "grade"}

Worth = tuple[Fraction, Fraction, int]


@dataclass
class Agreed:
    """Records as they count, records at their harshest, and which items are not settled."""

    kind: list[Record]
    harsh: list[Record]
    disputed: set[str] = field(default_factory=set)


def agree(rubric: Rubric, school: School, visits: Iterable[Record], elapsed: Elapsed) -> Agreed:
    made = Agreed([], [])
    for team in teams(visits):
        both = [list(team), list(team)]
        for item in rubric.indicators:
            settle_item(rubric, item, school, both, made.disputed, elapsed)
        for line in rubric.red_lines:
            flags = {trigger.flag or "" for trigger in line.triggers}
            settle_each(line.id or "", flags, both, made.disputed, more_is_kinder=False)
        for extra in rubric.extras:
            bonus = not isinstance(extra.rule, Penalty)
            share_proof(extra.id, both)
            settle_each(extra.id, {""}, both, made.disputed, more_is_kinder=bonus)
        made.kind += both[0]
        made.harsh += both[1]
    return made


def teams(visits: Iterable[Record]) -> list[list[Record]]:
    ordered = sorted(visits, key=lambda one: (one.key.occasion, one.key.inspector))
    return [list(team) for _, team in groupby(ordered, key=lambda one: one.key.occasion)]


def settle_item(
    rubric: Rubric,
    item: Indicator,
    school: School,
    both: list[list[Record]],
    disputed: set[str],
    elapsed: Elapsed,
) -> None:
    flags = {
        trigger.flag
        for owner in ([item.key] if item.key else []) + list(item.red_lines)
        for trigger in owner.triggers
        if trigger.flag is not None
    }
    parts = list(leaves(item.rule)) if isinstance(item.rule, Composite) else []
    judged = {way for way, rule in parts if rule.kind in JUDGED}
    if not judged and item.rule.kind not in JUDGED:
        share_proof(item.id, both)
    settle_each(item.id, flags, both, disputed, more_is_kinder=False)
    if item.rule.kind in JUDGED:
        return
    team = both[0]
    there = checked(item.id, team)
    facts = [without(seen, judged, flags) for _, seen in there]
    if all(one == facts[0] for one in facts):
        return
    disputed.add(item.id)
    options: list[tuple[Worth, dict[str, Value]]] = []
    valid: list[bool] = []
    for fact in facts:
        marks = [
            mark(
                rubric,
                item,
                with_facts(team[at], seen, fact, judged, flags),
                school.traits,
                elapsed,
            )
            for at, seen in there
        ]
        options.append((worth_of(rubric, item, marks), fact))
        valid.append(all(made.state is not State.UNCHECKED for made in marks))
    # Votes below their quorum are no finding.
    if any(valid):
        options = [option for option, counts in zip(options, valid, strict=True) if counts]
    for records, fact in (
        (both[0], max(options, key=lambda one: one[0])[1]),
        (both[1], min(options, key=lambda one: one[0])[1]),
    ):
        for at, seen in checked(item.id, records):
            records[at] = with_facts(records[at], seen, fact, judged, flags)


def worth_of(rubric: Rubric, item: Indicator, marks: Sequence[Mark]) -> Worth:
    merits = rubric.scale == "merits"
    full = exact(item.points) if merits else NOTHING
    sums = [NOTHING, NOTHING]
    count = 0
    for made in marks:
        counts = made.state is State.CHECKED
        count += counts
        sums[0] += made.earned if counts else full
        sums[1] += made.observed if counts else full
    return (sums[0], sums[1], count) if merits else (-sums[0], -sums[1], count)


def checked(owner: str, records: Sequence[Record]) -> list[tuple[int, Observation]]:
    found = [(at, one.observation(owner)) for at, one in enumerate(records)]
    return [(at, seen) for at, seen in found if seen and seen.state is State.CHECKED]


def is_judged(key: str, judged: set[str]) -> bool:
    return any(key == part or key.startswith(f"{part}.") for part in judged)


def without(seen: Observation, judged: set[str], flags: set[str]) -> dict[str, Value]:
    return {
        key: value
        for key, value in seen.values.items()
        if key not in flags and not is_judged(key, judged)
    }


def with_facts(
    record: Record, seen: Observation, facts: dict[str, Value], judged: set[str], flags: set[str]
) -> Record:
    own = {
        key: value for key, value in seen.values.items() if key in flags or is_judged(key, judged)
    }
    return changed(record, replace(seen, values={**own, **facts}))


def settle_each(
    owner: str,
    keys: set[str],
    both: list[list[Record]],
    disputed: set[str],
    *,
    more_is_kinder: bool,
) -> None:
    """Each answer or count by itself; blank is none."""
    for key in keys:
        held = [number(seen.values.get(key)) for _, seen in checked(owner, both[0])]
        if len(set(held)) < 2:
            continue
        disputed.add(owner)
        ends = (max(held), min(held)) if more_is_kinder else (min(held), max(held))
        for records, end in zip(both, ends, strict=True):
            for at, seen in checked(owner, records):
                values = {**seen.values, key: end}
                records[at] = changed(records[at], replace(seen, values=values))


def number(value: Value | None) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def share_proof(owner: str, both: list[list[Record]]) -> None:
    for records in both:
        proofs = [seen.evidence for _, seen in checked(owner, records) if seen.evidence]
        for at, seen in checked(owner, records):
            if proofs and not seen.evidence:
                records[at] = changed(records[at], replace(seen, evidence=proofs[0]))


def changed(record: Record, seen: Observation) -> Record:
    others = (seen if one.owner == seen.owner else one for one in record.observations)
    return replace(record, observations=tuple(others))
