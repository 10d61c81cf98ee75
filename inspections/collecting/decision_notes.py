"""What somebody who decides should know of the decision: it stands all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspections.collecting.deciding import asks_for_fault, find_item
from inspections.ledger.decisions import Decision, Verdict
from inspections.records.record import Record, State
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Indicator
from rubrics.messages.printed_commands import quoted
from rubrics.rules import Entry
from rubrics.rules.exact import quotient
from rubrics.values.points import from_units, number_text, to_units


def notes(
    opened: OpenRound, made: Decision, changed: Sequence[tuple[Record, Record]]
) -> Iterator[str]:
    """Yields sentences without a stop; ``changed``: records before and after the decision."""
    item = find_item(opened, made.rubric, made.owner)
    if made.verdict is Verdict.EXCUSE and isinstance(item, Indicator):
        if not item.excusable:
            yield f"细则没有写 {item.id} 可以列为合理缺项"
        for before, _ in changed:
            yield from _was_checked(opened, item, before)
    if made.verdict is Verdict.CORRECT and any(
        _needs_text(opened, made, after) for _, after in changed
    ):
        folder = quoted(opened.folder.root)
        text = f"{made.school} {quoted(made.rubric)} {made.owner}.fault"
        line = f"scoring ledger decide correct {folder} {text} 查明的事实 --why 理由"
        yield (
            "原来写的问题事实与更正后的数不符，意见书不再引用，只写核定的数；"
            f"要写成文字的，运行 {line}"
        )


def _was_checked(opened: OpenRound, item: Indicator, before: Record) -> Iterator[str]:
    """What an item had earned by one record, that counts nothing now."""
    seen = before.observation(item.id)
    if seen is None or seen.state is not State.CHECKED:
        return
    demerits = opened.rubrics[before.key.rubric].scale == "demerits"
    traits = opened.roster.schools[before.key.school].traits
    entry = Entry(seen.values, elapsed_periods(opened.round), traits)
    found = item.rule_on(before.day).score(to_units(item.points), entry, demerits=demerits)
    person = opened.roster.inspectors.get(before.key.inspector)
    whose = f"{person.name if person else before.key.inspector} {before.key.occasion}"
    if confidential(item) or found.void or found.excused:
        yield f"{whose}原已查"
    else:
        earned = number_text(from_units(quotient(found.earned, 1)))
        yield f"{whose}原已查，{'计' if demerits else '得'} {earned} 分"


def _needs_text(opened: OpenRound, made: Decision, after: Record) -> bool:
    """Whether what an inspector wrote is no fact any more, and the item still loses points."""
    seen, item = after.observation(made.owner), find_item(opened, made.rubric, made.owner)
    if seen is None or item is None or not (seen.overruled and seen.fault):
        return False
    return asks_for_fault(opened, after, item, seen)
