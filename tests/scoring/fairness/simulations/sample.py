"""Whether the report finds the sample county's lenient inspector by luck: other draws, other noise.

``python -m tests.scoring.fairness.simulations.sample [SEEDS] [nobody]`` makes the sample county so
many times (20), each with a draw and entries of its own, without slips and without files, and
tells who is named. ``nobody``: with no lenient inspector, so that whoever is named is named
falsely.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import process_time

from inspections.demo.county import county
from inspections.demo.facts import value_of
from inspections.demo.filling import Filled
from inspections.demo.making import Due, due_sheets, filled_by, start_sample
from inspections.planning.inputs import of_round
from inspections.planning.planned import plan_from
from inspections.records.record import Observation, Record, RecordKey, State
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from rubrics.language.slots import address, extra_slots, red_line_slots, slots
from rubrics.rules import Slot
from rubrics.values.conditions import holds
from scoring.fairness.measuring import Measured, measured


def records(opened: OpenRound) -> Iterator[Record]:
    """What all inspectors of the plan enter, read without slips."""
    elapsed = elapsed_periods(opened.round)
    for due in due_sheets(opened):
        yield record(opened, due, filled_by(opened, due, elapsed))


def record(opened: OpenRound, due: Due, filled: Filled) -> Record:
    """A sheet as it was meant."""
    rubric = opened.rubrics[due.assignment.rubric]
    school = opened.roster.schools[due.assignment.school]
    seen = [
        _observation(item.id, slots(item, school.traits), filled)
        if holds(item.when, school.traits)
        else Observation(item.id, State.INAPPLICABLE)
        for item in rubric.indicators
    ]
    seen += [_observation(line.id or "", red_line_slots(line), filled) for line in rubric.red_lines]
    seen += [_observation(extra.id, extra_slots(extra), filled) for extra in rubric.extras]
    key = RecordKey(school.id, rubric.id, due.assignment.occasion, due.inspector.id)
    times = (filled.head["到校时间"], filled.head["离校时间"])
    arrived, left = (datetime.combine(due.day, at) for at in times)
    name = f"{due.assignment.team}/{due.inspector.name}/{school.name}_{rubric.id}.xlsx"
    who = (due.inspector.id,)
    return Record(
        key, rubric.version, due.day, who, seen, arrived, left, file=name, sheet=school.name
    )


def _observation(owner: str, own: list[Slot] | tuple[Slot, ...], filled: Filled) -> Observation:
    typed = {slot.key: filled.rows.get(address(owner, slot)) for slot in own}
    there = {key: entry.value for key, entry in typed.items() if entry}
    values = {key: value_of(value) for key, value in there.items() if value is not None}
    texts = [entry.fault for entry in typed.values() if entry and entry.fault]
    if owner in filled.rows and filled.rows[owner].fault:
        texts.append(filled.rows[owner].fault)
    return Observation(owner, State.CHECKED, values, "；".join(dict.fromkeys(texts)))


def drawn(opened: OpenRound, seed: str) -> OpenRound:
    """The round with the plan and the teams of another seed."""
    made, problems = plan_from(of_round(opened), seed)
    assert made is not None, problems
    return replace(opened, roster=replace(opened.roster, drawn=made.teams), plan=made.plan)


def analysed(opened: OpenRound) -> Measured:
    return measured(opened.round, opened.rubrics, opened.roster, records(opened))


def main(seeds: int, nobody: bool) -> None:
    settings = county().settings
    known = {one.name: one.id for one in county().inspectors}
    lenient = set() if nobody else {known[name] for name in settings["lenient"]}
    if nobody:
        settings["lenient"] = {}
    first = settings["seed"]
    found, wrong, told, islands = 0, Counter[str](), Counter[str](), Counter[int]()
    with tempfile.TemporaryDirectory() as folder:
        opened, problems = start_sample(Path(folder) / "round", county())
        assert opened is not None, problems
        for seed in range(seeds):
            begun = process_time()
            settings["seed"] = f"{first}{seed or ''}"
            made = analysed(drawn(opened, f"种子{seed}"))
            named = {
                (name, it.inspector): it
                for name, one in made.rubrics.items()
                for it in one.severity.inspectors
                if it.named
            }
            who = {code for _, code in named}
            found += bool(lenient) and who >= lenient
            wrong.update(who - lenient)
            islands.update(len(one.severity.islands) for one in made.rubrics.values())
            other = [f"{it.kind}{'、'.join(it.inspectors)}" for it in made.patterns.told]
            for name, one in made.rubrics.items():
                other += [f"{name} 总分 {it.apart:.2f}" for it in one.severity.unusual]
                odd = [it.indicator.id for it in one.agreement.indicators if it.named]
                other += [f"{name}.{item} 写法" for item in odd]
            told.update(text.split()[0] for text in other)
            size = {
                name: it.severity
                for name, one in made.rubrics.items()
                for it in one.severity.inspectors
                if it.inspector in lenient
            }
            shown = " ".join(f"{name} {points:+.2f}" for name, points in size.items())
            print(
                f"{seed:3} 点名 {sorted(named)}  偏松者 {shown}  其他 {other}  "
                f"{process_time() - begun:.1f} s",
                flush=True,
            )
    print(f"{seeds} 个县：找到偏松的 {found}，错点名 {dict(wrong)}，片数 {dict(islands)}")
    print(f"其他提示 {dict(told)}")


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:] if text.isdecimal()]
    main(numbers[0] if numbers else 20, "nobody" in sys.argv)
