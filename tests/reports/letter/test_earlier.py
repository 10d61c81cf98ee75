"""Letters of earlier runs go when their school gets none; nobody else's file ever does."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from inspections.round.folder import Folder
from inspections.round.own_files import LIST, own_files
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.letter.earlier import clear_away
from reports.letter.writing import write_letters
from scoring.results.scores import RubricScores, Scores
from tests.reports.letter.inspected import ROUND, rubric, scored

CANTEEN = rubric("canteen")
Made = tuple[Round, Scores, Roster]


@pytest.fixture(scope="module")
def county() -> Made:
    return (ROUND, *scored(CANTEEN))


def without(county: Made, *codes: str) -> Made:
    """The same county, where nobody visited these schools."""
    of, scores, known = county
    schools = tuple(
        replace(score, visits=()) if score.school.id in codes else score
        for score in scores.rubrics["canteen"].schools
    )
    return of, Scores({"canteen": RubricScores(CANTEEN, schools)}), known


def there(folder: Path) -> set[str]:
    letters = folder / "reports" / "letters"
    return {
        path.relative_to(letters).as_posix() for path in letters.rglob("*") if path.is_file()
    } - {LIST}


def letter(code: str) -> str:
    return f"canteen/青禾县{code}小学.pdf"


ALL = {letter(code) for code in ("第一", "S02", "S03", "S04")}


def test_a_letter_goes_when_its_school_gets_none(county: Made, tmp_path: Path) -> None:
    write_letters(Folder(tmp_path), *county)
    assert there(tmp_path) == ALL
    (told,) = write_letters(Folder(tmp_path), *without(county, "S03"))
    assert (told.code, told.place.file) == ("letters-removed", "reports/letters")
    assert "青禾县S03小学" in told.message
    assert there(tmp_path) == ALL - {letter("S03")}
    assert write_letters(Folder(tmp_path), *without(county, "S03")) == []
    everyone = ("S01", "S02", "S03", "S04")
    (told,) = write_letters(Folder(tmp_path), *without(county, *everyone))
    assert (told.code, "3 份" in told.message) == ("letters-removed", True)
    assert list((tmp_path / "reports" / "letters").iterdir()) == []


def test_what_others_put_there_or_changed_stays(county: Made, tmp_path: Path) -> None:
    write_letters(Folder(tmp_path), *county)
    letters = tmp_path / "reports" / "letters"
    stranger = letters / "canteen" / "青禾县第九小学.pdf"
    copy = letters / "canteen" / "青禾县S03小学（盖章）.pdf"
    copy.write_bytes((letters / letter("S03")).read_bytes())
    stranger.write_bytes(b"scan")
    (letters / letter("S04")).write_bytes(b"signed")
    told = write_letters(Folder(tmp_path), *without(county, "S03", "S04"))
    assert [(item.code, item.place.file) for item in told] == [
        ("letter-left-over", f"reports/letters/{letter('S04')}"),
        ("letters-removed", "reports/letters"),
    ]
    assert write_letters(Folder(tmp_path), *without(county, "S03", "S04")) == []
    left = {letter("第一"), letter("S02"), letter("S04")}
    assert there(tmp_path) == left | {f"canteen/{stranger.name}", f"canteen/{copy.name}"}


def test_without_a_list_nothing_goes(county: Made, tmp_path: Path) -> None:
    write_letters(Folder(tmp_path), *county)
    path = tmp_path / "reports" / "letters" / LIST
    path.write_bytes(b"\xff\xfe no list")
    assert write_letters(Folder(tmp_path), *without(county, "S03")) == []
    assert there(tmp_path) == ALL


def test_a_list_cannot_point_elsewhere(tmp_path: Path) -> None:
    letters = tmp_path / "reports" / "letters"
    letters.mkdir(parents=True)
    outside = tmp_path / "reports" / "a.pdf"
    outside.write_bytes(b"mine")
    digest = sha256(b"mine").hexdigest()
    lines = ("../a.pdf", "../../reports/a.pdf", str(outside), "canteen/../../a.pdf")
    (letters / LIST).write_text("".join(f"{digest}  {line}\n" for line in lines))
    assert clear_away(own_files(Folder(tmp_path), letters), {}, ()) == []
    assert outside.read_bytes() == b"mine"


def test_a_letter_that_is_open_is_told_and_goes_with_the_next_run(
    county: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_letters(Folder(tmp_path), *county)
    path = tmp_path / "reports" / "letters" / letter("S02")

    def held(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        (problem,) = write_letters(Folder(tmp_path), *without(county, "S02"))
    assert (problem.code, problem.place.file) == (
        "output-locked",
        f"reports/letters/{letter('S02')}",
    )
    assert path.exists()
    (told,) = write_letters(Folder(tmp_path), *without(county, "S02"))
    assert told.code == "letters-removed"
    assert not path.exists()


def test_the_list_is_the_same_in_every_run(county: Made, tmp_path: Path) -> None:
    first = tmp_path / "a"
    other = tmp_path / "b"
    write_letters(Folder(first), *county)
    write_letters(Folder(other), *without(county, "S02"))
    write_letters(Folder(other), *county)
    lists = [(folder / "reports" / "letters" / LIST).read_bytes() for folder in (first, other)]
    assert lists[0] == lists[1]
    assert lists[0].decode().splitlines() == sorted(
        lists[0].decode().splitlines(), key=lambda x: x[66:]
    )
