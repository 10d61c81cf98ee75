"""Who has scored itself, who has not, and whom to remind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.self_assessment import all_assessments
from inspections.records.self_assessment import SelfAssessment
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from inspections.self_assessment.book import asked_of, form_of
from inspections.workbook.form.naming import file_name
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line

FOLDER: Final = "自评通知"
"""Where the texts lie, in ``reminders/``."""

_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """How a school stands under a rubric. ``held`` is None where nothing has come; ``missing``:
    indicators that are still blank.
    """

    school: str
    rubric: str
    asked: int
    held: SelfAssessment | None
    missing: tuple[str, ...]

    @property
    def total(self) -> Decimal | None:
        """What the school gives itself altogether; None where nothing has come."""
        if self.held is None:
            return None
        return sum((it.points for it in self.held.scores.values() if it.points), Decimal(0))

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        if self.held is None:
            return "未交"
        return f"已交，缺 {len(self.missing)} 项" if self.missing else "已交"


def held_assessments(opened: OpenRound) -> dict[tuple[str, str], SelfAssessment]:
    """Returns what counts by (school, rubric): the latest, of the points that the rubric has now.

    Of a school that is not on the roster, or is not asked any more, there is nothing.
    """
    if not any(rubric.self_assessment for rubric in opened.rubrics.values()):
        return {}
    if not has_ledger(opened):
        return {}
    with ledger_of(opened) as ledger:
        held = all_assessments(ledger)
    forms = {name: form_of(rubric) for name, rubric in opened.rubrics.items()}
    found: dict[tuple[str, str], SelfAssessment] = {}
    for one in held:
        school = opened.roster.schools.get(one.school)
        rubric = opened.rubrics.get(one.rubric)
        if school is None or rubric is None or forms[one.rubric] != one.form:
            continue
        if asked_of(rubric, school):
            found[one.school, one.rubric] = one
    return found


def own_standings(
    opened: OpenRound, held: Mapping[tuple[str, str], SelfAssessment]
) -> list[OwnStanding]:
    """Returns how every school stands that is asked, rubric by rubric in roster order."""
    made = []
    for rubric in opened.rubrics.values():
        for school in opened.roster.schools.values():
            items = asked_of(rubric, school)
            if not items:
                continue
            one = held.get((school.id, rubric.id))
            given = one.scores if one else {}
            missing = tuple(item.id for item in items if item.id not in given)
            made.append(OwnStanding(school.id, rubric.id, len(items), one, missing))
    return made


def reminders(opened: OpenRound, stands: Iterable[OwnStanding]) -> dict[str, str]:
    """Returns file name -> text, one for every school that has something still to hand in."""
    owing: dict[str, list[OwnStanding]] = {}
    for one in stands:
        if one.missing:
            owing.setdefault(one.school, []).append(one)
    made: dict[str, str] = {}
    for code, own in owing.items():
        name = opened.roster.schools[code].name
        file = f"{file_name(name)}.txt"
        if file in made:
            file = f"{file_name(name, code)}.txt"
        lines = _lines(opened, name, own)
        made[file] = "\r\n".join(one_line(outgoing(line)) for line in lines) + "\r\n"
    return made


def _lines(opened: OpenRound, name: str, own: Sequence[OwnStanding]) -> list[str]:
    day = day_text(opened.round.window.since)
    lines = [f"{name}：{opened.round.title}，自评表请在{day}检查开始以前交齐："]
    for number, one in enumerate(own, 1):
        title = opened.rubrics[one.rubric].title
        if one.held is None:
            said = f"还没有交，共 {one.asked} 项"
        else:
            named = "、".join(one.missing[:_NAMED])
            more = "等" if len(one.missing) > _NAMED else ""
            said = f"交来的还缺 {len(one.missing)} 项（{named}{more}），补齐后再交一份"
        lines.append(f"{number}. 《{title}》{said}")
    return [*lines, opened.round.bureau]
