"""Rubric files as people save them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from rubrics.files.loading import load_rubric, loads_rubric
from rubrics.files.shipped import LIBRARY, find_rubric, shipped
from rubrics.files.yaml_text import parse_yaml, read_yaml

NESTED = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{now}: &{now} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
    for before, now in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "yaml-empty"),
        ("# 只有注释\n".encode(), "yaml-empty"),
        ("细则: 是".encode("gbk"), "file-encoding"),
        ("细则: 是".encode("utf-16"), "file-encoding"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00\xff\xfe", "file-not-text"),
        (bytes(range(256)), "file-not-text"),
        (b"id: a\x07b", "file-not-text"),
        (b"id: a\n\tversion: 1\n", "yaml-syntax"),
        (b"id: a\n---\nid: b\n", "yaml-syntax"),
        (b"id: &a [*a]\n", "yaml-syntax"),
        (b"[" * 30_000 + b"]" * 30_000, "yaml-syntax"),
        (NESTED.encode(), "yaml-syntax"),
        (b"- 1\n- 2\n", "rubric-value"),
        ("就是一句话".encode(), "rubric-value"),
        (b"id: x\n" * 800_000, "file-too-big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_rubric_is_one_problem(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "细则.yaml"
    path.write_bytes(content)
    rubric, problems = load_rubric(path)
    assert rubric is None
    assert [item.code for item in problems] == [code]
    assert problems[0].place.file == str(path)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "没有.yaml", "file-missing"), (tmp_path, "file-folder")):
        rubric, problems = load_rubric(path)
        assert rubric is None
        assert [item.code for item in problems] == [code]


def test_a_byte_order_mark_and_windows_line_ends_are_nothing_special(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: a\r\nversion: 1\r\n")
    assert read_yaml(path).data == {"id": "a", "version": Decimal(1)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", Decimal(5)),
        ("0.10", Decimal("0.1")),
        ("-12", Decimal(-12)),
        ("'5'", "5"),
        ("是", "是"),
        ("yes", "yes"),
        ("on", "on"),
        ("8:20", "8:20"),
        ("2025-09-01", "2025-09-01"),
        ("0012", "0012"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("true", True),
        ("True", "True"),
        ("", None),
        ("~", None),
        ("null", None),
        (".5", ".5"),
    ],
)
def test_a_plain_value_is_what_it_looks_like(text: str, value: object) -> None:
    data = parse_yaml(f"a: {text}\n").data
    assert data == {"a": value}
    assert isinstance(data, dict)
    assert type(data["a"]) is type(value)


@pytest.mark.parametrize("line", ["\t- id: a", "\tid: a", "  \t- id: a"])
def test_a_tab_at_the_head_of_a_line_is_told_as_one(line: str) -> None:
    (problem,) = parse_yaml(f"version: 1\ndimensions:\n{line}\n").problems
    assert (problem.code, problem.place.cell) == ("yaml-syntax", "第 3 行")
    assert "Tab" in problem.message


@pytest.mark.parametrize("word", ["yes", "是", "1", "false"])
def test_a_key_item_is_said_with_true(word: str) -> None:
    text = (LIBRARY / "canteen.yaml").read_text(encoding="utf-8")
    _, problems = loads_rubric(text.replace("key: true", f"key: {word}", 1))
    assert [item.code for item in problems] == ["rubric-value"]
    assert "true" in problems[0].message


def test_keys_are_text_and_long_numbers_keep_every_digit() -> None:
    assert parse_yaml("1: 0.1234567890123456789\ntrue: 2\n").data == {
        "1": Decimal("0.1234567890123456789"),
        "true": Decimal(2),
    }


def test_anchors_are_followed() -> None:
    source = parse_yaml("a: &levels {A: 1, B: 0.8}\nb: *levels\n")
    assert source.data == {"a": {"A": 1, "B": Decimal("0.8")}, "b": {"A": 1, "B": Decimal("0.8")}}
    assert source.problems == []


def test_places_name_items_by_their_id() -> None:
    source = parse_yaml(
        "dimensions:\n  - id: A\n    indicators:\n      - id: A1\n        points: x\n"
    )
    keys = ("dimensions", 0, "indicators", 0, "points")
    assert source.places.at(keys).cell == "第 5 行 dimensions.A.indicators.A1.points"
    assert source.places.at((*keys, "deeper")) == source.places.at(keys)


def test_a_shipped_rubric_is_found_by_id_and_any_other_by_path(tmp_path: Path) -> None:
    assert set(shipped()) >= {"shuangjian", "canteen", "party"}
    assert find_rubric("party", tmp_path) == LIBRARY / "party.yaml"
    assert find_rubric("own.yaml", tmp_path) == tmp_path / "own.yaml"
    assert find_rubric(str(tmp_path / "a.yaml"), Path("elsewhere")) == tmp_path / "a.yaml"


def test_text_is_loaded_like_a_file() -> None:
    path = shipped()["canteen"]
    assert loads_rubric(path.read_text(encoding="utf-8")) == load_rubric(path)
