"""One record (one inspector, one visit): states and points of its items, what is triggered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspections.records.record import Observation, Record, State
from rubrics.language.repeat import Repeat
from rubrics.language.rubric import Extra, Indicator, Rubric, Trigger
from rubrics.rules import Bonus, Composite, Votes
from tests.reference.conditions import applies
from tests.reference.exact import NOTHING, exact
from tests.reference.rules import Elapsed, Excused, Traits, Unchecked, banded, leaves, outcome


@dataclass(frozen=True)
class Mark:
    """What one record says of one indicator; ``observed`` is before evidence is asked for."""

    state: State
    earned: Fraction = NOTHING
    observed: Fraction = NOTHING
    pending: bool = False
    observation: Observation | None = None


def mark(
    rubric: Rubric,
    indicator: Indicator,
    visit: Record,
    traits: Traits,
    elapsed: Elapsed,
    *,
    again: bool = False,
) -> Mark:
    merits = rubric.scale == "merits"
    points = exact(indicator.points)
    if not applies(indicator.when, traits):
        return Mark(State.EXCUSED)
    seen = visit.observation(indicator.id)
    if seen is None or seen.state is not State.CHECKED:
        excused = seen is not None and seen.state in (State.EXCUSED, State.INAPPLICABLE)
        return Mark(State.EXCUSED if excused else State.UNCHECKED)
    rule = indicator.rule_on(visit.day)
    result = outcome(rule, points, seen.values, elapsed=elapsed, traits=traits, merits=merits)
    if isinstance(result, Excused):
        return Mark(State.EXCUSED)
    if isinstance(result, Unchecked):
        return Mark(State.UNCHECKED)
    if again:
        result = dearer(rubric, indicator, result)
    lost = result < points if merits else result > 0
    lines = [trigger for line in indicator.red_lines for trigger in line.triggers]
    asked = [*(indicator.key.triggers if indicator.key else ()), *lines]
    established = any(seen.values.get(each.flag) for each in asked if each.flag is not None)
    accused = lost or established
    needed = indicator.evidence == "required" or (indicator.evidence == "on_deduction" and accused)
    if not needed or seen.evidence:
        return Mark(State.CHECKED, result, result, False, seen)
    best, worst = (points, NOTHING) if merits else (NOTHING, points)
    if merits:  # above its points, or below 0, it stays where it is
        best, worst = max(best, result), min(worst, result)
    supposed = {"full": best, "zero": worst, "as_observed": result}[rubric.pending]
    return Mark(State.CHECKED, supposed, result, True, seen)


def repeat_rule(rubric: Rubric, indicator: Indicator) -> Repeat | None:
    """What an indicator says itself, else the rubric, of facts that are no secret.

    What was answered on questionnaires is a fact; ballots are secret.
    """
    if indicator.repeat is not None:
        return indicator.repeat or None
    talks = set(indicator.method) <= {"个别谈话", "民主测评"}
    judged = indicator.rule.kind in ("points", "discretionary", "grade", "votes")
    if isinstance(indicator.rule, Composite):
        kinds = {rule.kind for _, rule in leaves(indicator.rule)}
        judged = kinds <= {"points", "discretionary", "grade", "votes"}
        talks = talks or "votes" in kinds
    own = [rubric.methods.get(name) for name in indicator.method]
    judged = judged or all(method and method.judgement for method in own)
    if judged or talks or indicator.confidential:
        return None
    return rubric.repeat


def dearer(rubric: Rubric, indicator: Indicator, result: Fraction) -> Fraction:
    """What is earned where the loss counts several times over."""
    repeat, points = repeat_rule(rubric, indicator), exact(indicator.points)
    if repeat is None or repeat.times is None:
        return result
    merits = rubric.scale == "merits"
    lost = points - result if merits else result
    if lost <= 0:
        return result
    below = exact(getattr(indicator.rule, "floor", Decimal(0)))
    most = points - below if repeat.most is None else min(points - below, exact(repeat.most))
    lost = max(lost, min(lost * repeat.times, most))
    return points - lost if merits else lost


def count_of(extra: Extra, visit: Record) -> Fraction | None:
    """How many the record claims of a bonus or penalty item; None: nothing entered."""
    seen = visit.observation(extra.id)
    if seen is None or seen.state is not State.CHECKED:
        return None
    count = seen.values[""]
    assert isinstance(count, Decimal)
    return exact(count)


def extra_points(rubric: Rubric, extra: Extra, visit: Record) -> Fraction | None:
    """Points of a bonus or penalty item in one record; None: nothing entered."""
    count = count_of(extra, visit)
    if count is None:
        return None
    seen = visit.observation(extra.id)
    assert seen is not None
    bonus = isinstance(extra.rule, Bonus)
    needed = extra.evidence == "required" or (extra.evidence == "on_deduction" and not bonus)
    if extra.rule.bands:
        points = banded(extra.rule.bands, count)
    else:
        assert extra.rule.each is not None and extra.rule.limit is not None
        points = min(count * exact(extra.rule.each), exact(extra.rule.limit))
    if points > 0 and needed and not seen.evidence:
        ignored = ("full", "zero") if bonus else ("full",)
        if rubric.pending in ignored:
            return NOTHING
    return points


def triggered(trigger: Trigger, indicator: Indicator, record: Mark) -> bool:
    """Whether one record sets off a flag or a part trigger (``below`` looks at all records)."""
    seen = record.observation
    assert seen is not None
    if trigger.flag is not None:
        return seen.values.get(trigger.flag) == 1
    if trigger.part is None:
        return False
    if trigger.at_least is not None:
        readings = [
            value
            for key, value in seen.values.items()
            if key == trigger.part or is_sample_of(key, trigger.part)
        ]
        return any(
            isinstance(value, Decimal) and value >= trigger.at_least.value for value in readings
        )
    assert trigger.share_at_least is not None
    assert isinstance(indicator.rule, Votes)
    ballots = {
        name: exact(value)
        for name in indicator.rule.options
        if isinstance(value := seen.values[name], Decimal)
    }
    return ballots[trigger.part] / sum(ballots.values()) >= trigger.share_at_least


def is_sample_of(key: str, group: str) -> bool:
    stem, _, number = key.rpartition(".")
    return number.isdigit() and stem == group and bool(group)
