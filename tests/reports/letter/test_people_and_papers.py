"""Who led the inspection, whom a school may ask, and the documents behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from inspections.ledger.letters import FINAL, FIRST
from inspections.records.record import Observation
from inspections.round.contact import Contact
from inspections.round.roster import read_inspectors
from inspections.round.school import Roster
from reports.letter.content import letter_blocks, texts
from reports.letter.subject import Letter
from tests.inspections.test_roster import codes, saved
from tests.reports.letter.inspected import INSPECTORS, ROUND, letter, rubric, with_faults

CONTACT = Contact(person="督导室", phone="0000-1234567")


def printed(made: Letter) -> list[str]:
    return [text for block in letter_blocks(made) for text in texts(block)]


def one(made: Letter, word: str) -> str:
    (found,) = (text for text in printed(made) if word in text)
    return found


def led_by(code: str) -> Letter:
    made = letter(rubric("canteen"))
    people = {it.id: replace(it, leads=it.id == code) for it in INSPECTORS}
    return replace(made, roster=Roster(made.roster.schools, people))


def test_who_leads_stands_in_front() -> None:
    assert "检查组（一组）孙二平（组长）、钱一鸣共2名" in one(led_by("D02"), "检查组（一组）")


def test_nobody_is_called_the_leader_where_the_roster_does_not_say() -> None:
    assert not any("组长" in text for text in printed(led_by("")))


def test_the_roster_says_who_leads(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        ["督学代码", "姓名", "检查组", "组长", "离任"],
        ["D01", "钱", "一组", "是", "是"],
        ["D02", "孙", "一组", "√", ""],
        ["D03", "李", "一组", "", ""],
        ["D04", "周", "二组", "是", ""],
        ["D05", "吴", "二组", "是", ""],
        ["D06", "郑", "三组", "也许", ""],
    ]
    people, problems = read_inspectors(saved(tmp_path / "督学.xlsx", rows))
    assert [it.id for it in people if it.leads] == ["D01", "D02", "D04", "D05"]
    assert codes(problems) == [("roster-trait-value", "D7"), ("roster-leaders", "D6")]
    assert people[2].facts() == ["D03", "李", "", "一组"]  # as rounds without the column have it
    assert people[0].facts() != people[1].facts()


@pytest.mark.parametrize("stage", [FIRST, FINAL])
def test_whom_to_ask_is_printed_as_it_is_set(stage: str) -> None:
    of, settings = rubric("canteen"), ROUND.model_copy(update={"contact": CONTACT})
    made = letter(of, with_faults(of, 2), settings=settings)
    made = replace(made, stage=stage)
    assert one(made, "电话") == "联系人：督导室，电话：0000-1234567。"
    assert not any("联系人" in text for text in printed(letter(of, with_faults(of, 2))))


def test_the_documents_behind_the_inspection_are_listed() -> None:
    of = rubric("canteen")
    made = letter(of, with_faults(of, 2))
    cited = {it.code for fault in made.faults for it in fault.basis}
    listed = one(made, "检查依据的其他文件")
    for code, document in of.documents.items():
        assert (document.title in listed) <= (code not in cited), code
    assert listed.count("《") >= 3
    # Without faults there are no short names: all of them stand in one list.
    whole = one(letter(of), "检查依据的文件")
    assert all(of.documents[code].title in whole for code in cited)


def test_a_number_that_nobody_has_read_is_not_printed() -> None:
    of = rubric("canteen")
    code = next(name for name, it in of.documents.items() if it.number and "GB" not in it.title)
    for verified in (False, True):
        document = of.documents[code].model_copy(update={"verified": verified})
        now = of.model_copy(update={"documents": {**of.documents, code: document}})
        made = letter(now)
        assert (f"（{document.number}）" in one(made, "检查依据的文件")) is verified


def test_a_school_names_who_is_responsible_and_looks_for_the_same_elsewhere() -> None:
    of = rubric("canteen")
    text = "".join(printed(letter(of, with_faults(of, 2))))
    assert "明确责任领导和责任人；举一反三，自查同类问题。" in text
    assert "逐项写明责任领导、责任人、整改措施、完成日期和佐证材料" in text


def asked(*returned: int) -> str:
    """How the letter puts it that so many came back, as each inspector entered it."""
    of = rubric("shuangjian")
    made = letter(of)
    visits = list(made.score.visits)
    changed = [
        replace(visit, observations=tuple(_with(it, count) for it in visit.observations))
        for visit, count in zip(visits, returned, strict=True)
    ]
    return one(replace(made, score=replace(made.score, visits=tuple(changed))), "的方式进行检查")


def _with(seen: Observation, count: int) -> Observation:
    keys = [key for key in seen.values if key.split(".")[-1] == "returned"]
    return replace(seen, values={**seen.values, **dict.fromkeys(keys, Decimal(count))})


def test_questionnaires_are_counted_where_the_inspectors_agree() -> None:
    found = re.search("，收回有效问卷(\\d+)份。", asked(120, 120))
    assert found is not None
    assert int(found[1]) % 120 == 0
    assert "收回" not in asked(120, 119)
    assert "收回" not in one(letter(rubric("party")), "的方式进行检查")
