"""Names as inspectors type them, and the files that they mean."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inspections.evidence.looking import EvidenceFile
from inspections.evidence.typed_names import Outcome, Shelf, matches
from inspections.records.entries import read_names

FOUND, PAPER, MISSING = Outcome.FOUND, Outcome.PAPER, Outcome.MISSING
UNCLEAR, OUTSIDE = Outcome.UNCLEAR, Outcome.OUTSIDE


def shelf(*names: str) -> Shelf:
    """Files of one school; those of one content have one digest, written ``name=content``."""
    made = []
    for name in names:
        path, _, content = name.partition("=")
        made.append(EvidenceFile(f"evidence/S1/{path}", content or path))
    return Shelf(made)


def meant(typed: str, *names: str) -> list[tuple[str, list[str]]]:
    found = [match for name in read_names(typed) for match in matches(name, shelf(*names))]
    return [
        (m.outcome.value, [f.path.removeprefix("evidence/S1/") for f in m.files]) for m in found
    ]


ONE = [
    ("IMG_1.jpg", "IMG_1.jpg"),
    ("img_1.JPG", "IMG_1.jpg"),
    ("IMG_1", "IMG_1.jpg"),
    ("ＩＭＧ＿１．ｊｐｇ", "IMG_1.jpg"),
    ("IMG_1。jpg", "IMG_1.jpg"),
    (" IMG_1.jpg ", "IMG_1.jpg"),
    ("《留样.jpg》", "留样.jpg"),
    ("【A3】灶台.jpg", "【A3】灶台.jpg"),
    ("“留样.jpg”", "留样.jpg"),
    ("C5  留样.png", "C5 留样.png"),
    ("留样（1）.jpg", "留样(1).jpg"),
    ("IMG_1.heic", "IMG_1.jpg"),
    ("IMG_1.jpeg", "IMG_1.jpg"),
    ("é.jpg", "e\u0301.jpg"),
    ("二楼/a.jpg", "二楼/a.jpg"),
    ("evidence\\s1\\二楼\\a.jpg", "二楼/a.jpg"),
    ("./a.jpg", "a.jpg"),
    ("IMG_1-3.jpg", "IMG_1-3.jpg"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "file"), ONE)
def test_one_file_is_meant(typed: str, file: str) -> None:
    assert meant(typed, file, "别的.jpg") == [("found", [file])]


MANY = [
    ("a.jpg、b.jpg，c.jpg", ["a.jpg", "b.jpg", "c.jpg"]),
    ("a.jpg b.jpg", ["a.jpg", "b.jpg"]),
    ("a.jpg和b.PNG", ["a.jpg", "b.png"]),
    ("a.jpg\nb.jpg", ["a.jpg", "b.jpg"]),
    ("IMG_1-3.jpg", ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"]),
    ("IMG_009～011.jpg", ["IMG_009.jpg", "IMG_010.jpg", "IMG_011.jpg"]),
    ("IMG_8至IMG_10.jpg", ["IMG_8.jpg", "IMG_9.jpg", "IMG_10.jpg"]),
    ("IMG_8.jpg—IMG_9.jpg", ["IMG_8.jpg", "IMG_9.jpg"]),
    ("a-1-2.jpg", ["a-1.jpg", "a-2.jpg"]),
]


@pytest.mark.parametrize(("typed", "files"), MANY)
def test_several_files_are_meant(typed: str, files: list[str]) -> None:
    assert meant(typed, *files) == [("found", [file]) for file in files]


def test_of_a_range_what_is_not_there_is_missing() -> None:
    assert meant("IMG_1-3.jpg", "IMG_1.jpg", "IMG_3.jpg") == [
        ("found", ["IMG_1.jpg"]), ("missing", []), ("found", ["IMG_3.jpg"]),
    ]  # fmt: skip


OTHER = [
    ("询问笔录第3号", [], "paper"),
    ("会议记录 3.15", [], "paper"),
    ("照片3张", [], "paper"),
    ("IMG_1.jpg", [], "missing"),
    ("IMG_1.jpg", ["IMG_11.jpg", "MG_1.jpg"], "missing"),
    ("IMG_20261012-083015.jpg", [], "missing"),
    ("IMG_1-900.jpg", ["IMG_1.jpg"], "missing"),
    ("通知.pdf", ["通知.jpg"], "missing"),
    ("通知.jpg", ["通知.pdf"], "missing"),
    ("二楼/a.jpg", ["三楼/a.jpg"], "missing"),
    ("S2/a.jpg", ["a.jpg"], "missing"),
    ("a.jpg", ["二楼/a.jpg", "三楼/a.jpg"], "unclear"),
    ("a", ["a.jpg", "a.png"], "unclear"),
    ("a.heic", ["a.jpg", "a.png"], "unclear"),
    ("../S2/a.jpg", ["a.jpg"], "outside"),
    ("..\\a.jpg", ["a.jpg"], "outside"),
    ("/etc/passwd", [], "outside"),
    ("C:\\照片\\a.jpg", ["a.jpg"], "outside"),
    ("\\\\server\\a.jpg", ["a.jpg"], "outside"),
    ("..", [], "outside"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "files", "outcome"), OTHER)
def test_nothing_is_guessed(typed: str, files: list[str], outcome: str) -> None:
    assert [found for found, _ in meant(typed, *files)] == [outcome]


def test_two_copies_of_one_file_are_one() -> None:
    assert meant("a.jpg", "二楼/a.jpg=x", "三楼/a.jpg=x") == [("found", ["二楼/a.jpg"])]


def test_the_own_ending_goes_before_another() -> None:
    assert meant("a.jpg", "a.jpg", "a.png") == [("found", ["a.jpg"])]


NAMES = st.text(
    st.characters(codec="utf-8", categories=["L", "N"], max_codepoint=0x9FFF),
    min_size=1,
    max_size=12,
)
SPELLINGS = [
    lambda name: name,
    str.upper,
    lambda name: f"  {name} ",
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
]


@given(NAMES, st.sampled_from(["jpg", "png", "pdf"]), st.sampled_from(range(len(SPELLINGS))))
def test_any_name_is_found_in_any_spelling(stem: str, ending: str, how: int) -> None:
    name = f"{stem}.{ending}"
    assume(name.upper().casefold() == name.casefold())  # but for a few Turkish letters
    (found,) = matches(SPELLINGS[how](name), shelf(name, "别的那一张.jpg"))
    assert (found.outcome, [item.name for item in found.files]) == (FOUND, [name])


@given(st.text(max_size=30), st.lists(NAMES.map(lambda name: f"{name}.jpg"), max_size=4))
def test_whatever_is_typed_gets_an_answer_and_no_file_of_another_name(
    typed: str, names: list[str]
) -> None:
    for match in matches(typed, shelf(*names)):
        if match.outcome is FOUND:
            stems = {unicodedata.normalize("NFKC", f.name).casefold()[:-4] for f in match.files}
            spelled = unicodedata.normalize("NFKC", match.name).casefold()
            assert all(" ".join(stem.split()) in " ".join(spelled.split()) for stem in stems)
        if match.outcome in (PAPER, MISSING, OUTSIDE):
            assert match.files == ()
