"""From two published rounds to the year's papers, and what stops them."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.steps.closing_year import WrittenYear, write_year
from tests.inspections.small_round import SCHOOLS
from tests.reports.year.two_rounds import AUTUMN, a_round, two_rounds

SCHOOL = SCHOOLS[0].name


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return two_rounds(tmp_path_factory.mktemp("year"))


def year(folders: list[Path], out: Path, *weights: str) -> WrittenYear:
    made, problems = write_year(folders, out=out, weights=[Decimal(one) for one in weights])
    assert made is not None, [one.message for one in problems]
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(it.relative_to(folder)): it.read_bytes() for it in folder.rglob("*") if it.is_file()
    }


def test_a_year_is_written_the_same_twice_and_touches_no_round(
    both: list[Path], tmp_path: Path
) -> None:
    before = [files(one) for one in both]
    made = year(both, tmp_path / "年度", "0.4", "0.6")
    first = files(made.folder)
    assert {"年度成绩.xlsx", "年度通报.docx", f"schools/{SCHOOL}.pdf"} <= first.keys()
    assert files(year(both, tmp_path / "年度", "0.4", "0.6").folder) == first
    assert [files(one) for one in both] == before


def test_papers_tell_the_same_figures(both: list[Path], tmp_path: Path) -> None:
    made = year(both, tmp_path, "0.4", "0.6")
    (kitchen,) = (one for one in made.year.rubrics if one.held.id == "kitchen")
    (one,) = kitchen.schools
    first, last = (cell.total for cell in one.cells if cell and cell.total is not None)
    assert first < last and one.change == last - first
    total = f"{(first * 4 + last * 6) / 10 / 10_000:.2f}"
    book = load_workbook(tmp_path / "年度成绩.xlsx")
    cells = [cell.value for sheet in book for row in sheet for cell in row]
    assert any(isinstance(it, float) and f"{it:.2f}" == total for it in cells)
    paper = docx.Document(str(tmp_path / "年度通报.docx"))
    told = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert total in told
    (page,) = PdfReader(tmp_path / "schools" / f"{SCHOOL}.pdf").pages
    assert total in page.extract_text()


def test_what_somebody_edited_stays(both: list[Path], tmp_path: Path) -> None:
    year(both, tmp_path)
    paper = tmp_path / "年度通报.docx"
    paper.write_bytes(b"edited")
    _, problems = write_year(both, out=tmp_path, weights=[Decimal("0.4"), Decimal("0.6")])
    assert [(one.code, one.place.file) for one in problems] == [("year-edited", "年度通报.docx")]
    assert paper.read_bytes() == b"edited"


def test_without_a_place_it_stands_beside_the_first_round(both: list[Path]) -> None:
    made, _ = write_year(both)
    assert made is not None and made.folder == both[0].parent / "年度"
    shutil.rmtree(made.folder)


def test_a_folder_of_rounds_stands_for_them_in_order_of_time(
    both: list[Path], tmp_path: Path
) -> None:
    given = files(year(both, tmp_path / "given").folder)
    assert files(year([both[0].parent], tmp_path / "below").folder) == given
    renamed = tmp_path / "renamed"
    shutil.copytree(both[0], renamed / "2")
    shutil.copytree(both[1], renamed / "1")
    assert files(year([renamed], tmp_path / "again").folder) == given


def test_settings_stand_in_the_folder_of_the_year(both: list[Path], tmp_path: Path) -> None:
    (tmp_path / "year.yaml").write_text("weights: {2026春: 40, 2026秋: 60}\nslid: 1\n", "utf-8")
    made, problems = write_year(both, out=tmp_path)
    assert made is None
    assert [one.code for one in problems] == ["year-value"]
    assert "不认识“slid”，这里可以写：title、" in problems[0].message
    (tmp_path / "year.yaml").write_text("weights: {2026春: 40, 2026秋: 60}\n", "utf-8")
    assert [str(one) for one in year(both, tmp_path).year.weights] == ["2/5", "3/5"]


@pytest.mark.parametrize("case", ["one", "again", "order", "unscored", "torn", "weights", "none"])
def test_what_makes_no_year_is_said(case: str, both: list[Path], tmp_path: Path) -> None:
    spring, autumn = both
    weights: list[Decimal] = []
    folders = [spring, autumn]
    if case == "one":
        folders, code = [spring], "year-few"
    elif case == "again":
        folders, code = [spring, shutil.copytree(spring, tmp_path / "again")], "year-again"
    elif case == "order":
        folders, code = [autumn, spring], "year-order"
    elif case == "none":
        folders, code = [spring, tmp_path / "nowhere"], "round-missing"
    elif case == "weights":
        weights, code = [Decimal("0.4"), Decimal("0.5")], "year-weights"
    else:
        bad = shutil.copytree(autumn, tmp_path / "bad")
        folders = [spring, bad]
        if case == "unscored":
            (bad / "results" / "result.json").unlink()
            code = "year-unscored"
        else:
            (bad / "results" / "indicators.csv").write_text("x")
            code = "results-torn"
    made, problems = write_year(folders, out=tmp_path / "out", weights=weights)
    assert made is None
    assert code in {one.code for one in problems}
    assert not (tmp_path / "out").exists()


def test_a_school_without_a_name_in_common_is_another_county(
    both: list[Path], tmp_path: Path
) -> None:
    other = a_round(tmp_path / "other", "2026冬", AUTUMN).folder.root
    result = other / "results" / "result.json"
    result.write_text(result.read_text("utf-8").replace(SCHOOLS[0].id, "1").replace(
        SCHOOLS[1].id, "2"), "utf-8")  # fmt: skip
    made, problems = write_year([both[0], other], out=tmp_path / "out")
    assert made is None
    assert [one.code for one in problems] == ["year-county"]
