"""A letter is drawn again when anything has changed of which it is drawn, and only then."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pylopdf_fonts_zh_cn import sans_path, serif_path

import reports.type
from inspections.records.record import Observation
from inspections.round.folder import Folder
from inspections.round.own_files import LIST
from reports.letter import drawing, origin, writing
from rubrics.messages.problems import Problem
from tests.inspections.evidence.photographs import photograph
from tests.reports.letter.inspected import ROUND, faulty, rubric, scored
from tests.reports.letter.test_photographs import proof

CANTEEN = rubric("canteen")
PHOTO = "evidence/S01/1.jpg"
FIRST = "canteen/青禾县第一小学.pdf"
ALL = {FIRST, *(f"canteen/青禾县S0{number}小学.pdf" for number in (2, 3, 4))}


class County:
    """Four schools; the first has a fault with a photograph. Tells which letters are drawn."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = root
        photograph(root / PHOTO)
        self.settings, self.fonts = ROUND, None
        self.scores, self.known = scored(CANTEEN, [self.fault()])
        self.drawn = 0
        typeset = drawing.typeset

        def counted(*given: Any) -> bytes:
            self.drawn += 1
            return typeset(*given)

        patch.setattr(drawing, "typeset", counted)

    def fault(self, **changes: Any) -> Observation:
        held = proof(self.root, PHOTO)
        made = replace(faulty(CANTEEN, "C1"), evidence=(held.name,), proof=(held,))
        return replace(made, **changes)

    def write(self) -> list[Problem]:
        self.drawn = 0
        return writing.write_letters(
            Folder(self.root), self.settings, self.scores, self.known, fonts=self.fonts
        )

    def letters(self) -> dict[str, bytes]:
        folder = self.root / "reports" / "letters"
        return {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("*/*")
        }


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    made = County(tmp_path, monkeypatch)
    assert made.write() == []
    assert made.drawn == 4
    return made


def written(path: Path) -> tuple[int, int, int]:
    """Which file it is, and when it was written; that it was read is no change."""
    held = path.stat()
    return held.st_ino, held.st_mtime_ns, held.st_ctime_ns


def test_nothing_is_drawn_where_nothing_has_changed(county: County) -> None:
    before = county.letters()
    assert before.keys() == ALL
    stamps = {path: written(path) for path in county.root.rglob("reports/letters/**/*.*")}
    told = county.write()
    assert (told, county.drawn, county.letters()) == ([], 0, before)
    assert {path: written(path) for path in stamps} == stamps
    # The scores may be others with the same content.
    county.scores, county.known = scored(CANTEEN, [county.fault()])
    assert (county.write(), county.drawn) == ([], 0)


def _title(county: County) -> None:
    county.settings = ROUND.model_copy(update={"title": "另一次检查"})


def _day(county: County) -> None:
    letters = ROUND.letters.model_copy(update={"day": date(2026, 11, 17)})
    county.settings = ROUND.model_copy(update={"letters": letters})


def _fact(county: County) -> None:
    county.scores, county.known = scored(CANTEEN, [county.fault(fault="灶台有油污")])


def _score(county: County) -> None:
    county.scores, county.known = scored(CANTEEN, [])


def _photograph(county: County) -> None:
    photograph(county.root / PHOTO, 9)
    county.scores, county.known = scored(CANTEEN, [county.fault()])


def _library(county: County, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(origin, "library_version", lambda name: "99")


def _typesetting(county: County, patch: pytest.MonkeyPatch) -> None:
    own = county.root / "type"
    own.mkdir()
    (own / "ink.py").write_text("'''draws otherwise'''")
    patch.setattr(reports.type, "__path__", [str(own)])


def _fonts(county: County) -> None:
    county.fonts = county.root / "fonts"
    county.fonts.mkdir()
    (county.fonts / "仿宋.otf").write_bytes(Path(sans_path()).read_bytes())


@pytest.mark.parametrize("change", [_title, _day, _fonts])
def test_what_all_letters_follow_from(county: County, change: Callable[[County], None]) -> None:
    before = county.letters()
    change(county)
    county.write()
    assert county.drawn == 4
    after = county.letters()
    assert after.keys() == ALL
    assert all(after[name] != before[name] for name in ALL)
    county.write()
    assert county.drawn == 0


@pytest.mark.parametrize("change", [_library, _typesetting])
def test_another_program_draws_anew(
    county: County,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[County, pytest.MonkeyPatch], None],
) -> None:
    change(county, monkeypatch)
    assert (county.write(), county.drawn) == ([], 4)
    assert (county.write(), county.drawn) == ([], 0)


def test_another_font_in_the_same_folder_draws_anew(county: County) -> None:
    _fonts(county)
    assert county.fonts is not None
    county.write()
    (county.fonts / "仿宋.otf").unlink()
    (county.fonts / "仿宋.otf").write_bytes(Path(serif_path()).read_bytes())
    county.write()
    assert county.drawn == 4


@pytest.mark.parametrize(
    ("change", "drawn"),
    # What one school loses moves the medians that the others are compared with.
    [(_fact, 1), (_photograph, 1), (_score, 4)],
)
def test_what_one_letter_follows_from(
    county: County, change: Callable[[County], None], drawn: int
) -> None:
    before = county.letters()
    change(county)
    assert (county.write(), county.drawn) == ([], drawn)
    after = county.letters()
    assert {name for name in ALL if after[name] != before[name]} == (ALL if drawn > 1 else {FIRST})


def test_an_exchanged_photograph_is_told_in_every_run(county: County) -> None:
    data = bytearray((county.root / PHOTO).read_bytes())
    data[-3] ^= 1
    (county.root / PHOTO).write_bytes(data)
    for _ in range(2):
        assert [item.code for item in county.write()] == ["picture-changed"]
        assert county.drawn == 1
    (county.root / PHOTO).unlink()
    for _ in range(2):
        assert [item.code for item in county.write()] == ["picture-unreadable"]
        assert county.drawn == 1
    photograph(county.root / PHOTO)
    assert (county.write(), county.drawn) == ([], 1)
    assert (county.write(), county.drawn) == ([], 0)


def test_a_letter_that_somebody_changed_or_took_is_drawn_again(county: County) -> None:
    before = county.letters()
    folder = county.root / "reports" / "letters"
    kept = (folder / FIRST).stat()
    (folder / FIRST).write_bytes(before[FIRST][:-1] + b"x")
    os.utime(folder / FIRST, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    (folder / "canteen/青禾县S02小学.pdf").unlink()
    assert (county.write(), county.drawn, county.letters()) == ([], 2, before)


def test_a_glyph_that_is_missing_is_told_in_every_run(county: County) -> None:
    county.scores, _ = scored(CANTEEN, [county.fault(fault="墙上写着\ue000字")])
    for _ in range(2):
        assert [item.code for item in county.write()] == ["glyph-missing"]
        assert county.drawn == 1


def test_a_list_that_an_earlier_version_left_is_understood(county: County) -> None:
    path = county.root / "reports" / "letters" / LIST
    lines = path.read_text("utf-8").splitlines()
    path.write_text("".join(f"{line.partition(chr(9))[0]}\n" for line in lines), "utf-8")
    before, now = county.letters(), path.read_bytes()
    schools = tuple(
        replace(score, visits=()) if score.school.id == "S03" else score
        for score in county.scores.rubrics["canteen"].schools
    )
    county.scores = replace(
        county.scores,
        rubrics={"canteen": replace(county.scores.rubrics["canteen"], schools=schools)},
    )
    assert ([one.code for one in county.write()], county.drawn) == (["letters-removed"], 3)
    gone = "canteen/青禾县S03小学.pdf"
    assert county.letters() == {name: data for name, data in before.items() if name != gone}
    assert now != path.read_bytes()
    assert (county.write(), county.drawn) == ([], 0)
