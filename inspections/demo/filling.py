"""Fills a visit sheet of the invented county as its inspector would have done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from inspections.demo.answers import Answers, answers
from inspections.demo.county import county
from inspections.demo.facts import fault_text
from inspections.demo.judging import as_judged, lenience
from inspections.records.at_once import PUT_RIGHT
from inspections.round.school import School
from inspections.workbook.form.contents import RowEntry, Typed
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import address, red_line_slots, slots
from rubrics.rules import PeriodLength, joined
from rubrics.values.conditions import holds

MORNING: Final = time(8, 30)
"""When inspectors set out for the first school of a day."""

AFTERNOON: Final = time(13, 30)


@dataclass(slots=True)
class Filled:
    """One filled sheet: what is typed into the head by label, and into rows by address.

    ``sections``: what stands in 其余全部符合, by dimension. Mutable, since the usual mistakes are
    made in it afterwards.
    """

    head: dict[str, Typed] = field(default_factory=dict)
    rows: dict[str, RowEntry] = field(default_factory=dict)
    sections: dict[str, Typed] = field(default_factory=dict)

    def enter(self, row: str, **changes: Any) -> None:
        """Types into one row, leaving what else stands there."""
        self.rows[row] = replace(self.rows.get(row, RowEntry()), **changes)


def fill(
    rubric: Rubric,
    school: School,
    inspector: str,
    companions: str,
    day: date,
    elapsed: Mapping[PeriodLength, int],
    begins: time = MORNING,
) -> Filled:
    """Returns what ``inspector`` types at ``school`` under ``rubric``.

    Two inspectors of one visit see the same facts; what they judge, each judges alone. ``begins``:
    the earliest that they may arrive.
    """
    sample, same = county(), _asked_alike(rubric)
    quality, lenient = _quality(school, same), lenience(inspector)
    arrived = datetime.combine(day, begins) + timedelta(
        minutes=sample.chance(school.id, same, "arrival").randrange(0, 40, 5)
    )
    stay = max(rubric.visit.min_minutes, 60) + 45
    filled = Filled(
        {
            "填表督学": inspector,
            "同行督学": companions,
            "检查日期": day,
            "到校时间": arrived.time(),
            "离校时间": (arrived + timedelta(minutes=stay)).time(),
            "陪同人员及职务": "校（园）长、分管负责人",
        }
    )
    for indicator in rubric.indicators:
        if not holds(indicator.when, school.traits):
            continue
        chance = sample.chance(school.id, same, indicator.id)
        eyes = sample.chance(school.id, same, indicator.id, inspector)
        rule, points, traits = indicator.rule_on(day), indicator.points, school.traits
        there = answers(rule, points, traits, elapsed, quality, chance)
        found = as_judged(rule, points, traits, there, lenient, eyes)
        for slot in slots(indicator, school.traits):
            if slot.entry == "flag":
                found[slot.key] = "是" if chance.random() < (1 - quality) / 40 else "否"
        _enter(filled, indicator.id, found)
        demerits, seen = rubric.scale == "demerits", sample.settings["seen"].get(rubric.id, {})
        fact = fault_text(indicator, found, school.traits, elapsed, demerits, seen)
        own = own_row(indicator, school)
        if fact:
            filled.enter(own, fault=fact, at_once=_at_once(indicator, school, rubric))
        # The sheets of a vote or a survey are its evidence, whatever they come to.
        counted = rule.kind in ("votes", "survey", "composite")
        if fact or (counted and indicator.evidence != "none") or indicator.evidence == "required":
            if same != rubric.id:
                # What is seen is the same, but photographed on another day.
                chance = sample.chance(school.id, rubric.id, indicator.id, "proof")
            filled.enter(own, evidence=_proof(indicator, chance.randrange(1000, 9999)))
    for line in rubric.red_lines:
        _enter(filled, line.id or "", {slot.key: "否" for slot in red_line_slots(line)})
    for extra in rubric.extras:
        chance = sample.chance(school.id, rubric.id, extra.id)
        found = answers(extra.rule, extra.rule.most, school.traits, elapsed, quality, chance)
        _enter(filled, extra.id, found)
        if found:
            filled.enter(extra.id, evidence=f"{extra.title}证明材料.pdf")
    return filled


def own_row(indicator: Indicator, school: School) -> str:
    """Returns the address of the row that holds an indicator's state, fault and evidence."""
    asked = slots(indicator, school.traits)
    return address(indicator.id, asked[0]) if len(asked) == 1 else indicator.id


def _proof(indicator: Indicator, number: int) -> str:
    """What was seen is photographed; what was read or heard is on paper, which has no file."""
    if indicator.method[0] == "现场查看":
        return f"IMG_{number}.jpg"
    return f"{indicator.method[0]}记录第{number}号"


def _at_once(indicator: Indicator, school: School, rubric: Rubric) -> str:
    """What was done on the spot: some of what is to be put right at once is put right before the
    inspectors leave; where there is food, some of it is sealed or sampled.
    """
    chance = county().chance(school.id, _asked_alike(rubric), indicator.id, "at once")
    if indicator.rectify is None or indicator.rectify.days or chance.random() > 0.4:
        return ""
    if "现场查看" not in indicator.method:
        return ""
    acts: list[str] | None = county().settings["at_once"].get(rubric.id)
    if acts is None and indicator.red_lines:
        return ""  # Food can be sealed; of what has been done to somebody nothing is put right.
    return chance.choice(acts or [PUT_RIGHT])


def _asked_alike(rubric: Rubric) -> str:
    """The rubric that asks the same, so that the same is found under both; mostly itself."""
    alike: dict[str, str] = county().settings.get("alike", {})
    return alike.get(rubric.id, rubric.id)


def _quality(school: School, rubric: str) -> float:
    """How good a school is, 0 to 1: mostly good, one in six weak, a little different by rubric."""
    general = county().lasting(school.id, "quality")
    base = general.uniform(0.5, 0.66) if general.random() < 1 / 6 else general.uniform(0.76, 0.96)
    shift = county().chance(school.id, rubric, "quality").uniform(-0.06, 0.02)
    return base + shift


def _enter(filled: Filled, owner: str, found: Answers) -> None:
    for key, typed in found.items():
        filled.enter(joined(owner, key), value=typed)
