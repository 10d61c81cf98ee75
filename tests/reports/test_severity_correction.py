"""A corrected round as its bureau and its schools read it: every page says so, and all adds up."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from inspections.ledger.chain import By
from inspections.ledger.letters import FIRST, all_letters
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.settings_versions import values_of
from inspections.round.severity_correction import SeverityCorrection
from reports.steps.closing_year import write_year
from reports.steps.fairness import report_fairness
from reports.steps.reporting import report_round
from reports.steps.verifying import Verdict, verify_letter
from rubrics.messages.problems import Severity
from scoring.__main__ import app
from scoring.results.corrected_words import CORRECTED
from scoring.steps.explaining import explain_school
from scoring.steps.scoring import write_scores
from scoring.steps.severity import measure_severity
from tests.reports.corrected_round import (
    PEOPLE,
    RUBRIC,
    come,
    pair_of,
    points,
    schools,
    setting,
    started,
)
from tests.reports.ranking_books import group_sheets, rows_of
from tests.reports.sources import paragraphs_in, table

LETTERS = {"numbers": "某教督意〔{year}〕{n}号", "day": "2026-04-20", "first_day": "2026-04-01"}
ZEROED = 3
"""The school, from 0, at which a red line was crossed."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The round as it was scored and reported; never written to."""
    root = tmp_path_factory.mktemp("corrected") / "春季"
    of = started(root, letters=LETTERS)
    come(of, fake=ZEROED)
    scored, problems = write_scores(root)
    assert scored is not None, problems
    reported, problems = report_round(root, word=True)
    assert reported is not None, problems
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy, with the rubric and the rosters beside it."""
    shutil.copytree(made.parent, tmp_path / "county")
    settings = tmp_path / "county" / made.name / "round.yaml"
    text = settings.read_text("utf-8").replace(str(made.parent), str(tmp_path / "county"))
    settings.write_text(text, "utf-8")
    return settings.parent


def result(root: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((root / "results" / "result.json").read_bytes())
    return told


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def letter(root: Path, name: str) -> Path:
    return root / "reports" / "letters" / "order" / f"{name}.pdf"


def pages_of(pdftotext: Path, pdf: Path) -> list[str]:
    done = subprocess.run([pdftotext, "-layout", pdf, "-"], capture_output=True, check=True)
    return [page for page in done.stdout.decode().split("\f") if page.strip()]


# --- files of results -----------------------------------------------------------------------


def test_totals_follow_from_what_is_printed(made: Path) -> None:
    (rubric,) = result(made)["rubrics"]
    by = {number: Decimal(it) for number, it in rubric["correction"]["inspectors"].items()}
    assert len(by) == len(PEOPLE)
    assert sum(it == 2 for it in by.values()) == 1, "the severe one, at the limit"
    rows = {row["school_id"]: row for row in table(made / "results" / "scores.csv")}
    for number, school in enumerate(rubric["schools"]):
        own = school["correction"]
        records = [by[str(one["inspector"])] for one in own["records"]]
        assert [Decimal(one["points"]) for one in own["records"]] == records
        assert Decimal(own["combined"]) == rounded(sum(records, Decimal(0)) / len(records))
        applied = Decimal(0) if number == ZEROED else Decimal(own["combined"])
        assert Decimal(own["applied"]) == applied
        assert Decimal(own["plain_total"]) + applied == Decimal(school["total"])
        row = rows[school["id"]]
        assert row["corrected"] == CORRECTED
        assert Decimal(row["plain_total"]) + Decimal(row["correction"]) == Decimal(row["total"])
        if number != ZEROED:
            assert row["plain_total"] == row["normalised"]
    ranked = sorted(rubric["schools"], key=lambda it: it["rank"])
    totals = [Decimal(it["total"]) for it in ranked]
    assert totals == sorted(totals, reverse=True)
    plain = [Decimal(it["correction"]["plain_total"]) for it in ranked]
    assert plain != sorted(plain, reverse=True), "some places are others than by the plain totals"


def test_files_name_nobody(made: Path) -> None:
    told = json.dumps(result(made), ensure_ascii=False)
    assert not any(one.id in told or one.name in told for one in PEOPLE)


def test_without_the_setting_nothing_is_another(root: Path) -> None:
    before = {row["school_id"]: row for row in table(root / "results" / "scores.csv")}
    setting(root, "severity_correction", "# severity_correction: {limit: 2, reliability: 0.7}")
    opened, _ = open_round(root)
    assert opened is not None and "severity_correction" not in values_of(opened.round)
    scored, problems = write_scores(root)
    assert scored is not None
    codes = {item.code for item in problems}
    assert {"settings-changed", "totals-moved"} <= codes and not codes & {"severity-moved"}
    data = (root / "results" / "result.json").read_text("utf-8")
    assert "correct" not in data
    rows = table(root / "results" / "scores.csv")
    assert list(rows[0])[-1] == "why"
    for row in rows:
        assert row["total"] == before[row["school_id"]]["plain_total"]
    reported, problems = report_round(root, draft=True)
    assert reported is not None, problems
    with zipfile.ZipFile(root / "reports" / "排名表.xlsx") as parts:
        assert not any(b"oddHeader" in parts.read(name) for name in parts.namelist())


# --- letters --------------------------------------------------------------------------------


def test_a_letter_adds_up_and_says_it_on_every_page(made: Path, pdftotext: Path) -> None:
    (rubric,) = result(made)["rubrics"]
    for school in (rubric["schools"][0], rubric["schools"][6]):
        pages = pages_of(pdftotext, letter(made, school["name"]))
        assert len(pages) > 1 and all(CORRECTED in page.split("\n")[0] for page in pages)
        text = "".join("".join(pages).split())
        own = school["correction"]
        signed = f"{Decimal(own['applied']):+}"
        assert f"校正前总分{own['plain_total']}分" in text
        assert f"得{signed}分" in text
        assert f"校正后总分{school['total']}分（{own['plain_total']}{signed}）" in text
        listed = "、".join(
            f"{one['inspector']}号{Decimal(one['points']):+}" for one in own["records"]
        )
        assert listed in text
        numbers = [one["inspector"] for one in own["records"]]
        assert numbers == sorted(numbers), "not in the order of the names"


def test_what_a_red_line_zeroes_is_not_corrected(made: Path, pdftotext: Path) -> None:
    school = result(made)["rubrics"][0]["schools"][ZEROED]
    text = "".join("".join(pages_of(pdftotext, letter(made, school["name"]))).split())
    assert "总分按红线规定记为0.00分，不校正" in text
    assert "校正前" not in text


def test_a_first_opinion_says_it_too(root: Path, pdftotext: Path) -> None:
    reported, problems = report_round(root, stage=FIRST, schools=["第1小学"])
    assert reported is not None, problems
    pages = pages_of(pdftotext, root / "reports" / "first-opinions" / "order" / "第1小学.pdf")
    assert all(CORRECTED in page.split("\n")[0] for page in pages)


def test_a_letter_in_word_has_it_in_its_headers(made: Path) -> None:
    with zipfile.ZipFile(made / "reports" / "word" / "order" / "第1小学.docx") as parts:
        headers = [parts.read(it).decode() for it in parts.namelist() if "header" in it]
    assert headers and all(CORRECTED in text for text in headers)


# --- workbook, bulletin ---------------------------------------------------------------------


def test_the_workbook_adds_up_in_an_office_program(
    made: Path, soffice: Callable[..., list[Path]], tmp_path: Path
) -> None:
    (path,) = soffice(made / "reports" / "排名表.xlsx", to="xlsx", into=tmp_path)
    book = openpyxl.load_workbook(path)
    assert all(CORRECTED in str(sheet.oddHeader.center.text) for sheet in book.worksheets)
    (sheet,) = group_sheets(book, "校园管理")
    rows = [row for row in rows_of(sheet) if isinstance(row["总分"].value, (int, float))]
    assert len(rows) == 30
    for row in rows:
        plain, by, total = (
            rounded(Decimal(repr(row[name].value))) for name in ("校正前总分", "宽严校正", "总分")
        )
        assert plain + by == total
        assert "宽严校正：" in row["说明"].value
    told = {
        str(row["督学编号"].value): rounded(Decimal(repr(row["校正（分）"].value)))
        for row in rows_of(book["宽严校正"], "督学编号")
    }
    by_number = result(made)["rubrics"][0]["correction"]["inspectors"]
    assert told == {number: Decimal(it) for number, it in by_number.items()}
    assert not any(
        one.name in str(cell.value) or one.id in str(cell.value)
        for one in PEOPLE
        for row in book["宽严校正"].iter_rows()
        for cell in row
    )


def test_the_bulletin_says_it_on_every_page_and_keeps_the_figures(
    made: Path, soffice: Callable[..., list[Path]], pdftotext: Path, writer: None, tmp_path: Path
) -> None:
    (pdf,) = soffice(made / "reports" / "通报.docx", to="pdf", into=tmp_path)
    pages = pages_of(pdftotext, pdf)
    assert len(pages) > 2 and all(CORRECTED in page.split("\n")[0] for page in pages)
    (told,) = [
        one for one in paragraphs_in(made / "results" / "bulletin.json") if CORRECTED in one["text"]
    ]
    assert "校正29所" in told["text"], "not the one whose total a red line says"
    kept = {one["name"]: Decimal(one["text"]) for one in told["figures"] if "号督学" in one["name"]}
    by_number = result(made)["rubrics"][0]["correction"]["inspectors"]
    assert sorted(kept.values()) == sorted(map(Decimal, by_number.values()))


def test_explain_leads_from_the_total_to_the_sheets(made: Path) -> None:
    told, _ = explain_school(made, "第1小学", "order")
    assert told is not None
    steps = {step.name: step for step in told.rubrics[0].steps}
    school = result(made)["rubrics"][0]["schools"][0]
    assert steps["总分"].value == school["total"]
    assert steps["校正前总分"].value == school["correction"]["plain_total"]
    assert CORRECTED in steps["总分"].because
    assert "D01" in steps["宽严校正"].because and "D02" in steps["宽严校正"].because


def test_the_commands_say_it(made: Path) -> None:
    done = CliRunner().invoke(app, ["score", str(made)])
    assert CORRECTED in done.output
    done = CliRunner().invoke(app, ["score", str(made), "--json"])
    assert json.loads(done.output)["rubrics"][0]["corrected"] == CORRECTED


def test_the_pages_of_a_year_say_which_round_is_corrected(
    root: Path, pdftotext: Path, tmp_path: Path
) -> None:
    later = tmp_path / "秋季"
    shutil.copytree(root, later)
    text = (later / "round.yaml").read_text("utf-8")
    (later / "round.yaml").write_text(
        text.replace("2026-03-01, until: 2026-03-31", "2026-09-01, until: 2026-09-30"), "utf-8"
    )
    told = result(later)
    told["round"]["id"] = "2026秋"
    for rubric in told["rubrics"]:
        del rubric["correction"]
    (later / "results" / "result.json").write_text(json.dumps(told), "utf-8")
    written, problems = write_year([root, later], out=tmp_path / "年度")
    assert written is not None, problems
    note = "2026年3月的得分按督学宽严作了校正"
    (page,) = pages_of(pdftotext, tmp_path / "年度" / "schools" / "第1小学.pdf")
    assert note in page.split("\n")[0]
    with zipfile.ZipFile(tmp_path / "年度" / "年度通报.docx") as parts:
        assert any(note in parts.read(it).decode() for it in parts.namelist() if "header" in it)
    book = openpyxl.load_workbook(tmp_path / "年度" / "年度成绩.xlsx")
    assert all(note in str(sheet.oddHeader.center.text) for sheet in book.worksheets)


def test_the_analysis_of_fairness_does_not_say_that_scores_are_plain(
    root: Path, pdftotext: Path
) -> None:
    files, problems = report_fairness(root)
    assert files, problems
    (pdf,) = [path for path in files if path.suffix == ".pdf"]
    pages = pages_of(pdftotext, pdf)
    assert all(CORRECTED in page.split("\n")[0] for page in pages)
    assert "不改变任何得分" not in "".join("".join(pages).split())


def test_a_trial_of_plain_rows_corrects_as_the_round_does(made: Path, tmp_path: Path) -> None:
    rows = ["school,name,督学,A1,B1,R1.fake"]
    members = schools(30)
    for number, one in enumerate(members):
        for person in pair_of(number):
            a1, b1 = points(number, person.id)
            fake = "是" if number == ZEROED else "否"
            rows.append(f"{one.id},{one.name},{person.id},{a1},{b1},{fake}")
    for name, text in {
        "order.yaml": RUBRIC,
        "rows.csv": "\n".join(rows),
        "round.yaml": "id: 2026春\nranking: {groups: []}\nseverity_correction: {limit: 2}\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    given = [str(tmp_path / name) for name in ("order.yaml", "rows.csv")]
    how = ["--round", str(tmp_path / "round.yaml"), "--out", str(tmp_path / "out.csv")]
    done = CliRunner().invoke(app, ["rubric", "try", *given, *how])
    assert done.exit_code == 0, done.output
    names = ("school_id", "plain_total", "correction", "total", "corrected")
    told = [[row[name] for name in names] for row in table(tmp_path / "out.csv")]
    assert told == [[row[name] for name in names] for row in table(made / "results" / "scores.csv")]


# --- what was sent stands -------------------------------------------------------------------


def test_measuring_anew_changes_all_corrections_and_nothing_that_was_sent(
    made: Path, tmp_path: Path, pdftotext: Path
) -> None:
    root = tmp_path / "春季"
    of = started(root, 31, letters=LETTERS)
    come(of, range(30))
    assert write_scores(root)[0] is not None
    reported, problems = report_round(root, issue=True)
    assert reported is not None, problems
    sent, kept = tmp_path / "sent.pdf", tmp_path / "通报.json"
    shutil.copy(letter(root, "第1小学"), sent)
    shutil.copy(root / "results" / "bulletin.json", kept)
    with (root / "reports" / "通报.docx").open("ab") as edited:
        edited.write(b" ")
    before = result(root)["rubrics"][0]
    come(of, [30])
    done, problems = measure_severity(root, By("张主任", "补收一所"), write=True)
    assert done is not None and done.written, problems
    scored, problems = write_scores(root)
    assert scored is not None
    assert "severity-moved" in {item.code for item in scored.changed}
    after = result(root)["rubrics"][0]
    assert before["correction"]["inspectors"] != after["correction"]["inspectors"]
    # The bulletin that somebody went on writing in keeps its figures, and so does the letter.
    reported, problems = report_round(root, issue=True)
    assert "bulletin-edited" in {item.code for item in problems}
    assert (root / "results" / "bulletin.json").read_bytes() == kept.read_bytes()
    text = "".join("".join(pages_of(pdftotext, sent)).split())
    assert f"校正后总分{before['schools'][0]['total']}分" in text
    found, _ = verify_letter(sent, root)
    assert found is not None and found.verdict is Verdict.REPLACED
    found, _ = verify_letter(letter(root, "第1小学"), root)
    assert found is not None and found.verdict is Verdict.GENUINE
    opened, _ = open_round(root)
    assert opened is not None
    with ledger_of(opened) as ledger:
        numbers = [one for one in all_letters(ledger) if one.school == "21060001"]
    assert len(numbers) == 2 and numbers[1].replaces == numbers[0].number


# --- the setting ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{limt: 2}", "limit"),
        ("{limit: 0}", "0"),
        ("{limit: 1.234}", ""),
        ("{reliability: 1.5}", ""),
        ("{reliability: 0.2}", ""),
        ("{rubrics: [canteen]}", "order"),
        ("yes", ""),
    ],
)
def test_what_is_mistyped_is_refused_with_its_line(root: Path, written: str, said: str) -> None:
    setting(root, "severity_correction", f"severity_correction: {written}")
    lines = (root / "round.yaml").read_text("utf-8").splitlines()
    number = 1 + next(n for n, it in enumerate(lines) if it.startswith("severity_correction"))
    _, problems = open_round(root)
    (one,) = [item for item in problems if item.code == "round-value"]
    assert one.severity is Severity.ERROR
    assert str(number) in f"{one.place.sheet} {one.place.cell} {one.message}"
    assert said in one.message


def test_settings_are_written_as_they_are_read(tmp_path: Path) -> None:
    asked = SeverityCorrection(limit=Decimal("1.5"), reliability=Decimal("0.8"))
    of = started(tmp_path / "春季", 2, severity_correction=asked)
    assert of.round.severity_correction == asked
