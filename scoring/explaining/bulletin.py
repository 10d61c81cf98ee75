"""The figures behind a paragraph of the bulletin, as they were kept when it was written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.text import Text

from rubrics.messages.problems import Place, Problem, problem, spoken

FILE: Final = "bulletin.json"
"""In ``results/``; of a year in the folder of the year."""

_NAMED: Final = 12
_TABLES: Final = {"scores": "results/scores.csv", "indicators": "results/indicators.csv"}
_TAKES: Final = {
    "rows": "的行数",
    "schools": "的学校数",
    "full": "中没有失分的行数",
    "mean": "的 {column} 平均",
    "value": "的 {column}",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its number, its section, its text, and its figures as they are kept."""

    number: int
    section: str
    text: str
    figures: tuple[Mapping[str, Any], ...]


def of_month(year: int, month: int) -> str:
    """Returns the name of the file of a monthly report, in ``results/``."""
    return f"monthly-{year}-{month:02d}.json"


def paragraphs(
    path: Path, name: str, number: int = 0, missing: str = "bulletin-missing"
) -> tuple[tuple[Paragraph, ...], list[Problem]]:
    """Returns paragraph ``number`` of the paper whose figures stand in ``path``, all for 0.

    ``name``: how problems name the file; ``missing``: the code where there is none. Codes:
    bulletin-missing, monthly-missing, bulletin-paragraph.
    """
    place = Place(name)
    try:
        held = [
            Paragraph(one["number"], one["section"], one["text"], tuple(one["figures"]))
            for one in json.loads(path.read_bytes())["paragraphs"]
        ]
    except (OSError, ValueError, LookupError, TypeError):
        return (), [problem(missing, place)]
    if not 0 <= number <= len(held):
        return (), [problem("bulletin-paragraph", place, number=number, count=len(held))]
    return tuple(one for one in held if number in (0, one.number)), []


def lines(told: tuple[Paragraph, ...]) -> Iterator[Text]:
    """Yields the paragraphs for the terminal, each with the figures behind it."""
    for paragraph in told:
        yield Text(f"第 {paragraph.number} 段（{paragraph.section}）：{paragraph.text}", "bold")
        for figure in paragraph.figures:
            yield Text(f"  {figure['name']} {figure['text']}：{_origin(figure)}")


def _origin(figure: Mapping[str, Any]) -> str:
    if not figure.get("table"):
        return str(figure.get("source", ""))
    where = "、".join(f"{column}={_values(held)}" for column, held in figure["where"].items())
    taken = _TAKES[figure["take"]].format(column=figure.get("column", ""))
    return f"{_TABLES[figure['table']]} 中 {where} {spoken(taken)}"


def _values(held: list[str]) -> str:
    shown = "/".join(one or "空" for one in held[:_NAMED])
    return f"{shown}…（共 {len(held)} 个）" if len(held) > _NAMED else shown
