"""Lists of what is ours in a folder, and notes of what is about to be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.round.folder import Folder
from inspections.round.own_files import LIST, NOTES, Written, note, noted, own_files

A, B = "a" * 64, "b" * 64


def test_what_was_noted_is_told_until_it_is_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "marked"
    assert noted(folder) == {}
    note(folder, "一组/甲.xlsx", A)
    note(folder, "一组/甲.xlsx", B)
    note(folder, "乙.xlsx", A)
    assert noted(folder) == {"一组/甲.xlsx": {A, B}, "乙.xlsx": {A}}
    assert own_files(Folder(tmp_path), folder).end({}) == []
    assert noted(folder) == {}
    assert list(folder.iterdir()) == []


def test_a_note_cut_short_costs_no_other(tmp_path: Path) -> None:
    note(tmp_path, "甲.xlsx", A)
    whole = (tmp_path / NOTES).read_bytes()
    for length in range(len(whole)):
        (tmp_path / NOTES).write_bytes(whole[:length])
        note(tmp_path, "乙.xlsx", B)
        assert noted(tmp_path)["乙.xlsx"] == {B}
        # Cut within the name, it is another name; a digest is never another.
        assert set().union(*noted(tmp_path).values()) <= {A, B}


def test_notes_lead_nowhere_else(tmp_path: Path) -> None:
    for name in ("../round.yaml", "/etc/passwd", "a/../../b"):
        note(tmp_path, name, A)
    assert noted(tmp_path) == {}


def test_names_of_any_kind_come_back_from_the_list(tmp_path: Path) -> None:
    names = [
        "甲.xlsx",
        "a\tb",
        "a\\tb",
        "行\u2028段\x85",
        "两行\n的名字",
        "空 格  ",
        "\udcff.xlsx",
        "\r",
    ]
    listed = {name: Written(A, B if number % 2 else "") for number, name in enumerate(names)}
    of = Folder(tmp_path)
    assert own_files(of, tmp_path).end(listed) == []
    assert own_files(of, tmp_path).listed == listed
    for name in names:
        note(tmp_path, name, B)
    assert noted(tmp_path) == {name: {B} for name in names}
    assert own_files(of, tmp_path).end({}) == []
    assert list(tmp_path.iterdir()) == []


def test_only_what_is_as_we_wrote_it_is_ours(tmp_path: Path) -> None:
    own = own_files(Folder(tmp_path), tmp_path / "信")
    assert own.write("组/甲.pdf", b"whole") == ()
    # The run is killed here: only its notes are left.
    own = own_files(Folder(tmp_path), tmp_path / "信")
    there = own.there("组/甲.pdf")
    assert own.listed == {} and own.holds("组/甲.pdf", there)
    assert not own.holds("组/乙.pdf", there)
    assert own.end({"组/甲.pdf": Written(there)}) == []
    own = own_files(Folder(tmp_path), tmp_path / "信")
    assert own.begun == {} and own.holds("组/甲.pdf", there)
    (tmp_path / "信" / "组" / "甲.pdf").write_bytes(b"signed")
    assert not own.holds("组/甲.pdf", own.there("组/甲.pdf"))
    assert own.remove("组/甲.pdf") == ()
    assert [path.name for path in (tmp_path / "信").iterdir()] == [LIST]


def test_a_list_that_tells_the_same_is_not_written_again(tmp_path: Path) -> None:
    own_files(Folder(tmp_path), tmp_path).end({"甲": Written(A)})
    before = (tmp_path / LIST).stat()
    own_files(Folder(tmp_path), tmp_path).end({"甲": Written(A)})
    after = (tmp_path / LIST).stat()
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


@pytest.mark.parametrize(
    "content", [b"", b"[1]", b'{"a": 1}', b'{"a": [1]}', b"\xff", b'{"a": {}}']
)
def test_an_earlier_list_that_cannot_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".written.json").write_bytes(content)
    assert own_files(Folder(tmp_path), tmp_path).listed == {}


def test_an_earlier_list_leads_nowhere_else(tmp_path: Path) -> None:
    text = f'{{"../a": ["{A}", "{B}"], "/b": ["{A}", "{B}"], "c": ["{A}", "{B}"]}}'
    (tmp_path / ".written.json").write_text(text)
    own = own_files(Folder(tmp_path), tmp_path)
    assert own.listed == {"c": Written(B, A)}
    assert own.end(own.listed) == []
    assert [path.name for path in tmp_path.iterdir()] == [LIST]
    assert own_files(Folder(tmp_path), tmp_path).listed == own.listed


def test_where_the_list_cannot_be_written_the_notes_stay(tmp_path: Path) -> None:
    own = own_files(Folder(tmp_path), tmp_path)
    assert own.write("甲", b"whole") == ()
    (tmp_path / LIST).mkdir()
    digest = own.there("甲")
    assert [item.code for item in own.end({"甲": Written(digest)})] == ["output-locked"]
    assert own_files(Folder(tmp_path), tmp_path).holds("甲", digest)
