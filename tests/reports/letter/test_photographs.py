"""Photographs in letters: those that were bound, scaled down, without a word of the camera."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pytest
from PIL import Image

from inspections.records.record import Observation, Proof
from inspections.round.folder import Folder
from reports.letter.writing import write_letters
from rubrics.messages.problems import Problem
from tests.inspections.evidence.photographs import hundred_megapixels, photograph
from tests.reports.archive.conformance import faults
from tests.reports.letter.inspected import ROUND, faulty, observation, rubric, scored

CANTEEN = rubric("canteen")
TAKEN = datetime(2026, 10, 20, 9, 30)


def shown(folder: Path, *changes: Observation, of: str = "canteen") -> tuple[Path, list[Problem]]:
    """Writes the letters of four schools; returns the first school's, and what went wrong."""
    scores, known = scored(rubric(of), list(changes))
    problems = write_letters(Folder(folder), ROUND, scores, known)
    return folder / "reports/letters" / of / "青禾县第一小学.pdf", problems


def proof(folder: Path, place: str, part: str = "") -> Proof:
    path = folder / place
    data = ZipFile(path).read(part) if part else path.read_bytes()
    return Proof(path.name, place, sha256(data).hexdigest(), part, True)


def proven(folder: Path, owner: str, *places: str) -> Observation:
    held = tuple(proof(folder, f"evidence/{place}") for place in places)
    names = tuple(item.name for item in held)
    return replace(faulty(CANTEEN, owner), evidence=names, proof=held)


def printed(path: Path) -> list[Image.Image]:
    return [
        item.image for page in pypdf.PdfReader(path).pages for item in page.images if item.image
    ]


def codes(problems: list[Problem]) -> list[str]:
    return [item.code for item in problems]


def test_photographs_of_faults_are_shown_with_their_numbers(
    pdftotext: Path, tmp_path: Path
) -> None:
    for name in ("C1", "C2"):
        photograph(tmp_path / "evidence" / "S01" / f"{name}.jpg", ord(name[1]))
    changes = [proven(tmp_path, name, f"S01/{name}.jpg") for name in ("C1", "C2")]
    path, problems = shown(tmp_path, *changes)
    assert problems == []
    assert len(printed(path)) == 2
    text = subprocess.run([pdftotext, "-raw", path, "-"], capture_output=True, text=True).stdout
    for caption in ("佐证1：C1", "佐证2：C2"):
        assert caption in text.replace(" ", "")
    assert printed(path.with_name("青禾县S02小学.pdf")) == []
    assert faults(path.read_bytes()) == []


def test_a_photograph_of_two_faults_is_shown_once(tmp_path: Path) -> None:
    photograph(tmp_path / "evidence" / "S01" / "a.jpg")
    photograph(tmp_path / "evidence" / "S01" / "b.jpg")  # the same picture
    path, _ = shown(
        tmp_path, proven(tmp_path, "C1", "S01/a.jpg"), proven(tmp_path, "C2", "S01/b.jpg")
    )
    assert len(printed(path)) == 1


def test_a_name_alone_shows_nothing(tmp_path: Path) -> None:
    photograph(tmp_path / "evidence" / "S01" / "a.jpg")
    path, problems = shown(tmp_path, replace(faulty(CANTEEN, "C1"), evidence=("a.jpg",)))
    assert (printed(path), problems) == ([], [])


def test_a_letter_does_not_say_where_or_when_a_photograph_was_taken(
    pdftotext: Path, tmp_path: Path
) -> None:
    source = photograph(
        tmp_path / "evidence" / "S01" / "a.jpg", 3, TAKEN, (2400, 1800),
        comment=b"CommentOfTheCamera", xmp=b"<x:xmpmeta>GPSLatitude</x:xmpmeta>",
    )  # fmt: skip
    whole = source.read_bytes()
    marks = [b"CameraMaker", b"Exif", b"CommentOfTheCamera", b"GPSLatitude", b"2026:10:20"]
    assert all(mark in whole for mark in marks)
    assert Image.open(source).getexif().get_ifd(0x8825)
    path, problems = shown(tmp_path, proven(tmp_path, "C1", "S01/a.jpg"))
    assert problems == []
    program = pdftotext.with_name("pdfimages")
    subprocess.run([program, "-all", path, tmp_path / "out"], check=True)
    (out,) = tmp_path.glob("out*")
    assert out.suffix == ".jpg"
    again = Image.open(out)
    assert again.size == (1240, 930)
    assert not again.getexif() and not {"comment", "exif", "xmp"} & again.info.keys()
    (inside,) = [item.data for page in pypdf.PdfReader(path).pages for item in page.images]
    for data in (out.read_bytes(), inside, path.read_bytes()):
        assert not any(mark in data for mark in marks)


def test_what_was_said_in_confidence_has_no_photograph(tmp_path: Path) -> None:
    party = rubric("party")
    photograph(tmp_path / "evidence" / "S01" / "笔录.jpg")
    held = proof(tmp_path, "evidence/S01/笔录.jpg")
    secret = replace(
        observation(party, "G1", tmp_path and scored(party)[1].schools["S01"], 0.2),
        fault="有人反映",
        evidence=(held.name,),
        proof=(held,),
    )
    path, _ = shown(tmp_path, secret, of="party")
    assert printed(path) == []


def test_a_picture_of_the_workbook_is_shown(tmp_path: Path) -> None:
    picture = BytesIO()
    Image.new("RGB", (64, 48), "green").save(picture, "PNG")
    book = tmp_path / "returned" / "表.xlsx"
    book.parent.mkdir()
    with ZipFile(book, "w") as parts:
        parts.writestr("xl/media/image1.png", picture.getvalue())
    held = proof(tmp_path, "returned/表.xlsx", "xl/media/image1.png")
    seen = replace(faulty(CANTEEN, "C1"), evidence=(held.name,), proof=(held,))
    path, problems = shown(tmp_path, seen)
    assert problems == []
    (image,) = printed(path)
    red, green, blue = image.convert("RGB").getpixel((30, 20))  # type: ignore[misc]
    assert green > red + 90 and green > blue + 90
    book.write_bytes(b"PK no more")
    assert codes(shown(tmp_path, seen)[1]) == ["picture-unreadable"]


def test_a_photograph_that_is_another_now_is_not_shown(tmp_path: Path) -> None:
    source = photograph(tmp_path / "evidence" / "S01" / "a.jpg")
    seen = proven(tmp_path, "C1", "S01/a.jpg")
    photograph(source, 9)
    path, problems = shown(tmp_path, seen)
    assert (printed(path), codes(problems)) == ([], ["picture-changed"])
    assert problems[0].place.file == "evidence/S01/a.jpg"
    source.unlink()
    path, problems = shown(tmp_path, seen)
    assert (printed(path), codes(problems)) == ([], ["picture-unreadable"])


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links need rights on Windows")
def test_a_link_that_took_its_place_is_not_followed(tmp_path: Path) -> None:
    source = photograph(tmp_path / "evidence" / "S01" / "a.jpg")
    seen = proven(tmp_path, "C1", "S01/a.jpg")
    source.rename(tmp_path / "elsewhere.jpg")
    source.symlink_to(tmp_path / "elsewhere.jpg")
    path, problems = shown(tmp_path, seen)
    assert (printed(path), codes(problems)) == ([], ["picture-unreadable"])


def test_a_damaged_photograph_is_a_problem_and_the_letter_is_written(tmp_path: Path) -> None:
    source = tmp_path / "evidence" / "S01" / "a.jpg"
    source.parent.mkdir(parents=True)
    source.write_bytes(b"\xff\xd8\xff no")
    path, problems = shown(tmp_path, proven(tmp_path, "C1", "S01/a.jpg"))
    assert codes(problems) == ["picture-unreadable"]
    assert path.is_file()


MEASURED = """
import sys
from pathlib import Path
from reports.type.pictures import picture
def most():  # getrusage would begin with what the parent has taken
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])
before = most()
made, problems = picture(Path(sys.argv[1]))
grown = most() - before
print(made and (made.width, made.height), [item.code for item in problems], grown, sep=";")
"""


def measured(path: Path) -> tuple[str, str, int]:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True
    )
    size, problems, grown = done.stdout.strip().split(";")
    return size, problems, int(grown)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in kilobytes on Linux")
def test_a_hundred_megapixels_are_shown_for_the_price_of_a_thumbnail(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(hundred_megapixels())
    size, problems, grown = measured(path)
    assert (size, problems) == ("(1240, 1240)", "[]")
    assert grown < 60_000, grown  # read whole, it would be 100,000 and more


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in kilobytes on Linux")
@pytest.mark.parametrize("how", ["png", "progressive"])
def test_what_can_only_be_read_whole_is_refused_when_it_is_large(tmp_path: Path, how: str) -> None:
    path = tmp_path / ("a.png" if how == "png" else "a.jpg")
    options = {} if how == "png" else {"progressive": True}
    Image.new("L", (10_000, 10_000)).save(path, **options)
    size, problems, grown = measured(path)
    assert (size, problems) == ("None", "['picture-unreadable']")
    assert grown < 20_000, grown
