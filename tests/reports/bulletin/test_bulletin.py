"""The bulletin of the sample: what it says can be counted again, and nothing secret is in it."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.table import Table

from inspections.steps.opening import open_trusted
from reports import report_round
from reports.bulletin.drafts import bulletin as draft
from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.confidential import confidential
from scoring.steps.explaining import explain_bulletin
from tests.conftest import Convert
from tests.reports.official.printed import Line, layout_of, printed
from tests.reports.sources import unaccounted

Row = dict[str, str]


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "demo"))


@pytest.fixture(scope="module")
def rows(sample: Path) -> dict[str, list[Row]]:
    found = {}
    for table in ("scores", "indicators"):
        path = sample / "results" / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found[table] = list(csv.DictReader(lines))
    return found


@pytest.fixture(scope="module")
def paragraphs(sample: Path) -> list[dict[str, Any]]:
    held = json.loads((sample / "results" / "bulletin.json").read_bytes())
    return list(held["paragraphs"])


@pytest.fixture(scope="module")
def document(sample: Path) -> Document:
    return docx.Document(str(sample / "reports" / "通报.docx"))


def figures(paragraphs: list[dict[str, Any]], table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for paragraph in paragraphs:
        for figure in paragraph["figures"]:
            if figure.get("table") == table:
                yield paragraph["text"], figure


def again(figure: Mapping[str, Any], rows: list[Row]) -> str:
    """The figure, from the table's rows alone."""
    where = figure["where"]
    held = [row for row in rows if all(row[name] in values for name, values in where.items())]
    match figure["take"]:
        case "rows":
            return str(len(held))
        case "schools":
            return str(len({row["school_id"] for row in held}))
        case "full":
            return str(sum(Decimal(row["earned"]) == Decimal(row["points"]) for row in held))
        case "mean":
            numbers = [Decimal(row[figure["column"]]) for row in held]
            mean = sum(numbers, Decimal()) / len(numbers)
            return str(mean.quantize(numbers[0], ROUND_HALF_UP))
    (row,) = held
    return row[figure["column"]]


def test_every_figure_of_scores_can_be_counted_again(
    paragraphs: list[dict[str, Any]], rows: dict[str, list[Row]]
) -> None:
    found = list(figures(paragraphs, "scores"))
    assert len(found) > 50
    for text, figure in found:
        assert again(figure, rows["scores"]) == figure["text"], figure
        if figure["name"] not in ("合计",) and "（表）" not in text:
            assert figure["text"] in text


def test_every_figure_of_indicators_can_be_counted_again(
    paragraphs: list[dict[str, Any]], rows: dict[str, list[Row]]
) -> None:
    found = list(figures(paragraphs, "indicators"))
    assert len(found) > 100
    for _, figure in found:
        told = again(figure, rows["indicators"])
        if figure["take"] == "value":
            assert figure["text"] in told.replace("\n", " "), figure
        else:
            assert told == figure["text"], figure


def test_every_number_in_the_text_is_among_its_figures(paragraphs: list[dict[str, Any]]) -> None:
    assert {one["number"]: left for one in paragraphs if (left := unaccounted(one))} == {}
    assert all(figure["name"] and figure["text"] for one in paragraphs for figure in one["figures"])
    assert all(
        figure.get("table") or figure.get("source")
        for one in paragraphs
        for figure in one["figures"]
    )


def test_the_letters_are_called_as_they_call_themselves(paragraphs: list[dict[str, Any]]) -> None:
    (told,) = [one["text"] for one in paragraphs if "逐条建立整改台账" in one["text"]]
    assert "对照收到的意见书、反馈和" in told


def test_schools_that_are_named_with_a_fault_lost_points_by_it(
    paragraphs: list[dict[str, Any]], rows: dict[str, list[Row]]
) -> None:
    scores = {(row["school_id"], row["rubric"]): row for row in rows["scores"]}
    for _, figure in figures(paragraphs, "indicators"):
        if "存在问题" not in figure["name"]:
            continue
        where = figure["where"]
        for row in rows["indicators"]:
            if all(row[name] in values for name, values in where.items()):
                own = scores[row["school_id"], row["rubric"]]
                key = row["indicator"] in own["key_failed"]
                assert Decimal(row["earned"]) < Decimal(row["points"]) or key or own["red_lines"]


def test_grades_add_up_and_equal_counts_have_equal_shares(document: Document) -> None:
    tables = [table for table in document.tables if head(table)[:2] == ["等次", "学校数"]]
    assert len(tables) == 4
    for table in tables:
        *rows, total = [[cell.text for cell in row.cells] for row in table.rows][1:]
        assert sum(int(row[1]) for row in rows) == int(total[1])
        for row in rows:
            exact = Decimal(row[1]) * 100 / Decimal(total[1])
            assert Decimal(row[2].rstrip("%")) == exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
        groups = [int(count) for row in rows for count in re.findall(r"\d+", row[3])]
        assert sum(groups) == int(total[1])


def test_faults_by_deadline_add_up_to_those_of_the_list(document: Document) -> None:
    (said,) = (p.text for p in document.paragraphs if "本次查实的问题共" in p.text)
    whole, rest = said.partition("问题共")[2].split("条，其中")
    numbers = re.findall(r"(\d+)条", rest)
    assert sum(map(int, numbers)) == int(whole)
    listed = [table for table in document.tables if "整改要求" in head(table)]
    assert sum(int(row.cells[2].text) for table in listed for row in table.rows[1:]) == int(whole)


def test_a_rank_that_may_change_says_so(document: Document, rows: dict[str, list[Row]]) -> None:
    held = [row for row in rows["scores"] if row["rank"] and "本组有" in row["provisional"]]
    assert held
    told = [
        row.cells[0].text
        for table in document.tables
        if head(table)[0] == "名次"
        for row in table.rows[1:]
    ]
    assert sum("（暂列）" in text for text in told) == len(held)


def test_what_is_confidential_is_no_fault_of_the_bulletin(document: Document) -> None:
    secret = {
        item.title
        for name in ("shuangjian", "canteen", "party")
        for rubric in [load_rubric(shipped()[name])[0]]
        if rubric is not None
        for item in rubric.indicators
        if confidential(item)
    }
    listed = {
        row.cells[1].text
        for table in document.tables
        if "整改要求" in head(table)
        for row in table.rows[1:]
    }
    assert secret
    assert not secret & listed


def test_who_inspected_and_who_was_talked_to_is_not_named(sample: Path, document: Document) -> None:
    opened, _ = open_trusted(sample, "")
    assert opened is not None
    text = "".join(p.text for p in document.paragraphs)
    assert not [one.name for one in opened.roster.inspectors.values() if one.name in text]


def test_red_lines_cost_nothing_that_nobody_has_decided(document: Document) -> None:
    texts = [p.text for p in document.paragraphs if "评优评先" in p.text]
    assert texts
    assert all("拟取消评优评先资格" in text and "另行公布" in text for text in texts)


def test_reporting_again_gives_the_same_bytes(own: Path) -> None:
    path = own / "reports" / "通报.docx"
    before = path.read_bytes()
    path.unlink()
    report_round(own, only=["bulletin"])
    assert path.read_bytes() == before


def test_what_the_bureau_edited_is_left(own: Path, sample: Path) -> None:
    path = own / "reports" / "通报.docx"
    document = docx.Document(str(path))
    document.add_paragraph("局里加的一段")
    document.save(str(path))
    edited = path.read_bytes()
    _, problems = report_round(own, only=["bulletin"])
    assert path.read_bytes() == edited
    assert "bulletin-edited" not in {item.code for item in problems}
    # With a round before there is more to tell.
    _, problems = report_round(own, only=["bulletin"], previous=sample)
    assert path.read_bytes() == edited
    assert "bulletin-edited" in {item.code for item in problems}


def test_a_template_of_the_bureau(own: Path, tmp_path: Path) -> None:
    template = tmp_path / "本局.docx"
    document = docx.Document(BytesIO(draft().content()))
    document.paragraphs[0].text = "本局的{{ 标题 }}"
    document.save(str(template))
    _, problems = report_round(own, only=["bulletin"], template=template)
    assert [item.code for item in problems if item.code.startswith("template")] == []
    made = docx.Document(str(own / "reports" / "通报.docx"))
    assert made.paragraphs[0].text.startswith("本局的关于")


def test_a_broken_template_costs_nothing_else(own: Path, tmp_path: Path) -> None:
    template = tmp_path / "坏的.docx"
    document = docx.Document()
    document.add_paragraph("{{ 没有的 }}")
    document.save(str(template))
    before = (own / "reports" / "通报.docx").read_bytes()
    _, problems = report_round(own, only=["bulletin"], template=template)
    assert [item.code for item in problems if item.code.startswith("template")] == ["template-name"]
    assert (own / "reports" / "通报.docx").read_bytes() == before


def test_the_change_since_the_last_round_adds_up(own: Path) -> None:
    scores = own / "results" / "scores.csv"
    lines = scores.read_text(encoding="utf-8-sig")
    shutil.copytree(own, own.parent / "last")
    last = own.parent / "last" / "results"
    (last / "result.json").unlink()
    best = next(total for total in re.findall(r",(9\d\.\d\d),", lines) if total > "90.00")
    worse = lines.replace(f",{best},", ",90.00,")
    (last / "scores.csv").write_text(worse, encoding="utf-8-sig")
    report_round(own, only=["bulletin"], previous=own.parent / "last")
    text = "".join(p.text for p in docx.Document(str(own / "reports" / "通报.docx")).paragraphs)
    found = re.findall(r"两轮都有总分的(\d+)所[^。]*?：([^。]*)。", text)
    assert len(found) == 4
    assert any("比上一轮好的" in said for _, said in found)
    for count, said in found:
        parts = re.findall(r"(?:好|差|相同)的(\d+)所", said)
        assert sum(map(int, parts)) == int(count)
        # What is none is not told.
        assert "0" not in parts


def test_a_paragraph_that_is_not_there(sample: Path) -> None:
    told, problems = explain_bulletin(sample, 1)
    assert [one.number for one in told] == [1]
    assert problems == []
    _, problems = explain_bulletin(sample, 999)
    assert [item.code for item in problems] == ["bulletin-paragraph"]


def test_no_bulletin_yet(own: Path) -> None:
    (own / "results" / "bulletin.json").unlink()
    _, problems = explain_bulletin(own)
    assert [item.code for item in problems] == ["bulletin-missing"]


def test_paragraphs_that_are_kept_are_those_that_are_printed(
    paragraphs: list[dict[str, Any]], document: Document
) -> None:
    printed_ones = [p.text for p in document.paragraphs]
    kept = [one["text"] for one in paragraphs if "（表）" not in one["text"]]
    places = [printed_ones.index(text) for text in kept]
    assert places == sorted(places)


@pytest.fixture(scope="module")
def pages(
    soffice: Convert, writer: None, pdftotext: Path, sample: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[list[Line]]:  # fmt: skip
    folder = tmp_path_factory.mktemp("printed")
    (pdf,) = soffice(sample / "reports" / "通报.docx", to="pdf", into=folder)
    return printed(layout_of(pdf, pdftotext))


def test_no_page_is_nearly_empty(pages: list[list[Line]]) -> None:
    assert [n for n, page in enumerate(pages, 1) if len(page) < 5] == []


def test_full_lines_have_28_characters(pages: list[list[Line]]) -> None:
    full = [
        line
        for page in pages
        for line in page
        if line.bottom - line.top > 20 and line.left < 85 and line.right > 515
    ]
    chinese = [line for line in full if re.fullmatch(r"[\u4e00-\u9fff、，。：；]+", line.text)]
    assert len(chinese) > 3
    assert {len(line.text) for line in chinese} <= {27, 28, 29}
    assert max(line.right for line in full) < 595.3 - 26 * 72 / 25.4 + 17


def head(table: Table) -> list[str]:
    return [cell.text for cell in table.rows[0].cells]
