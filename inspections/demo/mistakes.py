"""What goes wrong in real rounds: slips of the pen in a sheet, made on purpose."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from inspections.demo.filling import Filled, own_row
from inspections.records.record import State
from inspections.round.school import School
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import address, slots
from rubrics.rules import Slot
from rubrics.values.conditions import holds

Mistake = Callable[[Filled, Rubric, School, random.Random], None]


def times_swapped(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """Arrival and departure in each other's place."""
    head = filled.head
    head["到校时间"], head["离校时间"] = head["离校时间"], head["到校时间"]


def visit_cut_short(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """Twenty-five minutes on site."""
    arrived = filled.head["到校时间"]
    assert isinstance(arrived, time)
    left = datetime.combine(date(2000, 1, 1), arrived) + timedelta(minutes=25)
    filled.head["离校时间"] = left.time()


def came_alone(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """Only one inspector named."""
    filled.head["同行督学"] = ""


def wrong_year(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """Last year's date."""
    day = filled.head["检查日期"]
    assert isinstance(day, date)
    filled.head["检查日期"] = day.replace(year=day.year - 1)


def misspelt_colleague(
    filled: Filled, rubric: Rubric, school: School, chance: random.Random
) -> None:
    """A companion whom the roster does not know."""
    filled.head["同行督学"] = f"{filled.head['同行督学']}某"


def no_evidence(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """A deduction without a photograph."""
    faulty = [key for key, row in filled.rows.items() if row.fault]
    if faulty:
        filled.enter(chance.choice(faulty), evidence="")


def no_fact(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """A deduction without a word of what was found."""
    faulty = [key for key, row in filled.rows.items() if row.fault]
    if faulty:
        filled.enter(chance.choice(faulty), fault="")


def full_width(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """Numbers typed with a Chinese input method."""
    for row, value in _numbers(filled):
        wide = "".join(chr(ord(mark) + 0xFEE0) for mark in str(value))
        filled.enter(row, value=wide)


def none_in_words(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """“无” where a number of faults belongs."""
    for row, _, slot in _asked(rubric, school):
        if slot.zero_if_blank and row in filled.rows and filled.rows[row].value == 0:
            filled.enter(row, value="无")
            return


def with_units(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """The unit typed behind the number."""
    units = {row: slot.unit for row, _, slot in _asked(rubric, school)}
    for row, value in _numbers(filled):
        filled.enter(row, value=f"{value}{units.get(row, '')}")


def roughly(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """“约 …” where a number belongs."""
    row, value = chance.choice([*_numbers(filled)])
    filled.enter(row, value=f"大约{value}左右")


def half_done(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """One entry of several left blank."""
    rows = [
        row
        for row, _, slot in _asked(rubric, school)
        if slot.entry == "yes_no" and slot.key and row in filled.rows
    ]
    if rows:
        filled.enter(chance.choice(rows), value=None)


def not_looked_at(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """An indicator that was not checked, and says so."""
    owner = chance.choice([indicator for _, indicator, _ in _asked(rubric, school)])
    for row, indicator, _ in _asked(rubric, school):
        if indicator is owner:
            filled.enter(row, value=None)
    filled.enter(own_row(owner, school), state=State.UNCHECKED.value, fault="", evidence="")


def more_than_all(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """More in order than there is."""
    for row, _, slot in _asked(rubric, school):
        due = filled.rows.get(f"{row.removesuffix('have')}due")
        if slot.key.split(".")[-1] == "have" and due and isinstance(due.value, int):
            filled.enter(row, value=due.value + 3)
            return


def excused_silently(filled: Filled, rubric: Rubric, school: School, chance: random.Random) -> None:
    """Excused by hand, without a reason."""
    excusable = [indicator for _, indicator, _ in _asked(rubric, school) if indicator.excusable]
    if not excusable:
        return
    owner = chance.choice(excusable)
    for row, indicator, _ in _asked(rubric, school):
        if indicator is owner:
            filled.enter(row, value=None)
    filled.enter(
        own_row(owner, school), state=State.EXCUSED.value, fault="", evidence="", remark=""
    )


def red_lines_skipped(
    filled: Filled, rubric: Rubric, school: School, chance: random.Random
) -> None:
    """The red lines at the end of the sheet left unanswered."""
    for line in rubric.red_lines:
        for row, entry in filled.rows.items():
            if row.partition(".")[0] == line.id:
                filled.rows[row] = replace(entry, value=None)


def section_skipped(filled: Filled, rubric: Rubric, school: School) -> None:
    """The last section left blank, and nothing said about it."""
    section = {indicator.id for indicator in rubric.dimensions[-1].indicators}
    for row in [row for row in filled.rows if row.partition(".")[0] in section]:
        del filled.rows[row]


SLIPS: tuple[Mistake, ...] = (
    full_width,
    with_units,
    none_in_words,
    no_evidence,
    no_fact,
    times_swapped,
    half_done,
    roughly,
    visit_cut_short,
    came_alone,
    red_lines_skipped,
    not_looked_at,
    more_than_all,
    wrong_year,
    misspelt_colleague,
    excused_silently,
)
"""The slips that the sample county has, each in one or two sheets."""


def _asked(rubric: Rubric, school: School) -> Iterator[tuple[str, Indicator, Slot]]:
    for indicator in rubric.indicators:
        if holds(indicator.when, school.traits):
            for slot in slots(indicator, school.traits):
                yield address(indicator.id, slot), indicator, slot


def _numbers(filled: Filled) -> Iterator[tuple[str, int]]:
    """Whole numbers above 0 that were typed, three at the most."""
    found = 0
    for row, entry in list(filled.rows.items()):
        if isinstance(entry.value, int) and entry.value > 0 and found < 3:
            found += 1
            yield row, entry.value
