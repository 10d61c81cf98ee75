"""A rubric written as YAML loads as the same rubric, and is pleasant to read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given

from rubrics.files.loading import load_rubric, loads_rubric
from rubrics.files.shipped import shipped
from rubrics.files.writing import dump_yaml
from rubrics.language.digest import digest
from rubrics.language.rubric import Rubric
from tests.rubrics.strategies import rubrics
from tests.scoring import small


@given(rubrics())
def test_what_is_written_is_read_back(rubric: Rubric) -> None:
    text = dump_yaml(rubric)
    again, problems = loads_rubric(text)
    assert again == rubric, problems
    assert digest(again) == digest(rubric)
    assert dump_yaml(again) == text


@pytest.mark.parametrize("path", shipped().values(), ids=shipped())
def test_shipped_rubrics_are_written_as_they_are(path: Path) -> None:
    rubric, _ = load_rubric(path)
    assert rubric is not None
    text = dump_yaml(rubric, schema="rubric.schema.json")
    assert loads_rubric(text) == (rubric, [])
    assert text.startswith("# yaml-language-server: $schema=rubric.schema.json\n")


@given(rubrics(most_indicators=2))
def test_any_yaml_reader_sees_the_same_text(rubric: Rubric) -> None:
    """Text that looks like a number, a date or a yes stays text under YAML 1.1 as well."""
    data = yaml.safe_load(dump_yaml(rubric))
    assert data["title"] == rubric.title
    assert data["version"] == rubric.version
    titles = [item["title"] for part in data["dimensions"] for item in part["indicators"]]
    assert titles == [item.title for item in rubric.indicators]


SAMPLE = """\
id: sample
version: '1'
title: 样例
points: 9

dimensions:

  - id: A
    title: 甲
    points: 9
    indicators:

      - id: A1
        title: 作业时长
        points: 5
        rule:
          kind: bands
          label: 平均时长
          bands:
            - {range: ≤60, points: 5}
            - {range: '(60, 70]', points: 2.5}
            - {range: '>70', points: 0}
          unit: 分钟
        basis: [法1 第4条]
        method: [问卷, 查阅档案]
        when: {学段: [小学, 九年一贯制], 有食堂: 是}
        key: true
        note: |-
          第一行
          第二行

      - id: A2
        title: 问卷
        points: 4
        rule: {kind: survey, full: 90%, min_rate: 2/3}
        basis: [法1]
        method: [问卷]

grades:
  - {grade: 合格, range: ≥6}
  - {grade: 不合格, range: <6}

documents:
  法1: {title: 文件}
"""


def test_the_layout() -> None:
    rubric, problems = loads_rubric(SAMPLE)
    assert problems == []
    assert rubric is not None
    assert dump_yaml(rubric) == SAMPLE


def test_a_rubric_that_names_no_document_says_so() -> None:
    made = small.rubric(small.item("A1", 5, basis=[]), documents={})
    assert yaml.safe_load(dump_yaml(made))["documents"] == {}
