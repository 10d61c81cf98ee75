"""A mistyped name is told once, at its line, with the names that there are: of every key.

The walk goes over all models of the language: a new key that holds text has to say here whether it
refers to a name that stands elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from rubrics.files.loading import advised, loads_rubric
from rubrics.files.refusals import by_key, refusals
from rubrics.files.yaml_text import parse_yaml
from rubrics.language.method import METHODS
from rubrics.language.places import Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from rubrics.values.conditions import Condition
from rubrics.values.traits import known_traits
from tests.rubrics.one_rule import plain

WRONG = "错字"
POINTS = {"kind": "points"}
COUNT = {"kind": "deduct", "faults": [{"id": "迟到", "label": "迟到", "each": 1, "unit": "次"}]}
VOTES = {"kind": "votes", "options": {"好": 1, "差": 0}}
SURVEY = {"kind": "survey", "full": "90%", "options": ["满意", "不满意"]}
GRADES = [{"grade": "合格", "range": "≥6"}, {"grade": "不合格", "range": "<6"}]
TRAITS = tuple(known_traits())
Case = tuple[dict[str, Any], tuple[str, ...]]
"""A rubric in which one name is mistyped, and what may stand in its place."""


def of(rule: dict[str, Any] = POINTS, *, indicator: dict[str, Any] | None = None,
       dimension: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:  # fmt: skip
    made = plain(rule, **{"grades": GRADES, **more})
    made["dimensions"][0] |= dimension or {}
    made["dimensions"][0]["indicators"][0] |= indicator or {}
    return made


def bonus(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    items = [
        {"id": f"J{n}", "title": "加分", "rule": {"kind": "bonus", "each": 1, "limit": 1} | rule}
        | more
        for n, rule in enumerate(rules)
    ]
    return {"cap": 10, "items": items}


def red(consequence: dict[str, Any] | None = None, **more: Any) -> list[dict[str, Any]]:
    triggers = [{"flag": "查实", "label": "是否查实"}]
    made = {"title": "红线", "triggers": triggers, "consequence": consequence or {"lower": 1}}
    return [made | {"id": "R1"} | more]


def parts(when: dict[str, Any]) -> dict[str, Any]:
    held = [{"id": "一", "rule": POINTS, "when": when}, {"id": "二", "rule": POINTS}]
    return {"kind": "composite", "combine": "max", "parts": held}


def grouped(*names: str, **groups: int) -> dict[str, Any]:
    base = of()["dimensions"][0]["indicators"][0]
    items = [base | {"id": f"A{n}", "points": 5, "group": name} for n, name in enumerate(names)]
    return {"indicators": items, **({"groups": groups} if groups else {})}


CHOICE = {"type": "choice", "options": ["东片", "西片"]}
BOTH = {"when": {"片区": "东片"}}
UNTIL = {"until": "2024-12-31", "rule": POINTS}
REFERRING: dict[str, list[Case]] = {
    "Indicator.basis": [(of(indicator={"basis": [WRONG]}), ("N",))],
    "Dated.basis": [(of(indicator={"effective": [UNTIL | {"basis": [WRONG]}]}), ("N",))],
    "RedLine.basis": [
        (of(red_lines=red(basis=[WRONG])), ("N",)),
        (of(indicator={"red_lines": red(basis=[WRONG])}), ("N",)),
    ],
    "Extra.basis": [(of(bonus=bonus({}, basis=[WRONG])), ("N",))],
    "Indicator.method": [(of(indicator={"method": [WRONG]}, methods={"听课": {}}),
                          (*METHODS, "听课"))],
    "Indicator.group": [
        (of(dimension=grouped("甲", WRONG, 甲=10)), ("甲",)),
        (of(dimension=grouped("甲", "甲", WRONG), excused="group")
         | {"points": 15, "grades": GRADES}, ("甲",)),
    ],
    "Dimension.groups": [(of(dimension=grouped("甲", "甲", **{WRONG: 10})), ("甲",))],
    "Indicator.when": [
        (of(indicator={"when": {WRONG: "是"}}), TRAITS),
        (of(indicator={"when": {"寄宿": WRONG}}), ("是", "否")),
        (of(indicator={"when": [{"寄宿": "是"}, {"学段": ["小学", WRONG]}]}), ("初中",)),
    ],
    "Rubric.when": [(of(when={WRONG: "是"}), TRAITS)],
    "CompositePart.when": [(of(parts({WRONG: "是"})), TRAITS)],
    "Trait.derived": [(of(traits={"有楼": {"type": "yes_no", "derived": {WRONG: "是"}}},
                          when={"有楼": "是"}), TRAITS)],
    "Trait.words": [(of(traits={"片区": CHOICE | {"words": {WRONG: ["东"]}}}, **BOTH),
                     ("东片", "西片"))],
    "Trigger.part": [
        (of(COUNT, indicator={"key": {"triggers": [{"part": WRONG, "at_least": 2}]}}), ("迟到",)),
        (of(VOTES, indicator={"key": {"triggers": [{"part": WRONG, "share_at_least": "1/3"}]}}),
         ("好", "差")),
    ],
    "Consequence.grade": [(of(red_lines=red({"grade": WRONG})), ("合格", "不合格", "不评定"))],
    "Consequence.ceiling": [
        (of(indicator={"red_lines": red({"ceiling": WRONG})}), ("合格", "不合格")),
    ],
    "KeyLimit.grade": [(of(indicator={"key": True}, key_limits=[{"failed": 1, "grade": WRONG}]),
                        ("合格", "不合格", "不评定"))],
    "KeyLimit.ceiling": [(of(indicator={"key": True}, key_limits=[{"failed": 1, "ceiling": WRONG}]),
                          ("合格", "不合格"))],
    "Repeat.ceiling": [
        (of(COUNT, repeat={"across": "rounds", "ceiling": WRONG}), ("合格", "不合格")),
        (of(COUNT, indicator={"repeat": {"across": "rounds", "ceiling": WRONG}}),
         ("合格", "不合格")),
    ],
    "GradeBand.at_least": [(of(grades=[GRADES[0] | {"at_least": {WRONG: "60%"}}, GRADES[1]]),
                            ("A", "A1"))],
    "GradeBand.tier_failed_at_most": [
        (of(grades=[GRADES[0] | {"tier_failed_at_most": {WRONG: 1}}, GRADES[1]]),
         ("关键", "重点", "一般")),
    ],
    "SelfAssessment.leave_out": [(of(self_assessment={"leave_out": [WRONG]}), ("A1",))],
    "Subject.groups": [(of(subject={"name": "机构", "groups": [WRONG]}), TRAITS)],
    "Bonus.dimension": [(of(bonus=bonus({"dimension": WRONG})), ("A",))],
    "Bonus.family": [(of(bonus=bonus({"family": "奖"}, {"family": "奖"}, {"family": WRONG})),
                      ("奖",))],
    "Survey.satisfied": [(of(SURVEY | {"satisfied": [WRONG]}), ("满意", "不满意"))],
    "Indicator.source": [(of(indicator={"source": f"M[{WRONG}]"}, sources={"S1": "某处"},
                             note="S1"), ("S1",))],
    "Extra.source": [(of(bonus=bonus({}, source=f"M[{WRONG}]"), sources={"S1": "某处"}, note="S1"),
                      ("S1",))],
    "Document.source": [(of(documents={"N": {"title": "文件", "source": f"M[{WRONG}]"}},
                            sources={"S1": "某处"}, note="S1"), ("S1",))],
}  # fmt: skip

# Names that are given here and meant elsewhere, and what people read.
NAMES = {"id", "kind", "grade", "flag", "ungraded", "documents", "traits", "methods", "sources"}
READ = {"title", "label", "unit", "demand", "start", "end", "numerator", "denominator", "quotient",
        "question", "material", "threshold", "refer", "note", "number", "date", "letter_title",
        "version", "asks", "name", "measure", "you", "headings"}  # fmt: skip
OWN = {
    "Grade.levels", "Votes.options", "Survey.options", "Trait.options",
    "Survey.people",  # of whatever a questionnaire asks people who they are
    "Rubric.group", "Rubric.people",
    "Subject.code", "Subject.columns",  # headings of rosters
}  # fmt: skip


def held_models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from held_models(part)


def language(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if model not in seen:
        seen.add(model)
        yield model
        for field in model.model_fields.values():
            for held in held_models(field.annotation):
                yield from language(held, seen)


MODELS = [it for it in language(Rubric, set()) if it is not Condition]


def texts(annotation: Any) -> bool:
    """Whether it holds text that is nothing but text: words of a list of its own are not."""
    if get_origin(annotation) is Literal:
        return False
    return annotation in (str, Condition) or any(texts(part) for part in get_args(annotation))


def choices(annotation: Any) -> set[str]:
    """The words of which one is written, where nothing else may be."""
    if get_origin(annotation) is Literal:
        return {it for it in get_args(annotation) if isinstance(it, str)}
    return {word for part in get_args(annotation) for word in choices(part)} - {""}


def test_every_key_says_whether_it_refers_to_a_name() -> None:
    keys = {
        f"{model.__name__}.{name}"
        for model in MODELS
        for name, field in model.model_fields.items()
        if texts(field.annotation)
    }
    free = {key for key in keys if key.rpartition(".")[2] in NAMES | READ}
    told = keys & REFERRING.keys()
    assert keys - free - told == OWN
    assert REFERRING.keys() - keys == {"GradeBand.tier_failed_at_most"}


def line(item: Problem) -> int:
    found = re.match(r"第 (\d+) 行", item.place.cell)
    return int(found[1]) if found else 0


@pytest.mark.parametrize(
    ("key", "made", "known"),
    [(key, made, known) for key, cases in REFERRING.items() for made, known in cases],
    ids=[f"{key} {n}" for key, cases in REFERRING.items() for n in range(len(cases))],
)
def test_a_mistyped_name_is_told_once_where_it_stands(
    key: str, made: dict[str, Any], known: tuple[str, ...]
) -> None:
    if sum(it["points"] for it in made["dimensions"][0]["indicators"]) == 15:
        made["dimensions"][0]["points"] = 15
    text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
    (typed,) = (n for n, one in enumerate(text.splitlines(), 1) if WRONG in one)
    ours = [it for it in advised(parse_yaml(text))[1] if WRONG in f"{it.message}{it.remedy}"]
    every = [it for it in advised(parse_yaml(text))[1] if it.code != "rubric-unused"]
    (found,) = every if key != "Dimension.groups" else ours
    # A group that is mistyped where it is weighed is told where the others name it.
    assert line(found) == typed or key == "Dimension.groups"
    said = f"{found.message}{found.remedy}"
    assert WRONG in said
    assert [name for name in known if name not in said] == []


def test_groups_that_nothing_is_shared_in_are_told_once_a_dimension() -> None:
    text = yaml.safe_dump(of(dimension=grouped("甲", WRONG)), allow_unicode=True, sort_keys=False)
    (found,) = loads_rubric(text)[1]
    assert found.code == "rubric-unreachable"
    assert found.place.cell.endswith("dimensions.A.indicators.A0.group")
    assert "“甲”“错字”" in found.message


LITERALS = [
    (model, name, words)
    for model in MODELS
    for name, field in model.model_fields.items()
    if name != "kind" and (words := choices(field.annotation))
]


@pytest.mark.parametrize(
    ("model", "name", "words"), LITERALS, ids=[f"{it[0].__name__}.{it[1]}" for it in LITERALS]
)
def test_a_mistyped_word_is_told_once_with_the_words_that_there_are(
    model: type[BaseModel], name: str, words: set[str]
) -> None:
    origin = get_origin(model.model_fields[name].annotation)
    typed: object = {dict: {WRONG: Decimal(1)}, tuple: [WRONG]}.get(origin or str, WRONG)
    with pytest.raises(ValidationError) as raised:
        model.model_validate({name: typed})
    told = refusals(raised.value, model, {name: typed}, Places(), by_key)
    (found,) = (it for it in told if it.place.cell.split(".")[0] == name
                and it.code != "rubric-missing-key")  # fmt: skip
    assert WRONG in found.message
    assert [word for word in words if word not in found.message] == []


SHARED = """
id: e
version: '1'
title: 样例
points: 20
documents: {{N: {{title: 文件}}}}
grades: [{{grade: 全部, range: ≥0}}]
dimensions:
  - id: A
    title: 一级
    points: 20
    indicators:
      - &one
        id: A1
        title: 一项
        points: 10
        basis: [N]
        method: [查阅档案]
        rule: &rule
          kind: {kind}
          label: 读数
          unit: 个
          bands: [{{range: ≥5, points: {points}}}, {{range: <5, points: 0}}]
        effective:
          - {{until: 2024-12-31, basis: [N], rule: *rule}}
      - {{id: A2, title: 二项, points: 10, basis: [N], method: [查阅档案], rule: *rule}}
"""


@pytest.mark.parametrize(
    ("kind", "points", "code", "at"),
    [("band", "10", "rubric-value", 20), ("bands", "9", "rubric-rule-points", 23)],
)
def test_what_is_used_again_is_told_once_with_all_that_use_it(
    kind: str, points: str, code: str, at: int
) -> None:
    (found,) = loads_rubric(SHARED.format(kind=kind, points=points))[1]
    assert (found.code, line(found)) == (code, at)
    place = found.place.cell
    assert place.startswith(f"第 {at} 行 dimensions.A.indicators.A1.rule.")
    assert "dimensions.A.indicators.A1.effective[1].rule" in place
    assert "dimensions.A.indicators.A2.rule 也用它" in place
