"""The letters of a round as files."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inspections.round import own_files
from inspections.round.folder import Folder
from inspections.round.own_files import LIST
from inspections.round.round import Round
from inspections.round.school import Roster, School
from reports.letter import writing
from reports.letter.binding import write_bundles
from reports.letter.content import LetterParts
from reports.letter.naming import file_names
from reports.letter.on_demand import ALL_LETTERS
from reports.letter.subject import Letter
from reports.letter.writing import write_letters
from rubrics.messages.problems import Place
from scoring.results.rounds import score_round
from scoring.results.scores import Scores
from tests.reports.letter.inspected import (
    ROUND,
    SCHOOL,
    TRAITS,
    faulty,
    roster,
    rubric,
    scored,
    visits,
)

CANTEEN = rubric("canteen")
Made = tuple[Round, Scores, Roster]


@pytest.fixture(scope="module")
def county() -> Made:
    """Four schools that were visited; the first has a fault with a photograph."""
    return (ROUND, *scored(CANTEEN, [faulty(CANTEEN, "C1")]))


def written(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != LIST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_one_file_a_school_and_rubric(county: Made, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    problems = write_letters(
        Folder(tmp_path), *county, progress=lambda done, due: told.append((done, due))
    )
    assert problems == []
    names = [f"青禾县{name}小学.pdf" for name in ("S02", "S03", "S04", "第一")]
    assert sorted(written(tmp_path)) == [f"reports/letters/canteen/{name}" for name in names]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_schools_without_a_visit_get_no_letter(tmp_path: Path) -> None:
    absent = School("S02", "青禾县第二小学", TRAITS)
    outside = School("S03", "青禾县第三小学", TRAITS | {"食堂经营方式": "无"})
    known = roster(SCHOOL, absent, outside)
    scores, _ = score_round(ROUND, {CANTEEN.id: CANTEEN}, known, (), visits(CANTEEN, SCHOOL, 1.0))
    assert write_letters(Folder(tmp_path), ROUND, scores, known) == []
    assert list(written(tmp_path)) == ["reports/letters/canteen/青禾县第一小学.pdf"]


def test_letters_of_one_school_are_written_and_no_other_is_touched(
    county: Made, tmp_path: Path
) -> None:
    folder = Folder(tmp_path)
    write_letters(folder, *county, schools=["S02"])
    assert list(written(tmp_path)) == ["reports/letters/canteen/青禾县S02小学.pdf"]
    write_letters(folder, *county)
    before = written(tmp_path)
    write_letters(folder, *county, schools=["S03"])
    assert written(tmp_path) == before
    assert len(before) == 4


def test_letters_are_bound_for_print_each_on_a_sheet_of_its_own(
    county: Made, tmp_path: Path, pages: Callable[[bytes], list[str]]
) -> None:
    folder = Folder(tmp_path)
    write_letters(folder, *county)
    single = {Path(name).name: pages(pdf) for name, pdf in written(tmp_path).items()}
    assert write_bundles(folder, *county, envelopes=True, together=True) == []
    bound = tmp_path / "reports" / "envelopes"
    assert sorted(written(bound)) == sorted([*single, ALL_LETTERS])
    for name, own in single.items():
        assert pages((bound / name).read_bytes()) == own
    whole = pages((bound / ALL_LETTERS).read_bytes())
    assert [page for page in whole if page] == [
        page for name in sorted(single, key=first) for page in single[name]
    ]
    at = [number for number, page in enumerate(whole) if "编号：" in page]
    assert [number % 2 for number in at] == [0] * 4
    write_bundles(folder, *county, together=True)
    assert list(written(bound)) == [ALL_LETTERS]


def first(name: str) -> bool:
    """The school of the fixture stands before the others in the roster."""
    return "第一" not in name


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_processes_writes_the_same_bytes(
    county: Made, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_MANY", 2)
    write_letters(Folder(tmp_path / "a"), *county)
    write_letters(Folder(tmp_path / "b"), *county, workers=workers)
    assert written(tmp_path / "a") == written(tmp_path / "b")


def test_a_character_without_a_glyph_is_named_where_it_was_typed(tmp_path: Path) -> None:
    changes = [replace(faulty(CANTEEN, "C1"), fault="墙上写着\U000e0123\ue000字")]
    scores, known = scored(CANTEEN, changes, school=replace(SCHOOL, name="青禾县\ue001小学"))
    problems = write_letters(Folder(tmp_path), ROUND, scores, known)
    assert [(item.code, item.place) for item in problems] == [
        ("glyph-missing", Place("roster/schools.xlsx", "", "S01")),
        ("glyph-missing", Place("returned/甲.xlsx", "青禾县第一小学", "J2")),
    ]
    assert "U+E001" in problems[0].message
    assert "U+E000" in problems[1].message
    assert len(written(tmp_path)) == 4


def test_a_bureau_s_own_unprintable_title_is_named_once_a_letter(
    county: Made, tmp_path: Path
) -> None:
    settings = ROUND.model_copy(update={"title": "督导\ue002检查"})
    problems = write_letters(Folder(tmp_path), settings, *county[1:])
    assert {item.place.file for item in problems} == set(written(tmp_path))
    assert len(problems) == 4


def test_one_letter_that_fails_costs_no_other(
    county: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = writing.LetterParts

    def failing(letter: Letter) -> LetterParts:
        if letter.score.school.id == "S03":
            raise ZeroDivisionError("oops")
        return whole(letter)

    monkeypatch.setattr(writing, "LetterParts", failing)
    (problem,) = write_letters(Folder(tmp_path), *county)
    assert problem.code == "letter-failed"
    assert problem.place == Place("reports/letters/canteen/青禾县S03小学.pdf")
    assert "青禾县S03小学" in problem.message
    assert "ZeroDivisionError: oops" in problem.message
    assert len(written(tmp_path)) == 3


def test_a_letter_whose_place_is_taken_costs_no_other(county: Made, tmp_path: Path) -> None:
    (tmp_path / "reports/letters/canteen/青禾县S02小学.pdf").mkdir(parents=True)
    (problem,) = write_letters(Folder(tmp_path), *county)
    assert (problem.code, problem.place.file) == (
        "output-locked",
        "reports/letters/canteen/青禾县S02小学.pdf",
    )
    assert problem.message.startswith("reports/letters/canteen/青禾县S02小学.pdf 写不进去：")
    assert "同名的文件夹" in problem.message
    assert len(written(tmp_path)) == 3


def test_a_full_disk_is_not_hidden(
    county: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, name: str) -> tuple[()]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(own_files, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        write_letters(Folder(tmp_path), *county)


def test_file_names_are_safe_and_tell_namesakes_apart() -> None:
    names = ["一/小:学?", "CON", "..", "甲" * 200, "同名小学", "同名小学", "abc ", "ABC"]
    found = file_names(School(f"K{n}", name) for n, name in enumerate(names))
    assert found == {
        "K0": "一_小_学_.pdf",
        "K1": "_CON.pdf",
        "K2": "K2.pdf",
        "K3": f"{'甲' * 66}.pdf",
        "K4": "同名小学（K4）.pdf",
        "K5": "同名小学（K5）.pdf",
        "K6": "abc（K6）.pdf",
        "K7": "ABC（K7）.pdf",
    }
    assert all(len(os.fsencode(name)) <= 255 for name in found.values())
