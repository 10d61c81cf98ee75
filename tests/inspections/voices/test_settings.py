"""voices.yaml: a name that there is not is told once at its line, with those that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.voices.scales import all_scales
from inspections.voices.settings import read_voices_settings

RIGHT = """
surveys:
  家长问卷:
    kind: 问卷
    questions:
      Q1: {columns: [满意吗], scale: 本局}
scales: {本局: {levels: [[好], [差]], satisfied: 1}}
aliases: {老校区: "1"}
flags: {fast: 0.3}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "line", "code", "known"),
    [
        ("kind: 问卷", "kind: 错字", 4, "voices-value", "热线来访"),
        ("scale: 本局", "scale: 错字", 6, "voices-value", "本局"),
        ("{columns: [满意吗], ", "{错字: 1, columns: [满意吗], ", 6, "voices-value", "options"),
        ("    kind:", "    错字:", 4, "voices-value", "ignored"),
        ("satisfied: 1", "错字: 1", 7, "voices-value", "satisfied"),
        ('"1"', '"错字"', 8, "voices-alias", ""),
        ("fast:", "错字:", 9, "voices-value", "doubled_minutes"),
        ("flags:", "错字:", 9, "voices-value", "flags"),
    ],
)
def test_a_name_that_there_is_not_is_told_once(
    tmp_path: Path, right: str, wrong: str, line: int, code: str, known: str
) -> None:
    path, there = tmp_path / "voices.yaml", all_scales({}).known
    path.write_text(RIGHT, encoding="utf-8")
    assert read_voices_settings(path, schools={"1": "一小"}, scales=there)[1] == []
    path.write_text(RIGHT.replace(right, wrong), encoding="utf-8")
    made, problems = read_voices_settings(path, schools={"1": "一小"}, scales=there)
    (found,) = problems
    assert found.code == code and (made is None) == (code == "voices-value")
    assert found.place.cell.startswith(f"第 {line} 行")
    assert "错字" in found.message and known in found.message
