"""The sample's year on a small county: both rounds walk the whole cycle, the same in every run."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from inspections import verify_ledger
from inspections.demo.county import County, county
from inspections.demo.year_folder import GUIDE, OLD_LETTER, YEAR, is_year
from inspections.ledger.accountability import Verdict, proposal_cases
from inspections.ledger.follow_up import all_draws
from inspections.ledger.letters import all_letters
from inspections.ledger.objections import Outcome, all_objections
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.past import diary
from inspections.ledger.rectification import all_cases
from inspections.records.rectification import Verb
from inspections.rectification.states import State, standings
from inspections.round.opened import OpenRound
from inspections.round.starting import STARTING
from reports.steps.sample_year.guide import STEPS
from reports.steps.sample_year.year import SampleYear, run_sample_year
from reports.steps.verifying import Verdict as Found
from reports.steps.verifying import verify_letter
from rubrics.messages.problems import Problem

# What the usual mistakes of the second half must be caught as.
CAUGHT = {
    "accountability-undecided",
    "followup-alone",
    "objection-answered",
    "objection-late",
    "rectify-proof-unused",
    "rectify-reply-differs",
    "rectify-returned",
    "rows-other-owner",
    "rows-text-altered",
}


@dataclass(frozen=True, slots=True)
class Made:
    """The sample's year of a few schools, what it met, and the digests of its files."""

    year: SampleYear
    problems: list[Problem]
    files: dict[str, str]

    def round(self, season: str) -> OpenRound:
        opened, _ = open_round(self.year.rounds[season])
        assert opened is not None
        return opened


def few() -> County:
    """The invented county with ten of its schools, of all kinds, and half of its inspectors."""
    held = county()
    return replace(held, schools=held.schools[::6], inspectors=held.inspectors[:6])


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        # What is derived remembers where the folder lies.
        if path.is_file() and path.parent.name != ".scoring"
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("全年") / "demo"
    year, problems = run_sample_year(folder, of=few())
    assert year is not None, [one for one in problems if one.code == "output-locked"]
    return Made(year, problems, digests(folder))


SEASONS = pytest.mark.parametrize("season", ["spring", "autumn"])


def test_a_run_after_one_that_was_killed_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    """Cut short while one round was cleared away and the other half made."""
    folder = tmp_path / "demo"
    for name, root in made.year.rounds.items():
        half = folder / root.name
        half.mkdir(parents=True)
        shutil.copy(root / "round.yaml", half / (STARTING if name == "spring" else "round.yaml"))
        (half / "reports").mkdir()
        (half / "reports" / "通报.docx").write_bytes(b"half")
    (folder / YEAR).mkdir()
    (folder / YEAR / "年度通报.docx").write_bytes(b"half")
    assert is_year(folder)
    again, _ = run_sample_year(folder, of=few())
    assert again is not None
    assert again.guide == made.year.guide
    assert digests(folder) == made.files


def test_a_folder_with_anything_else_is_refused(made: Made, tmp_path: Path) -> None:
    round_folder = made.year.rounds["spring"]
    shutil.copytree(round_folder / "roster", tmp_path / round_folder.name / "roster")
    shutil.copy(round_folder / "round.yaml", tmp_path / round_folder.name)
    (tmp_path / "手记.txt").write_text("请勿删除", encoding="utf-8")
    before = digests(tmp_path)
    year, problems = run_sample_year(tmp_path, of=few())
    assert year is None
    assert [one.code for one in problems] == ["folder-in-use"]
    assert digests(tmp_path) == before


def test_every_step_is_told_with_its_command(made: Made) -> None:
    text = (made.year.folder / GUIDE).read_text(encoding="utf-8-sig")
    assert text == made.year.guide
    for step in STEPS:
        assert step.name in text
        assert any(step.name in done for done in made.year.done.values())


def test_the_usual_mistakes_are_caught(made: Made) -> None:
    found = {one.code for one in made.problems}
    assert found >= CAUGHT, CAUGHT - found


def test_what_the_program_printed_itself_is_no_remark(made: Made) -> None:
    """Between sending and reading the counts at the head of a list change."""
    assert "rows-beside" not in {one.code for one in made.problems}


@SEASONS
def test_acts_are_dated_by_the_story_and_the_chain_holds(made: Made, season: str) -> None:
    checked, _ = verify_ledger(made.year.rounds[season])
    assert checked is not None
    assert (checked.chain.broken, checked.changed) == (None, ())
    with ledger_of(made.round(season)) as ledger:
        days = [entry.at[:10] for entry in diary(ledger)]
    first, last = (
        ("2026-04-01", "2026-07-01") if season == "spring" else ("2026-09-28", "2027-01-01")
    )
    assert days == sorted(days)
    assert (days[0], days[-1]) == (first, last)


@SEASONS
def test_letters_are_numbered_without_gaps_and_objections_answered(made: Made, season: str) -> None:
    with ledger_of(made.round(season)) as ledger:
        letters, objections = all_letters(ledger), all_objections(ledger)
    assert [one.number for one in letters] == [
        f"青教督意〔2026〕{number}号" for number in range(1, len(letters) + 1)
    ]
    assert {one.stage for one in letters} == {"初步", "正式"}
    answers = [one.answer.outcome if one.answer else None for one in objections]
    late = Outcome.ACCEPTED if season == "spring" else Outcome.REJECTED
    assert answers == [Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED, late]
    assert all(one.papers for one in objections)


def test_a_letter_that_was_replaced_says_so(made: Made) -> None:
    spring = made.year.rounds["spring"]
    old, _ = verify_letter(made.year.folder / OLD_LETTER, spring)
    assert old is not None and old.verdict is Found.REPLACED and old.replaced_by
    now, _ = verify_letter(
        spring / "reports" / "letters" / old_rubric(made, old.number) / f"{old.school}.pdf", spring
    )
    assert now is not None
    assert (now.verdict, now.number) == (Found.GENUINE, old.replaced_by)


def old_rubric(made: Made, number: str) -> str:
    with ledger_of(made.round("spring")) as ledger:
        return next(one.rubric for one in all_letters(ledger) if one.number == number)


@SEASONS
def test_rulings_of_all_kinds_and_papers_of_them(made: Made, season: str) -> None:
    with ledger_of(made.round(season)) as ledger:
        cases = proposal_cases(ledger)
    assert [case.number for case in cases] == list(range(1, len(cases) + 1))
    verdicts = Counter(case.ruling.verdict if case.ruling else None for case in cases)
    assert set(verdicts) == {*Verdict, None}
    assert all(
        case.ruling.reason
        for case in cases
        if case.ruling is not None and case.ruling.verdict is not Verdict.ACCEPTED
    )
    assert list((made.year.rounds[season] / "reports" / "问责").rglob("*.docx"))


@SEASONS
def test_items_are_numbered_without_gaps_and_the_book_adds_up(made: Made, season: str) -> None:
    of = made.round(season)
    with ledger_of(of) as ledger:
        cases, draws = all_cases(ledger), all_draws(ledger)
    assert [case.number for case in cases] == list(range(1, len(cases) + 1))
    verbs = {move.verb for case in cases for move in case.moves}
    assert verbs >= {Verb.REPORT, Verb.RETURN, Verb.CLOSE, Verb.EXTEND, Verb.DONE}
    assert verbs & {Verb.NOT_DONE, Verb.RELAPSE, Verb.FALSE}
    assert [one.number for one in draws] == [1]
    assert {case.item.source for case in cases} == {"督导", "信访", "巡察", "自查"}
    day = county().settings["seasons"][season]["cycle"]["closed"]
    stands = Counter(one.state for one in standings(cases, day))
    sheet = load_workbook(of.folder.reports / "整改台账.xlsx", read_only=True)["总览"]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[1], int)]
    assert rows[0][1] == sum(stands.values())
    assert rows[0][3] == stands[State.CLOSED]
    offices = [row for row in rows[1:] if row[0] in ("基础教育股", "体卫艺股", "党建办")]
    sums = [sum(int(str(row[at])) for row in offices) for at in range(1, 10)]
    assert sums == list(rows[0][1:10])


def test_autumn_looks_back_at_spring(made: Made) -> None:
    autumn = made.year.rounds["autumn"]
    rules = (autumn / "accountability.yaml").read_text(encoding="utf-8")
    assert "\nprevious: [../qinghe-2026-spring]\n" in rules
    codes = {one.code for one in made.problems}
    assert not codes & {"accountability-previous", "results-torn"}
    text = "".join(
        one.text for one in docx.Document(str(autumn / "reports" / "通报.docx")).paragraphs
    )
    assert "比上一轮好的" in text


def test_months_and_the_year_are_written(made: Made) -> None:
    for season, months in (("spring", ("5月", "6月")), ("autumn", ("11月", "12月"))):
        names = {path.name for path in (made.year.rounds[season] / "reports" / "月报").iterdir()}
        assert names >= {
            f"2026年{month}月报.{ending}" for month in months for ending in ("docx", "xlsx")
        }
    year = made.year.folder / YEAR
    assert len(list((year / "schools").glob("*.pdf"))) == 10
    assert made.year.year.pages == 10
    assert "month-late" not in {one.code for one in made.problems}


@SEASONS
def test_nobody_is_named_in_what_is_published(made: Made, season: str) -> None:
    reports = made.year.rounds[season] / "reports"
    people = {one.name for one in county().inspectors}
    book = load_workbook(reports / "整改台账（公开版）.xlsx", read_only=True)
    told = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    papers = [reports / "通报.docx", *(reports / "问责").rglob("*.docx")]
    # A school that is ordered to put things right is told who was there.
    for path in [path for path in papers if path.parent.name != "限期整改通知"]:
        document = docx.Document(str(path))
        told += [one.text for one in document.paragraphs]
        told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join(told)
    assert not [name for name in people if name in text]
    assert "老师（虚构）" not in text
