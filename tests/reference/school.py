"""One school under one rubric, from its records to its grade."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from inspections.records.record import Record, State
from inspections.round.round import Round
from inspections.round.school import School
from rubrics.language.rubric import Consequence, Rubric
from tests.reference.agreeing import Agreed, agree
from tests.reference.combining import combined, state_of
from tests.reference.conditions import applies
from tests.reference.correcting import Given as Correction
from tests.reference.exact import NOTHING, exact, half_up
from tests.reference.own_scores import Given, charged
from tests.reference.records import mark
from tests.reference.results import Item, Result, points_in
from tests.reference.rules import Elapsed
from tests.reference.totals import add_up
from tests.reference.verdict import first_grade, key_fails, limited, red_lines


def score_school(
    rubric: Rubric,
    school: School,
    visits: Sequence[Record],
    of: Round,
    elapsed: Elapsed,
    before: Collection[str] = (),
    asked: bool = False,
    own: Given | None = None,
    corrected: Correction | None = None,
    due: bool = True,
) -> Result:
    """``before``: indicators that rounds before have found there. ``asked``: whether schools score
    themselves; ``own``: what this one gave itself, None where it handed nothing in. ``corrected``:
    by how much totals are corrected, by inspector. ``due``: whether somebody was to go there.
    """
    result = Result(school, rubric, before=frozenset(before))
    named = [str(school.traits[name]) for name in of.ranking.groups]
    result.group = "·".join(named) + "组" if named else "全部学校"
    if not applies(rubric.when, school.traits):
        result.status = "inapplicable"
        return result
    if not visits:
        result.status = "not_visited" if due else "not_planned"
        return result
    facts = None
    if of.combining.facts == "agreed":
        facts = agree(rubric, school, visits, elapsed)
        visits = facts.kind
    score_items(result, visits, of, elapsed)
    unchecked = points_in(result, State.UNCHECKED)
    result.status = "provisional" if unchecked else "complete"
    add_up(result, visits, of, charged(result, own) if asked else NOTHING, corrected)
    hits = result.hits = list(red_lines(result, visits))
    if facts is not None and facts.disputed:
        await_settling(result, facts, of, elapsed)
    if result.total is not None and any(does.zero_total for does in hits):
        result.total = NOTHING if rubric.scale == "merits" else exact(rubric.points)
        result.plain = result.total
    result.award_eligible = not any(does.award_lost for does in hits)
    excused = points_in(result, State.EXCUSED)
    if of.unchecked == "excuse":
        excused += unchecked
    limit = rubric.excused_limit
    most = limit * exact(rubric.points) if isinstance(limit, Fraction) else exact(limit)
    if sum(excused, NOTHING) > most:
        result.grade = rubric.ungraded
    elif (unchecked and of.unchecked == "exclude") or result.total is None:
        result.grade = ""
    else:
        result.grade = limited(first_grade(result), result, hits)
        after = {rank_after(does, of) for does in hits}
        result.ranked = result.grade != rubric.ungraded and "unranked" not in after
        result.last = "last" in after
    if result.grade == rubric.ungraded:
        # Without a verdict nothing stands that could be read as one.
        result.total = result.normalised = result.plain = None
        result.gains.clear()
    return result


def await_settling(result: Result, facts: Agreed, of: Round, elapsed: Elapsed) -> None:
    """Marks what is not settled: items, and the red lines that the harsher finding crosses."""
    for name in facts.disputed & result.items.keys():
        result.items[name].pending = True
    other = Result(result.school, result.rubric, before=result.before)
    score_items(other, facts.harsh, of, elapsed)
    list(red_lines(other, facts.harsh))
    crossed = {*other.red_lines, *other.pending_red_lines} - {*result.red_lines}
    both = crossed | {*result.pending_red_lines}
    result.pending_red_lines = [listed for listed in all_red_lines(result.rubric) if listed in both]


def all_red_lines(rubric: Rubric) -> list[tuple[str, str]]:
    found = [
        (line.id or item.id, line.title) for item in rubric.indicators for line in item.red_lines
    ]
    return found + [(line.id or "", line.title) for line in rubric.red_lines]


def rank_after(does: Consequence, of: Round) -> str:
    """Kept where the score is, unless something is written."""
    if does.rank is not None:
        return does.rank
    return of.ranking.red_line if does.zero_total or does.grade else "kept"


def score_items(result: Result, visits: Sequence[Record], of: Round, elapsed: Elapsed) -> None:
    rubric = result.rubric
    merits = rubric.scale == "merits"
    for indicator in rubric.indicators:
        again = indicator.id in result.before
        marks = [
            (visit, mark(rubric, indicator, visit, result.school.traits, elapsed, again=again))
            for visit in visits
        ]
        item = Item(indicator, state_of(made.state for _, made in marks))
        counted = [(visit, made) for visit, made in marks if made.state is State.CHECKED]
        if item.state is State.CHECKED:
            item.earned = combined(
                [(visit, made.earned) for visit, made in counted],
                visits,
                of,
                more_is_better=merits,
            )
            if rubric.rounding == "items":
                item.earned = half_up(item.earned, rubric.places)
            item.records = [made for _, made in counted]
            item.pending = any(made.pending for made in item.records)
            item.key_failed = indicator.key is not None and key_fails(rubric, item)
        result.items[indicator.id] = item
    result.key_failed = [name for name, item in result.items.items() if item.key_failed]
