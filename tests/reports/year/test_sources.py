"""Figures behind the paragraphs of a year and of a month, counted again from the tables."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from reports.steps.closing_year import write_year
from reports.steps.monthly import write_monthly
from scoring.commands import app
from scoring.steps.explaining import explain_bulletin
from scoring.years.month import Month
from tests.reports.sources import paragraphs_in, table, unaccounted
from tests.reports.year.two_rounds import AUTUMN, a_round, two_rounds


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return two_rounds(tmp_path_factory.mktemp("year"))


@pytest.fixture(scope="module")
def year(rounds: list[Path]) -> Path:
    made, _ = write_year(rounds, weights=[Decimal("0.4"), Decimal("0.6")])
    assert made is not None
    return made.folder


def figure(year: Path, name: str) -> str:
    found = {
        one["text"]
        for paragraph in paragraphs_in(year / "bulletin.json")
        for one in paragraph["figures"]
        if one["name"] == name
    }
    assert len(found) == 1, name
    return found.pop()


def test_every_number_of_the_year_is_among_its_figures(year: Path, rounds: list[Path]) -> None:
    named = "\n".join(row["school"] for row in table(rounds[0] / "results" / "scores.csv"))
    held = paragraphs_in(year / "bulletin.json")
    assert {one["number"]: left for one in held if (left := unaccounted(one, named))} == {}
    assert all(one["source"] for paragraph in held for one in paragraph["figures"])


def test_figures_of_the_year_follow_from_the_tables_of_its_rounds(
    year: Path, rounds: list[Path]
) -> None:
    tables = [table(folder / "results" / "scores.csv") for folder in rounds]
    totals = [
        {row["school_id"]: Decimal(row["total"]) for row in rows if row["total"]} for rows in tables
    ]
    both = totals[0].keys() & totals[1].keys()
    changes = [totals[1][one] - totals[0][one] for one in both]
    assert figure(year, "批次") == "2"
    assert figure(year, "有成绩的学校") == str(len(totals[0].keys() | totals[1].keys()))
    assert figure(year, "可以比较的学校") == str(len(both))
    assert figure(year, "上升的学校") == str(sum(one > 0 for one in changes))
    assert figure(year, "下降的学校") == str(sum(one < 0 for one in changes))
    assert figure(year, "参加排名的学校") == str(len(both))
    names = {row["school_id"]: row["school"] for row in tables[1]}
    (best,) = (one for one in both if totals[1][one] > totals[0][one])
    weighted = totals[0][best] * Decimal("0.4") + totals[1][best] * Decimal("0.6")
    printed = docx.Document(str(year / "年度通报.docx")).tables[0].rows[1].cells
    assert printed[3].text == str(weighted.quantize(Decimal("0.01"), ROUND_HALF_UP))
    risen = totals[1][best] - totals[0][best]
    assert figure(year, f"{names[best]}的变化") == f"升{risen}分"


def test_paragraphs_of_the_year_are_those_that_are_printed(year: Path) -> None:
    printed = [said.text for said in docx.Document(str(year / "年度通报.docx")).paragraphs]
    places = [printed.index(one["text"]) for one in paragraphs_in(year / "bulletin.json")]
    assert len(places) > 5


def test_the_year_and_the_month_explain_a_paragraph(year: Path, rounds: list[Path]) -> None:
    told, problems = explain_bulletin(year, 1)
    assert problems == []
    assert told[0].text.endswith("所。")
    done = CliRunner().invoke(app, ["explain", str(year), "--bulletin", "1"])
    assert done.exit_code == 0
    assert "权重 40%" in done.stdout
    _, problems = explain_bulletin(rounds[0], 1, (2026, 3))
    assert [one.code for one in problems] == ["monthly-missing"]


def test_every_number_of_a_month_is_among_its_figures(tmp_path: Path) -> None:
    of = a_round(tmp_path / "秋", "2026秋", AUTUMN)
    made, _ = write_monthly(of.folder.root, Month(2026, 9))
    assert made is not None
    held = paragraphs_in(of.folder.results / "monthly-2026-09.json")
    assert {one["number"]: left for one in held if (left := unaccounted(one))} == {}
    counts = made.subject.all.month
    figures = {one["name"]: one["text"] for paragraph in held for one in paragraph["figures"]}
    rows = table(of.folder.results / "scores.csv")
    visited = {row["school_id"] for row in rows if row["status"] in ("complete", "provisional")}
    assert figures["本月检查学校"] == str(len(visited)) == str(counts.schools)
    told, problems = explain_bulletin(of.folder.root, 0, (2026, 9))
    assert problems == []
    assert len(told) == len(held)
    folder = str(of.folder.root)
    done = CliRunner().invoke(app, ["explain", folder, "--bulletin", "1", "--month", "2026-09"])
    assert done.exit_code == 0
    assert CliRunner().invoke(app, ["explain", folder, "甲", "--month", "2026-09"]).exit_code == 2
