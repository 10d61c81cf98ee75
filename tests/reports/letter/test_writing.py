"""The letters of a round as files."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from inspections.folder import Folder
from inspections.round import Round
from inspections.school import Roster, School
from inspections.visit import Visit
from reports.letter import writing
from reports.letter.earlier import LIST
from reports.letter.naming import file_names
from reports.letter.subject import Letter
from reports.letter.writing import write_letters
from reports.type.blocks import Block
from rubrics.problems import Place
from scoring.rounds import score_round
from scoring.scores import Scores
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
    whole = writing.letter_blocks

    def failing(letter: Letter) -> list[Block]:
        if letter.score.school.id == "S03":
            raise ZeroDivisionError("oops")
        return whole(letter)

    monkeypatch.setattr(writing, "letter_blocks", failing)
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

    monkeypatch.setattr(writing, "write_whole", full)
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


def pictures(pdftotext: Path, path: Path) -> int:
    program = pdftotext.with_name("pdfimages")
    listed = subprocess.run([program, "-list", path], capture_output=True, text=True, check=True)
    return len(listed.stdout.splitlines()) - 2


def photographed(folder: Path, *places: str) -> None:
    for place in places:
        path = folder / "evidence" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (64, 48), "red").save(path)


def test_photographs_of_faults_are_shown_with_their_numbers(
    pdftotext: Path, tmp_path: Path
) -> None:
    changes = [replace(faulty(CANTEEN, name), evidence=(f"{name}.JPG",)) for name in ("C1", "C2")]
    scores, known = scored(CANTEEN, changes)
    photographed(tmp_path, "S01/c1.jpg", "青禾县第一小学/某夹/C2.jpg")
    (tmp_path / "evidence" / "C9.jpg").write_text("不是图片")
    assert write_letters(Folder(tmp_path), ROUND, scores, known) == []
    path = tmp_path / "reports/letters/canteen/青禾县第一小学.pdf"
    assert pictures(pdftotext, path) == 2
    text = subprocess.run([pdftotext, "-raw", path, "-"], capture_output=True, text=True).stdout
    for caption in ("佐证1：C1", "佐证2：C2"):
        assert caption in text.replace(" ", "")
    assert pictures(pdftotext, path.with_name("青禾县S02小学.pdf")) == 0


def test_a_photograph_whose_school_is_unsure_is_not_shown(pdftotext: Path, tmp_path: Path) -> None:
    """Cameras count from one: the only file called so may be the other school's."""
    wrong = replace(faulty(CANTEEN, "C1"), evidence=("IMG_0001.jpg",))
    other = School("S02", "青禾县第二小学", TRAITS)
    known = roster(SCHOOL, other)
    entered: list[Visit] = [
        *visits(CANTEEN, SCHOOL, 1.0, [wrong]),
        *visits(CANTEEN, other, 1.0, [wrong]),
    ]
    scores, _ = score_round(ROUND, {CANTEEN.id: CANTEEN}, known, (), entered)
    photographed(tmp_path, "IMG_0001.jpg")
    write_letters(Folder(tmp_path), ROUND, scores, known)
    letters = tmp_path / "reports/letters/canteen"
    assert [pictures(pdftotext, path) for path in sorted(letters.glob("*.pdf"))] == [0, 0]
    photographed(tmp_path, "S02/IMG_0001.jpg")
    write_letters(Folder(tmp_path), ROUND, scores, known)
    assert [pictures(pdftotext, path) for path in sorted(letters.glob("*.pdf"))] == [0, 1]


def test_a_damaged_photograph_is_a_problem_and_the_letter_is_written(tmp_path: Path) -> None:
    scores, known = scored(CANTEEN, [replace(faulty(CANTEEN, "C1"), evidence=("a.jpg",))])
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "a.jpg").write_bytes(b"\xff\xd8\xff no")
    problems = write_letters(Folder(tmp_path), ROUND, scores, known)
    assert [item.code for item in problems] == ["picture-unreadable"]
    assert len(written(tmp_path / "reports")) == 4
