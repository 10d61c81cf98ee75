"""Whatever a round is like, its papers of fairness are written, and say what cannot be known."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from inspections.records.record import Value
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from reports.fairness.book import fairness_book
from reports.fairness.checks import checks_of
from reports.fairness.own_page import own_blocks
from reports.fairness.paper import LENGTHS, bureau_blocks
from reports.fairness.styles import PAPER
from reports.fairness.subject import Subject
from reports.type.archival import About
from reports.type.blocks import BarChart, Block, Paragraph, Table
from reports.type.flow import typeset
from reports.type.fonts import open_fonts
from scoring.fairness.measuring import measured
from tests.reports.fairness.linked import habits, linked, rubric
from tests.scoring.rounds import County, counties

FONTS, _ = open_fonts(None)


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """All that is printed."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield block.caption
            yield from (column.head for column in block.columns)
            yield from (cell or "" for row in block.rows for cell in row)
        elif isinstance(block, BarChart):
            yield from (block.caption, block.bar_name, block.marker_name, *block.scale)
            for bar in block.bars:
                yield from (bar.label, bar.text, bar.marker_text)
                assert bar.share is None or -1e-9 <= bar.share <= 1 + 1e-9 or bar.span is None


def all_papers(subject: Subject) -> dict[str, str]:
    """By whose it is: the bureau's paper, the workbook, each inspector's own page."""
    checks = checks_of(subject)
    found = {}
    for place, length in enumerate(LENGTHS):
        blocks = bureau_blocks(subject, checks, length)
        found[f"paper {place}"] = "\n".join(texts(blocks))
    codes = {
        it.inspector for one in subject.measured.rubrics.values() for it in one.severity.inspectors
    }
    for code in (*codes, "没有这个人"):
        found[code] = "\n".join(texts(own_blocks(subject, code, checks)))
    book = load_workbook(BytesIO(fairness_book(subject, checks)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    found["book"] = "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    for name, told in found.items():
        assert not re.search(r"(?<![a-z])(nan|inf|None)(?![a-z])", told), name
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(county=counties())
def test_papers_of_any_round_are_written(county: County, tmp_path: Path) -> None:
    opened = OpenRound(Folder(tmp_path), county.round, county.rubrics, county.roster, ())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = measured(
            county.round,
            county.rubrics,
            county.roster,
            county.visits,
            before=county.before,
            own=county.own,
        )
    all_papers(Subject(opened, found))


def full_marks(random: Random, item: str, seems: float) -> Mapping[str, Value]:
    return habits(random, item, 2.0)


def nothing(random: Random, item: str, seems: float) -> Mapping[str, Value]:
    return {}


ODD: Mapping[str, dict[str, object]] = {
    "one school": {"schools": 1},
    "one inspector": {"inspectors": 1},
    "one of each": {"schools": 1, "inspectors": 1},
    "two people": {"inspectors": 2},
    "nobody checked": {"answer": nothing},
    "full marks": {"answer": full_marks},
    "only counts": {"of": rubric(judged=0)},
    "only judged": {"of": rubric(counted=0)},
    "one dimension, one indicator": {"of": rubric(judged=1, counted=0)},
    "three visits": {"visits": 3},
    "five at a visit": {"seats": 5},
    "demerits": {
        "of": rubric(
            scale="demerits",
            grades=[{"grade": "合格", "range": "≤20"}, {"grade": "差", "range": ">20"}],
        )
    },
    "many schools": {"schools": 120, "inspectors": 12, "severe": {"D04": -0.2}},
}


@pytest.mark.parametrize("name", ODD)
def test_odd_rounds_have_papers_that_are_short(name: str, tmp_path: Path) -> None:
    subject = linked(tmp_path, **ODD[name])  # type: ignore[arg-type]
    found = all_papers(subject)
    assert "一、结论" in found["paper 0"] and "六、请核对" in found["paper 0"]
    assert FONTS is not None
    about = About("评分公平性分析", "教育局")
    made = typeset(bureau_blocks(subject, checks_of(subject)), FONTS, about, PAPER)
    assert made.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["one inspector", "one of each"])
def test_where_nobody_went_together_that_is_said(name: str, tmp_path: Path) -> None:
    found = all_papers(linked(tmp_path, **ODD[name]))["paper 0"]  # type: ignore[arg-type]
    assert "都无从知道" in found and "要知道名次有多大把握" in found
    assert "再多一位" not in found


def test_of_few_schools_nothing_is_said_of_indicators(tmp_path: Path) -> None:
    told = all_papers(linked(tmp_path, schools=6, answer=full_marks))["paper 0"]
    assert "没有学校失分" not in told and "还看不出来" in told


def test_what_everybody_meets_is_told(tmp_path: Path) -> None:
    told = all_papers(linked(tmp_path, answer=full_marks))["paper 0"]
    assert "没有学校失分的 16 项" in told and "总分都一样" in told
