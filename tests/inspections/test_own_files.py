"""Notes of what is about to be written."""

from __future__ import annotations

from pathlib import Path

from inspections.round.folder import Folder
from inspections.round.own_files import NOTES, note, noted, own_files

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
