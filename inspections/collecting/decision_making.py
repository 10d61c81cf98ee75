"""From what somebody types to a decision that stands in the ledger, or to what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

from inspections.collecting.collecting import collected
from inspections.collecting.deciding import NOTES, apply_decisions, find_item, item_slots
from inspections.collecting.decision_notes import notes
from inspections.ledger.chain import By
from inspections.ledger.decisions import Decision, Verdict, all_decisions, decide, in_force
from inspections.ledger.of_round import ledger_of
from inspections.ledger.recalling import known_files
from inspections.records.entries import expected, understand
from inspections.records.record import Record, State
from inspections.records.value_text import value_text
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target, items
from rubrics.language.rubric import Indicator
from rubrics.messages.outgoing import outgoing
from rubrics.messages.problems import Place, Problem, problem

Made = tuple[Decision | None, list[Problem]]
"""A decision with its number, or why there is none."""


def judge_file(opened: OpenRound, verdict: Verdict, file: str, sheet: str, by: By) -> Made:
    """Accepts or rejects what a file holds. Codes: decide-file-unknown."""
    with ledger_of(opened) as ledger:
        files = known_files(ledger)
    name = file.replace("\\", "/")
    found = [known for known in files if known == name or known.endswith(f"/{name}")]
    # As messages print it, with the numbers of persons masked, it can be typed too.
    found = found or [known for known in files if outgoing(known) == name]
    if len(found) != 1:
        stem = name.rpartition("/")[2].rpartition(".")[0] or name
        near = found or [known for known in files if f"/{stem}（" in known] or list(files)
        known = "、".join(near[:6]) or "（还没有收表）"
        return None, [problem("decide-file-unknown", Place(), name=file, known=known)]
    one = Decision(verdict, found[0], files[found[0]], sheet)
    return _add(opened, one, by), []


def judge_item(
    opened: OpenRound,
    verdict: Verdict,
    school: str,
    rubric: str,
    item: str,
    by: By,
    *,
    value: str = "",
    occasion: str = "",
    inspector: str = "",
) -> Made:
    """Corrects an item of a school's records, or excuses it.

    ``item`` is the code in column A of the workbook (``C5``, ``C5.part``), or ``C5.fault`` and
    ``C5.remark`` for the texts. Codes: those of ``find_target``, decide-item-unknown,
    decide-value, decide-nothing.
    """
    target, problems = find_target(opened.roster, opened.rubrics, school, rubric)
    if target is None:
        return None, problems
    held = opened.rubrics[target.rubric]
    owner = next((id for id in _longest(items(held)) if f"{item}.".startswith(f"{id}.")), "")
    slot = item[len(owner) + 1 :] if owner else ""
    made = Decision(
        verdict,
        school=target.school.id,
        rubric=target.rubric,
        occasion=occasion,
        inspector=inspector,
        owner=owner,
        slot=slot,
        value=value.strip(),
        why=by.why,
    )
    wrong = _wrong_item(opened, made, item)
    if wrong:
        return None, [wrong]
    visits = collected(opened).visits
    applied = apply_decisions(opened, visits, (), [replace(made, number=1)])
    if not applied.used:
        said = {"school": target.school.name, "rubric": held.title, "verdict": verdict.word}
        return None, [problem("decide-nothing", Place(), **said)]
    changed = [(visits[place], after) for place, after in sorted(applied.changed.items())]
    changes = tuple(_change(opened, made, before, after) for before, after in changed)
    return replace(
        _add(opened, made, by), changes=changes, notes=tuple(notes(opened, made, changed))
    ), []


def _change(opened: OpenRound, made: Decision, before: Record, after: Record) -> str:
    """What an entry was and what it is now: ``王辛 第1次 A4：22 次 → 24 次``."""
    item = find_item(opened, made.rubric, made.owner)
    slot = item_slots(item).get(made.slot) if item else None

    def said(record: Record) -> str:
        seen = record.observation(made.owner)
        if seen is None:
            return State.UNCHECKED.value
        if made.verdict is Verdict.EXCUSE:
            return seen.state.value
        if made.slot in NOTES:
            return str(getattr(seen, made.slot)) or "没有填"
        if slot is not None and made.slot in seen.values:
            return value_text(slot, seen.values[made.slot])
        return seen.state.value

    person = opened.roster.inspectors.get(before.key.inspector)
    whose = person.name if person else before.key.inspector
    what = f"{made.owner}.{made.slot}" if made.slot else made.owner
    return f"{whose} {before.key.occasion} {what}：{said(before)} → {said(after)}"


def revoke(opened: OpenRound, number: int, by: By) -> Made:
    """Takes a decision back; it stays visible. Code: decide-number."""
    with ledger_of(opened) as ledger:
        made = all_decisions(ledger)
    if number not in {one.number for one in in_force(made)}:
        return None, [problem("decide-number", Place(), number=number)]
    return _add(opened, Decision(Verdict.REVOKE, revokes=number), by), []


def _wrong_item(opened: OpenRound, made: Decision, typed: str) -> Problem | None:
    held = opened.rubrics[made.rubric]
    item = find_item(opened, made.rubric, made.owner)
    if made.verdict is Verdict.EXCUSE:
        if not isinstance(item, Indicator) or made.slot:
            known = "、".join(one.id for one in held.indicators)
            return problem(
                "decide-item-unknown", Place(), rubric=held.title, item=typed, known=known
            )
        return None
    slots = item_slots(item) if item else {}
    if item is None or made.slot not in (*slots, *NOTES):
        own = [f"{made.owner}.{key}" if key else made.owner for key in (*slots, *NOTES)]
        told = "、".join(own if item else items(held))
        return problem("decide-item-unknown", Place(), rubric=held.title, item=typed, known=told)
    if made.slot in slots and understand(slots[made.slot], made.value)[0] is None:
        said = {"value": made.value, "item": typed, "expected": expected(slots[made.slot])}
        return problem("decide-value", Place(), **said)
    return None


def _add(opened: OpenRound, made: Decision, by: By) -> Decision:
    with ledger_of(opened) as ledger:
        (number,) = decide(ledger, [made], by)
    return replace(made, number=number, who=by.who, why=by.why)


def _longest(ids: tuple[str, ...]) -> list[str]:
    return sorted(ids, key=len, reverse=True)
