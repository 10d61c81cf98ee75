"""What is inspected, in a rubric and in the words of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubrics.files.loading import loads_rubric
from rubrics.files.shipped import shipped
from rubrics.files.yaml_text import read_yaml
from rubrics.language.digest import digest
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import words_of
from rubrics.language.subject import SCHOOLS, Subject, Words

SAMPLE = Path(__file__).with_name("sample.yaml")


def rubric(**more: object) -> Rubric:
    data = read_yaml(SAMPLE).data
    assert isinstance(data, dict)
    return Rubric.model_validate(data | more)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("受查的3所学校中，1所有总分", "受查的3家机构中，1所有总分"),
        ("另有 2 所，平均每所 5 分", "另有 2 家，平均每家 5 分"),
        ("各校要对照意见书", "各机构要对照意见书"),
        ("责令你校限期整改", "责令你单位限期整改"),
        ("没有到校检查，在校 2 小时", "没有现场检查，现场 2 小时"),
        ("到校、离校时间", "到达、离开时间"),
        ("检查校次 4", "检查家次 4"),
        ("涉及\n学校", "涉及\n机构"),
        ("校验码、校对、校园、校外供餐", "校验码、校对、校园、校外供餐"),
        ("“学校食堂”方面：2所学校", "“学校食堂”方面：2家机构"),
        ("《学校食品安全规定》", "《学校食品安全规定》"),
        ("对阳光培训学校予以表彰，其他学校", "对阳光培训学校予以表彰，其他机构"),
    ],
)
def test_own_texts_are_put_in_the_words_of_the_subject(text: str, said: str) -> None:
    words = Words(Subject(name="机构"), frozenset(["阳光培训学校"]))
    assert words.said(text) == said
    assert SCHOOLS.said(text) == text


def test_what_a_rubric_says_stays_as_it_is() -> None:
    made = rubric(title="机构不聘学校教师", subject="机构")
    assert words_of([made]).said("机构不聘学校教师：1所学校") == "机构不聘学校教师：1家机构"
    assert words_of([rubric(title="机构不聘学校教师")]) is SCHOOLS


def test_an_option_that_is_a_word_of_programs_does_not_keep_it_everywhere() -> None:
    kinds = {"类别": {"type": "choice", "options": ["机关", "学校"]}}
    words = words_of([rubric(subject="支部", traits=kinds)])
    assert words.said("学校名册，每行一所学校") == "支部名册，每行一家支部"


def test_a_name_alone_is_a_subject() -> None:
    made = rubric(subject="机构").subject
    assert made == Subject(name="机构")
    assert made.code_headings[0] == "机构代码"
    assert "统一社会信用代码" in made.code_headings
    assert made.name_headings[0] == "机构名称"


def test_headings_that_are_written_stand_first() -> None:
    made = Subject(name="支部", measure="个", code=("组织代码",), title=("支部全称",))
    assert (made.code_headings[0], made.name_headings[0]) == ("组织代码", "支部全称")


@pytest.mark.parametrize("path", shipped().values(), ids=shipped())
def test_schools_are_not_written_and_change_no_digest(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    plain, _ = loads_rubric(text)
    assert plain is not None
    if plain.subject.is_school:
        written, problems = loads_rubric(f"{text}\nsubject: 学校\n")
        assert written is not None, problems
        assert digest(written) == digest(plain)


@pytest.mark.parametrize("wrong", ['""', '{measure: 家, name: ""}', "{nane: 机构}"])
def test_a_subject_without_a_name_is_refused(wrong: str) -> None:
    text = SAMPLE.read_text(encoding="utf-8") + f"\nsubject: {wrong}\n"
    made, problems = loads_rubric(text)
    assert made is None
    assert {item.code for item in problems} <= {"rubric-value", "rubric-unknown-key"}
