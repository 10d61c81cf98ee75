"""Files that hold far more than anybody writes: refused at their line, before they cost time."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.round.settings import read_settings
from rubrics.files.limits import too_many_indicators
from rubrics.files.loading import loads_rubric
from rubrics.files.writing import dump_yaml
from rubrics.files.yaml_text import parse_yaml
from rubrics.values.amounts import parse_amount
from rubrics.values.points import parse_share
from tests.reports.made import SMALL


def refused(text: str) -> list[tuple[str, str, str]]:
    rubric, problems = loads_rubric(text, "细则.yaml")
    assert rubric is None
    for item in problems:
        assert len(item.place.cell) < 200
        assert len(item.message) < 200
    return [(item.code, item.place.cell.partition(" 行")[0], item.message) for item in problems]


@pytest.mark.parametrize("digits", [41, 5_000, 1_900, 100_000])
@pytest.mark.parametrize("form", ["≥{}", "≥{}%", "[{}, ∞)", "≥1/{}", "≥0.{}"])
def test_a_range_of_many_digits_is_refused(digits: int, form: str) -> None:
    text = SMALL.replace("range: ≥90,", f'range: "{form.format("1" * digits)}",')
    ((code, line, message),) = [item for item in refused(text) if item[0] == "rubric-value"]
    assert (code, line) == ("rubric-value", "第 7")
    assert "最多" in message


@pytest.mark.parametrize("key", ["points: 100", "days: 15", "each: 2", "key_failed_at_most: 0"])
@pytest.mark.parametrize("digits", [41, 100_000])
def test_a_number_of_many_digits_is_refused(key: str, digits: int) -> None:
    assert SMALL.count(key)
    name = key.partition(":")[0]
    found = refused(SMALL.replace(key, f"{name}: {'9' * digits}", 1))
    assert [code for code, _, _ in found] == ["rubric-value"]
    assert "最多 40 位" in found[0][2]


@pytest.mark.parametrize("text", ["1e99999999", "1/1e99999999", "1E99999999%", "1" * 100_000])
def test_a_share_is_never_worked_out_at_length(text: str) -> None:
    with pytest.raises(ValueError, match=r"应写成|最多"):
        parse_share(text)


def test_forty_digits_are_no_mistake() -> None:
    assert str(parse_amount("1" * 40)) == "1" * 40
    with pytest.raises(ValueError, match="最多 40 位"):
        parse_amount("1" * 41)


@pytest.mark.parametrize("length", [2_001, 200_000])
@pytest.mark.parametrize(
    ("old", "line"),
    [
        ("制度公示", 26),
        ("请逐日公示。", 32),
        ("缺公示", 28),
        ("甲局关于厨房的通知", 12),
        ("kitchen", 2),
        ("2026.1", 3),
    ],
)
def test_a_long_text_is_refused(old: str, line: int, length: int) -> None:
    found = refused(SMALL.replace(old, "长" * length, 1))
    assert f"第 {line}" in {at for _, at, _ in found}
    assert all("最多 2000 个" in message for _, _, message in found)


def test_a_text_of_two_thousand_characters_is_none_too_long() -> None:
    rubric, problems = loads_rubric(SMALL.replace("制度公示", "长" * 2_000, 1))
    assert rubric is not None, problems
    assert loads_rubric(dump_yaml(rubric))[0] == rubric


def many_indicators(*counts: int) -> str:
    head, _, _ = SMALL.partition("dimensions:\n  - id: A\n")
    lines = [head, "dimensions:"]
    for d, count in enumerate(counts):
        lines += [f"  - id: D{d}", "    title: 甲", "    points: 50", "    indicators:"]
        lines += [
            f"      - {{id: I{d}_{n}, title: 一, points: 1, rule: {{kind: all_or_none}}, "
            "basis: [甲1], method: [查阅档案]}"
            for n in range(count)
        ]
    return "\n".join(lines)


def test_more_than_two_thousand_indicators_are_refused_at_once() -> None:
    for counts in ((10_000,), (2_000,) * 5, (10,) * 1_000):
        found = refused(many_indicators(*counts))
        assert [code for code, _, _ in found] == ["file-too-much"]
        assert "最多 2000 项" in found[0][2]
    text = many_indicators(1_500, 501)
    ((code, line, message),) = refused(text)
    assert code == "file-too-much"
    assert "id: I1_500," in text.splitlines()[int(line.removeprefix("第 ")) - 1]
    assert "合计最多 2000 项" in message
    # A workbook brings the same as plain data.
    source = parse_yaml(many_indicators(1_500, 500))
    assert isinstance(source.data, dict)
    assert list(too_many_indicators(source.data)) == []
    held = source.data["dimensions"][1]["indicators"]
    held.append(held[0])
    ((keys, _, said),) = too_many_indicators(source.data)
    assert keys == ("dimensions", 1, "indicators", 500)
    assert "最多 2000 项" in said


@pytest.mark.parametrize(
    "text",
    [
        SMALL + "traits:\n" + "".join(f"  特征{n}: {{kind: bool}}\n" for n in range(2_001)),
        SMALL.replace("faults: [", "faults: [" + "{label: 缺公示, each: 2}, " * 2_000, 1),
    ],
    ids=["group", "list"],
)
def test_any_list_has_an_end(text: str) -> None:
    assert any("最多 2000 项" in message for _, _, message in refused(text))


@pytest.mark.parametrize("line", ["note: " + "长" * 2_001, "raters: " + "9" * 50])
def test_settings_of_a_round_have_the_same_limits(tmp_path: Path, line: str) -> None:
    path = tmp_path / "round.yaml"
    path.write_text(f"id: 甲\ntitle: 乙\n{line}\n", "utf-8")
    settings, problems = read_settings(path, "round.yaml")
    assert settings is None
    assert [item.code for item in problems] == ["round-value"]
    assert problems[0].place.cell.startswith("第 3 行")
    assert "最多" in problems[0].message
