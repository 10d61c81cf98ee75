"""The catalogue of messages: a file a subject, each code in one of them."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from rubrics.language.subject import Subject, Words
from rubrics.messages import catalogue
from rubrics.messages.problems import Place, problem, speak_of, spoken, words_kept
from rubrics.messages.terminal import print_table

_SCHOOL = re.compile(r"学校|[你贵我到离]校|(?<=[}0-9每几两])所(?![以谓属在有得见印写])|[各本该]校")


@pytest.fixture
def of_institutions() -> Iterator[Words]:
    words = Words(Subject(name="机构"))
    speak_of(words.said)
    yield words
    speak_of(None)


@pytest.mark.parametrize("code", sorted(catalogue.CATALOGUE))
def test_no_message_speaks_of_schools_where_institutions_are_inspected(code: str) -> None:
    words = Words(Subject(name="机构"))
    for text in catalogue.CATALOGUE[code][1:]:
        assert _SCHOOL.search(words.said(text)) is None


def test_what_people_typed_stays_as_it_is(of_institutions: Words) -> None:
    place = Place("名册.xlsx")
    told = problem("round-value", place, detail="有 2 所学校，“阳光培训学校”写了两次")
    assert told.message == "批次设置有误：有 2 家机构，“阳光培训学校”写了两次"
    late = problem("selfassess-late", place, school="阳光培训学校")
    assert "阳光培训学校" in late.message
    assert "请核对；不是检查以前填的，请向机构问明情况" in late.remedy


def test_a_problem_keeps_the_words_in_which_it_was_found(of_institutions: Words) -> None:
    late = problem("selfassess-late", Place("名册.xlsx"), school="甲")
    with words_kept():
        speak_of(Words().said)
        of_schools = problem("selfassess-late", Place("名册.xlsx"), school="甲")
        assert "请向学校问明情况" in of_schools.remedy
        assert "请向机构问明情况" in late.remedy
    assert "请向学校问明情况" in of_schools.remedy
    assert spoken("学校") == "机构"
    assert of_schools == late
    assert "请向机构问明情况" in pickle.loads(pickle.dumps(of_schools)).remedy


@pytest.mark.parametrize("code", sorted(catalogue.CATALOGUE))
def test_no_sentence_is_ended_twice(code: str) -> None:
    assert not any(text.endswith("。") for text in catalogue.CATALOGUE[code][1:])


def test_a_sentence_that_it_is_told_of_is_not_ended_twice() -> None:
    told = problem("round-value", Place("round.yaml"), detail="有两处。请核对。")
    assert told.message == "批次设置有误：有两处。请核对"


def test_the_roster_of_inspectors_is_no_file_of_another_name() -> None:
    words = Words(people="考核组成员")
    assert words.said("请在督学名册里给督学补代码") == "请在考核组成员的名册里给考核组成员补代码"
    assert words.said("--inspectors 督学名册.xlsx") == "--inspectors 考核组成员名册.xlsx"


def test_whoever_inspects_is_called_as_the_rubric_says() -> None:
    words = Words(people="监管人员")
    assert words.said("填表督学、同行督学") == "填表人、同行监管人员"
    assert words.said("责任督学和《督学条例》，一所学校") == "责任督学和《督学条例》，一所学校"
    twice = Words(Subject(name="民办学校"), people="兼职督学")
    assert twice.said(twice.said("督学查学校")) == "兼职督学查民办学校"


@pytest.mark.parametrize("code", sorted(catalogue.CATALOGUE))
def test_no_message_names_inspectors_otherwise_than_the_rubric(code: str) -> None:
    words = Words(people="监管人员")
    for text in catalogue.CATALOGUE[code][1:]:
        assert "督学" not in words.said(text)


def test_every_code_stands_in_one_file() -> None:
    names = {item.name for item in pkgutil.iter_modules(catalogue.__path__)} - {"message"}
    files = [importlib.import_module(f"{catalogue.__name__}.{name}") for name in sorted(names)]
    counts = Counter(code for file in files for code in file.MESSAGES)
    assert [code for code, count in counts.items() if count > 1] == []
    assert counts.keys() == catalogue.CATALOGUE.keys()


def test_tables_name_what_is_inspected(
    of_institutions: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    print_table(("学校", "学校食堂"), [("阳光培训学校", 1)])
    assert capsys.readouterr().out.splitlines() == ["机构\t学校食堂", "阳光培训学校\t1"]
    assert spoken("先听取学校申辩的") == "先听取机构申辩的"
