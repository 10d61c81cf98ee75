"""Rubrics written by hand: one message for one slip, at its line, with what to write instead."""

from __future__ import annotations

import pytest

from rubrics.files.loading import checked, loads_rubric
from rubrics.files.slips import slip_in, unbalanced
from rubrics.files.yaml_text import decoded_yaml, parse_yaml

TEXT = """\
id: xiaofu
version: "2026.1"
title: 校服采购管理考核
points: 10
dimensions:
  - id: A
    title: 选用
    points: 10
    indicators:
      - id: A1
        title: 作业时长
        points: 5
        rule:
          kind: bands
          label: 平均时长
          unit: 分钟
          bands:
            - {range: ≤60, points: 5}
            - {range: "(60, 70]", points: 3}
            - {range: ">70", points: 0}
        basis: [校服1]
        method: [查阅档案]
      - id: A2
        title: 公示
        points: 5
        rule: {kind: all_or_none}
        method: [查阅档案]
        key: true
        basis: [校服1]
        rectify: {demand: 请公示。, days: 15}
grades:
  - {grade: 合格, range: ≥6}
  - {grade: 不合格, range: <6}
documents:
  校服1:
    title: 意见
    date: 2015-04-15
"""
BANDED = '            - {range: "(60, 70]", points: 3}'
ABOVE = '            - {range: ">70", points: 0}'
SLIPS = [
    # A tab, wherever it stands in the indentation.
    ("      - id: A2", "\t- id: A2", 23, "空格"),
    ("      - id: A2", "     \t - id: A2", 23, "空格"),
    ("        title: 公示", "\t\ttitle: 公示", 24, "空格"),
    ("        title: 公示", "        \ttitle: 公示", 24, "空格"),
    ("  - id: A\n", "  -\tid: A\n", 6, "空格"),
    # Marks of a Chinese input method.
    ("        title: 公示", "        title：公示", 24, "半角冒号"),
    ("id: xiaofu", "id：xiaofu", 1, "半角冒号"),
    ("grades:\n", "grades：\n", 31, "半角冒号"),
    ("      - id: A2", "      - id：A2", 23, "半角冒号"),
    ("{kind: all_or_none}", "{kind：all_or_none}", 26, "半角冒号"),
    ("{demand: 请公示。, days: 15}", "{demand：请公示。, days: 15}", 30, "半角冒号"),
    ("{demand: 请公示。, days: 15}", "{demand: 请公示。, days：15}", 30, "半角冒号"),
    ("{grade: 合格, range: ≥6}", "{grade: 合格，range: ≥6}", 32, "半角逗号"),
    ("[查阅档案]", "[查阅档案，现场查看]", 22, "半角逗号"),
    ("[查阅档案]", "[查阅档案、现场查看]", 22, "半角逗号"),
    ("[校服1]\n        method", "［校服1］\n        method", 21, "半角"),
    ("{kind: all_or_none}", "｛kind: all_or_none｝", 26, "半角"),
    ('">70"', "“>70”", 20, "半角"),
    ('"(60, 70]"', "“(60, 70]”", 19, "半角"),
    ("title: 选用", 'title: "选用”', 7, "另一半引号"),
    ("points: 10\n", "points: 10 ＃满分\n", 4, "半角"),
    ("      - id: A2", "      － id: A2", 23, "半角"),
    ("      - id: A2", "      — id: A2", 23, "半角"),
    ("points: 5\n        rule: {", "points: 5，\n        rule: {", 25, "删去"),
    # Ranges and values that mean something else in YAML.
    ('"(60, 70]"', "(60, 70]", 19, '"(60, 70]"'),
    ('"(60, 70]"', "（60, 70］", 19, '"(60, 70]"'),
    ('"(60, 70]"', "[60, 70)", 19, '"[60, 70)"'),
    ('"(60, 70]"', "[60, 70]", 19, '"[60, 70]"'),
    ('">70"', ">70", 20, '">70"'),
    (ABOVE, "            - range: >70\n              points: 0", 20, '">70"'),
    (ABOVE, "            - range: >=70\n              points: 0", 20, '">=70"'),
    (BANDED, "            - range: [60, 70)\n              points: 3", 19, '"[60, 70)"'),
    (BANDED, "            - range: [60, 70]\n              points: 3", 19, '"[60, 70]"'),
    ("  - {grade: 合格, range: ≥6}", "  - grade: 合格\n    range: >6", 33, '">6"'),
    ("unit: 分钟", "unit: %", 16, '"%"'),
    ("title: 公示", "title: @公示", 24, '"@公示"'),
    ("title: 公示", "title: `公示`", 24, '"`公示`"'),
    ("title: 公示", "title: *公示", 24, "引号"),
    ("title: 公示", "title: &公示 公示", 24, "引号"),
    ("title: 公示", "title: !公示", 24, "引号"),
    ("title: 公示", "title: #公示", 24, "引号"),
    ("        title: 公示", "        title: 公示: 五天", 24, '"公示: 五天"'),
    # Blanks, quotes and brackets.
    ("      - id: A2", "      -id: A2", 23, "空格"),
    ("        title: 公示", "        title:公示", 24, "空格"),
    ("{kind: all_or_none}", "{kind:all_or_none}", 26, "空格"),
    ("        title: 公示", "\u00a0" * 8 + "title: 公示", 24, "空格键"),
    ("        title: 公示", "\u3000\u3000title: 公示", 24, "空格键"),
    ("        title: 公示", "        title:\u3000公示", 24, "空格"),
    ("grades:", "\ufeffgrades:", 31, "空格键"),
    ("title: 公示", "title: 公\u2028示", 24, "重新输入"),
    ('version: "2026.1"', 'version: "2026.1', 2, "引号"),
    ("title: 公示", "title: '公示's'", 24, "引号"),
    ("[查阅档案]", "[查阅档案", 22, "“]”"),
    ("[查阅档案]", "[查阅档案]]", 22, "删去"),
    ("{kind: all_or_none}", "{kind: all_or_none", 26, "“}”"),
    ("        title: 公示", "          title: 公示", 24, "8 个空格"),
    ("        title: 公示", "       title: 公示", 24, "对齐"),
    ("      - id: A2\n        title", "      A2:\n        title", 23, "“- ”"),
    ("grades:\n", "---\ngrades:\n", 31, "---"),
    ("title: 公示", 'title: "C:\\公示"', 24, "单引号"),
]
WORDS = [
    ("key: true", "key: yes", 28, "key: true"),
    ("key: true", "key: True", 28, "key: true"),
    ("key: true", "key: 是", 28, "key: true"),
    ("key: true", "key: on", 28, "key: true"),
    ("key: true", "key: √", 28, "key: true"),
    ("key: true", "key: no", 28, "不写 key"),
    ("key: true", "key: 否", 28, "不写 key"),
    ("key: true", "key: false", 28, "不写 key"),
    ("key: true", "excusable: 是", 28, "true"),
    ("key: true", "excusable: 否", 28, "false"),
    ("points: 5\n        rule: {", "points: 5分\n        rule: {", 25, "单位"),
    ("days: 15", "days: 15天", 30, "单位"),
    ("method: [查阅档案]\n        key", "method: 查阅档案\n        key", 27, "列表"),
]


def swapped(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


@pytest.mark.parametrize(("old", "new", "line", "write"), SLIPS)
def test_a_slip_is_told_once_at_its_line(old: str, new: str, line: int, write: str) -> None:
    rubric, problems = loads_rubric(swapped(old, new))
    assert rubric is None
    assert [(item.code, item.place.cell) for item in problems] == [("yaml-syntax", f"第 {line} 行")]
    assert write in problems[0].remedy


@pytest.mark.parametrize(("old", "new", "line", "write"), WORDS)
def test_a_value_of_another_kind_is_told_with_what_to_write(
    old: str, new: str, line: int, write: str
) -> None:
    rubric, (only,) = loads_rubric(swapped(old, new))
    assert rubric is None
    assert only.code == "rubric-value"
    assert only.place.cell.startswith(f"第 {line} 行 ")
    assert write in only.message


def test_a_key_by_another_name_is_one_mistake() -> None:
    for name in ("Title", "名称", "titel"):
        _, (only,) = loads_rubric(swapped("        title: 公示", f"        {name}: 公示"))
        assert only.code == "rubric-unknown-key"
        assert only.remedy.startswith("这里可以写：title（还缺）、")


def test_what_yaml_takes_for_something_else_stays_what_was_written() -> None:
    text = swapped("id: A2", "id: 02").replace('"2026.1"', "2026.10")
    text = text.replace("title: 公示", "title: on").replace("15-04-15", "15-4-15")
    rubric, problems = loads_rubric(text)
    assert problems == []
    assert rubric is not None
    second = rubric.indicators[1]
    assert (rubric.version, second.id, second.title) == ("2026.10", "02", "on")
    assert rubric.documents["校服1"].date == "2015-4-15"
    clock = swapped("unit: 分钟", "measure: time").replace("≤60", "≤8:20")
    clock = clock.replace("(60, 70]", "(8:20, 8:30]").replace(">70", ">8:30")
    rubric, problems = loads_rubric(clock)
    assert problems == []
    assert rubric is not None
    assert "8:30" in rubric.indicators[0].rule.describe(rubric.indicators[0].points)


def test_anchors_are_read_and_merging_is_told() -> None:
    twice = swapped("rule: {kind: all_or_none}", "rule: &one {kind: all_or_none}")
    assert loads_rubric(twice)[1] == []
    merged = twice.replace("        key: true", "        <<: *one\n        key: true")
    _, (only,) = loads_rubric(merged)
    assert (only.code, only.place.cell) == ("yaml-syntax", "第 28 行")


def test_a_key_in_quotes_merges_nothing() -> None:
    found = parse_yaml("only: {\"<<\": [甲], '<<<': [乙]}")
    assert found.data == {"only": {"<<": ["甲"], "<<<": ["乙"]}} and not found.problems


@pytest.mark.parametrize(
    ("raw", "code", "where"),
    [
        (TEXT.encode("utf-8-sig"), "", ""),
        (TEXT.replace("\n", "\r\n").encode(), "", ""),
        (TEXT.encode("gb18030"), "file-encoding", ""),
        (TEXT.encode("utf-16"), "file-encoding", ""),
        (TEXT.encode("utf-16-le"), "file-encoding", ""),
        (
            TEXT.encode()[:213] + "试".encode("gb18030") + TEXT.encode()[213:],
            "file-encoding",
            "第 ",
        ),
        (b"PK\x03\x04" + bytes(range(256)), "file-not-text", ""),
    ],
)
def test_files_as_notepad_saves_them(raw: bytes, code: str, where: str) -> None:
    rubric, problems = checked(decoded_yaml(raw, "细则.yaml"))
    assert [item.code for item in problems] == [code] * bool(code)
    assert (rubric is None) == bool(code)
    assert all(item.place.cell.startswith(where) for item in problems)


def test_readings_below_zero_want_a_domain_once() -> None:
    text = swapped('"(60, 70]"', '"[-4, 60)"').replace("≤60", "≥60").replace('">70"', "<-4")
    rubric, (only,) = loads_rubric(text)
    assert rubric is not None
    assert (only.code, only.place.cell.split()[1]) == ("rubric-domain", "20")
    assert "domain" in only.remedy


def test_lines_that_are_right_have_no_slip() -> None:
    for line in TEXT.splitlines():
        assert slip_in(line) is None, line
        assert unbalanced(line) is None, line
    for line in (
        "title: 公示（5天，含周末）：看照片",
        "- {label: 迟到、早退, each: 0.5, unit: 次}  # 每次，按人次",
        "note: 见 http://example.org/a",
        'method: ["查阅档案，含电子档案"]',
        "threshold: 8:20，不早于 8:10",
        "range: ≥8:20",
    ):
        assert slip_in(line) is None, line
