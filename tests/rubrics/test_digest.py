"""The digest follows the content, not the way it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rubrics.files.loading import load_rubric, loads_rubric
from rubrics.files.shipped import shipped
from rubrics.language.digest import digest
from rubrics.language.rubric import Rubric

PLAIN = """
id: sample
version: "1"
title: 样例
points: 4
documents: {法1: {title: 文件}, 法2: {title: 文件二}}
grades: [{grade: 合格, range: ≥2.4}, {grade: 不合格, range: <2.4}]
dimensions:
  - id: A
    title: 甲
    points: 4
    indicators:
      - {id: A1, title: 子, points: 2, rule: {kind: linear, label: 学时, full: 32, unit: 学时},
         basis: [法1], method: [问卷]}
      - {id: A2, title: 丑, points: 2, rule: {kind: all_or_none}, basis: [法1], method: [问卷]}
"""


def made(text: str) -> Rubric:
    rubric, problems = loads_rubric(text)
    assert problems == []
    assert rubric is not None
    return rubric


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version: "1"\ntitle: 样例\n', 'title: "样例"\nversion: 1 # 版本\n'),
        ("points: 4\ndocuments", "points: 4.00\ndocuments"),
        ("range: ≥2.4}", 'range: "[2.40, ∞)"}'),
        ("full: 32,", "full: 32.0, zero: 0,"),
        (
            "{法1: {title: 文件}, 法2: {title: 文件二}}",
            "{法2: {title: 文件二}, 法1: {title: 文件}}",
        ),
        ("title: 丑,", "excusable: false, title: 丑, when: null,"),
    ],
)
def test_the_way_of_writing_makes_no_difference(old: str, new: str) -> None:
    assert PLAIN.count(old) == 1
    assert digest(made(PLAIN.replace(old, new))) == digest(made(PLAIN))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("full: 32", "full: 40"),
        ("title: 丑", "title: 寅"),
        ("range: ≥2.4}", "range: ≥2.5}"),
        ('version: "1"', 'version: "2"'),
        ("unit: 学时}", "unit: 学时}, excusable: true"),
    ],
)
def test_every_change_of_content_shows(old: str, new: str) -> None:
    text = (
        PLAIN.replace(old, new).replace("<2.4", "<2.5") if "2.5" in new else PLAIN.replace(old, new)
    )
    assert digest(made(text)) != digest(made(PLAIN))


def test_the_order_of_indicators_counts() -> None:
    rubric = made(PLAIN)
    dimension = rubric.dimensions[0]
    turned = dimension.model_copy(update={"indicators": dimension.indicators[::-1]})
    assert digest(rubric.model_copy(update={"dimensions": (turned,)})) != digest(rubric)


def test_a_digest_does_not_depend_on_the_process() -> None:
    rubric, _ = load_rubric(shipped()["party"])
    assert rubric is not None
    again = Rubric.model_validate(rubric.model_dump())
    assert digest(again) == digest(rubric)
    assert digest(rubric.model_copy(update={"points": Decimal("100.0")})) == digest(rubric)
