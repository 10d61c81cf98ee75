"""Entries as inspectors could make them: a random visit to a school under any rubric.

Readings lie on the edges of ranges and a hair beside them, counts now and then far beyond
anything sensible. What contradicts itself (more held than due) the collecting refuses; it never
gets here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from inspections.records.record import Observation, Record, RecordKey, State, Value
from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules import (
    AllOrNone,
    Bands,
    Checklist,
    Composite,
    Deduct,
    Discretionary,
    EnteredPoints,
    Grade,
    Linear,
    Quota,
    Ratio,
    Rule,
    SimpleRule,
    Survey,
    Threshold,
    Votes,
)
from rubrics.rules.slot import COUNT
from rubrics.values.points import Points
from rubrics.values.ranges import Range
from tests.reference.conditions import applies

HAIR = Decimal("0.0001")
Traits = Mapping[str, str | Decimal]


@dataclass(frozen=True)
class Habits:
    """How likely what is, in percent."""

    unchecked: int = 6
    excused: int = 8
    proven: int = 60
    flagged: int = 12


def visit(
    random: Random,
    rubric: Rubric,
    key: RecordKey,
    traits: Traits,
    day: date,
    habits: Habits = Habits(),
) -> Record:
    seen = [observation(random, item, traits, habits) for item in rubric.indicators]
    for line in rubric.red_lines:
        flags = {trigger.flag: answer(random, habits.flagged) for trigger in line.triggers}
        kept: dict[str, Value] = {flag: value for flag, value in flags.items() if flag is not None}
        state = State.CHECKED if random.random() < 0.9 else State.UNCHECKED
        seen.append(Observation(line.id or "", state, kept))
    for extra in rubric.extras:
        if random.random() < 0.6:
            count = Decimal(random.choice([0, 1, 1, 2, 5, 10**7]))
            if extra.rule.bands:
                spans = [band.range for band in extra.rule.bands]
                count = max(Decimal(0), near(random, spans, False))
            proof = evidence(random, habits)
            seen.append(Observation(extra.id, State.CHECKED, {"": count}, evidence=proof))
    return Record(key, rubric.version, day, (key.inspector,), tuple(seen))


def observation(
    random: Random,
    indicator: Indicator,
    traits: Traits,
    habits: Habits = Habits(),
) -> Observation:
    drawn = random.randrange(100)
    if drawn < habits.unchecked:
        return Observation(indicator.id, State.UNCHECKED)
    if drawn < habits.unchecked + habits.excused:
        return Observation(indicator.id, State.EXCUSED, reason="本校没有")
    values = rule_values(random, indicator, traits)
    triggers = [*(indicator.key.triggers if indicator.key else ())]
    triggers += [trigger for line in indicator.red_lines for trigger in line.triggers]
    for trigger in triggers:
        if trigger.flag is not None:
            values[trigger.flag] = answer(random, habits.flagged)
    return Observation(indicator.id, State.CHECKED, values, evidence=evidence(random, habits))


def evidence(random: Random, habits: Habits) -> tuple[str, ...]:
    return ("照片1.jpg",) if random.randrange(100) < habits.proven else ()


def answer(random: Random, percent: int) -> Decimal:
    return Decimal(random.randrange(100) < percent)


def rule_values(random: Random, indicator: Indicator, traits: Traits) -> dict[str, Value]:
    return values_of(random, indicator.rule, indicator.points, traits)


def values_of(random: Random, rule: Rule, points: Points, traits: Traits) -> dict[str, Value]:
    if not isinstance(rule, Composite):
        return simple_values(random, rule, points)
    found: dict[str, Value] = {}
    for part in rule.parts:
        if applies(part.when, traits):
            own = points if part.points is None else part.points
            for key, value in values_of(random, part.rule, own, traits).items():
                found[f"{part.id}.{key}" if key else part.id] = value
    return found


def simple_values(random: Random, rule: SimpleRule, points: Points) -> dict[str, Value]:
    """What a sheet would be read as: nothing above what may be entered."""
    most = {
        slot.key: slot.range.high
        for slot in rule.slots(points)
        if slot.entry == "number" and slot.range is not None and slot.range.high is not None
    }
    return {
        key: min(value, Decimal(most[key])) if key in most and isinstance(value, Decimal) else value
        for key, value in _drawn(random, rule, points).items()
    }


def _drawn(random: Random, rule: SimpleRule, points: Points) -> dict[str, Value]:
    match rule:
        case Deduct():
            return {fault.id or "": count(random) for fault in rule.faults}
        case Checklist():
            return {item.id: answer(random, 70) for item in rule.items}
        case AllOrNone():
            keys = [item.id for item in rule.requirements] or [""]
            return {key: answer(random, 80) for key in keys}
        case EnteredPoints():
            if rule.values:
                return {"": random.choice([Decimal(0), *rule.values])}
            most = points if rule.ceiling is None else rule.ceiling
            steps = int(rule.floor / rule.step), int(most / rule.step)
            return {"": rule.step * random.randint(*steps)}
        case Discretionary():
            most = min(rule.most, points)
            between = random.choice([rule.least, most, (rule.least + most) / 2])
            taken = random.choice([Decimal(0), round(between, 4)])
            return {"": taken, **({"reason": "记录不全"} if taken else {})}
        case Grade():
            return {"": random.choice(list(rule.levels))}
        case Threshold():
            found: dict[str, Value] = {}
            some = rule.at_least or len(rule.readings)
            for reading in random.sample(rule.readings, random.randint(some, len(rule.readings))):
                base = reading.id or ""
                if reading.start:
                    found |= pair(random, base, reading.measure, [reading.within])
                    continue
                whole = reading.measure == "time"
                if reading.samples == 1:
                    found[base] = near(random, [reading.within], whole)
                    continue
                taken = random.sample(
                    range(1, reading.samples + 1), random.randint(1, reading.samples)
                )
                for number in taken:
                    key = f"{base}.{number}" if base else str(number)
                    found[key] = near(random, [reading.within], whole)
            return found
        case Bands():
            if rule.start:
                return pair(random, "", rule.measure, [band.range for band in rule.bands])
            taken = random.sample(rule.keys, random.randint(1, len(rule.keys)))
            spans = [band.range for band in rule.bands]
            values = {key: near(random, spans, rule.measure == "time") for key in taken}
            low = (rule.domain or COUNT).low
            return {
                key: value if low is None else max(Decimal(low), value)
                for key, value in values.items()
            }
        case Linear():
            zero, full = Decimal(rule.zero.value), Decimal(rule.full.value)
            above = (rule.ceiling or points) / points
            top = zero + (full - zero) * above
            ends = random.choice([full, zero, (full + zero) / 2, top, (full + top) / 2])
            return {"": round(ends + random.choice([-1, 0, 1]) * random.choice([HAIR, 7]), 4)}
        case Ratio():
            due = random.choice([0, 1, 3, 7, 10, 300])
            if rule.quotient:
                have = random.choice([0, due, due * 3, 8421.05])
                return {"have": Decimal(str(have)), "due": Decimal(due)}
            have = random.choice([0, due, due // 2, random.randint(0, due)])
            return {"have": Decimal(have), "due": Decimal(due)}
        case Quota():
            return {"": count(random)}
        case Votes():
            ballots = {name: random.choice([0, 1, 2, 5, 20]) for name in rule.options}
            cast = sum(ballots.values())
            invalid = random.choice([0, 1, 5])
            entitled = cast + invalid + random.choice([0, cast // 2, cast])
            ballots |= {"invalid": invalid, "entitled": entitled}
            return {name: Decimal(number) for name, number in ballots.items()}
        case Survey():
            sent = random.choice([0, 5, 30, 100])
            returned = random.choice([sent, sent * 3 // 5, random.randint(0, sent)])
            satisfied = random.randint(0, returned)
            return {
                "satisfied": Decimal(satisfied),
                "returned": Decimal(returned),
                "sent": Decimal(sent),
            }


def pair(random: Random, key: str, measure: str, spans: list[Range]) -> dict[str, Value]:
    """Two times or dates, apart by a reading on the edge of a range."""
    apart = near(random, spans, True)
    start = Decimal(random.choice([0, 630, 1430])) + (46000 if measure == "days_between" else 0)
    end = start + apart
    if measure == "minutes_between":
        end %= 24 * 60
    names = (f"{key}.{name}" if key else name for name in ("start", "end"))
    return dict(zip(names, (start, end), strict=True))


def count(random: Random) -> Decimal:
    return Decimal(random.choice([0, 0, 1, 1, 2, 3, 4, 5, 9, 40, 10**8]))


def near(random: Random, ranges: list[Range], whole: bool) -> Decimal:
    """A reading on the edge of a range, a hair beside it, or somewhere near."""
    ends = [end for item in ranges for end in (item.low, item.high) if end is not None]
    end = random.choice(ends or [Decimal(0)])
    if whole:
        return min(Decimal(1439), max(Decimal(0), end + random.choice([-1, 0, 0, 1, 30, -30])))
    return round(end + random.choice([-HAIR, 0, 0, HAIR, 1, -1, 25, Decimal("-0.5")]), 4)
