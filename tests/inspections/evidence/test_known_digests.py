"""Digests that are remembered: for files that have not changed, where they were remembered."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from inspections.collecting.collecting import Collected, collect, differing, uncollected
from inspections.collecting.returned_files import file_digest
from inspections.commands import app
from inspections.ledger.finding import found_files
from inspections.ledger.of_round import ledger_of
from inspections.round import known_digests
from inspections.round.known_digests import FILE, KnownDigests
from inspections.round.opened import OpenRound
from rubrics.messages import terminal
from tests.inspections.evidence.photographs import photograph
from tests.inspections.small_round import SCHOOLS, small_round, spec, write
from tests.inspections.test_commands import started  # noqa: F401 (a fixture)

PHOTO = f"evidence/{SCHOOLS[0].id}/1.jpg"
BOOK = "returned/表.xlsx"
WRONG = "f" * 64


@pytest.fixture
def of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenRound:
    """A round with a workbook and a photograph, both as if they had been there for long."""
    monkeypatch.setattr(known_digests, "_SETTLED", -(10**12))
    made = small_round(tmp_path / "批次")
    write(made, made.folder.root / BOOK, spec())
    photograph(made.folder.root / PHOTO)
    return made


def sweep(of: OpenRound, **options: Any) -> Collected:
    return collect(of, workers=0, **options)


def kept(of: OpenRound) -> Path:
    return of.folder.derived / FILE


def remembered(of: OpenRound) -> dict[str, str]:
    return {name: row[-1] for name, row in json.loads(kept(of).read_bytes())["files"].items()}


def true_digests(of: OpenRound) -> dict[str, str]:
    return {name: file_digest(of.folder.root / name) for name in (PHOTO, BOOK)}


def mislead(of: OpenRound, **home: object) -> None:
    """What is remembered is wrong: whoever believes it has not read the files."""
    held = json.loads(kept(of).read_bytes())
    for row in held["files"].values():
        row[-1] = WRONG
    kept(of).write_text(json.dumps(held | home))


def found(of: OpenRound) -> str:
    with ledger_of(of) as ledger:
        (photo,) = found_files(ledger)
    return photo.digest


def test_what_has_not_changed_is_not_read_again(of: OpenRound) -> None:
    assert (sweep(of).fresh, remembered(of)) == (1, true_digests(of))
    assert (sweep(of).fresh, uncollected(of)) == (0, 0)
    mislead(of)
    assert uncollected(of) == 1
    sweep(of)
    assert found(of) == WRONG
    # Whoever verifies does not ask.
    assert {item.place.file for item in differing(of)} == {PHOTO}


def test_recheck_reads_everything(of: OpenRound) -> None:
    sweep(of)
    mislead(of)
    sweep(of, recheck=True)
    assert found(of) == true_digests(of)[PHOTO]
    assert remembered(of) == true_digests(of)
    assert differing(of) == []


@pytest.mark.parametrize("name", [PHOTO, BOOK])
def test_every_change_is_seen(of: OpenRound, name: str) -> None:
    path = of.folder.root / name
    sweep(of)
    before = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    # As long as before, and as old as before.
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    if sys.platform != "win32":  # which does not tell when a file changed, if not its content
        sweep(of)
        assert remembered(of) == true_digests(of)
    # Another file in its place.
    data[-1] ^= 2
    other = path.with_name("another")
    other.write_bytes(data)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    os.replace(other, path)
    sweep(of)
    assert remembered(of) == true_digests(of)
    path.write_bytes(bytes(data) + b"x")
    sweep(of)
    assert remembered(of) == true_digests(of)


def test_what_has_changed_just_now_is_not_remembered(
    of: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    sweep(of)
    assert not kept(of).exists()
    # Times that are yet to come tell nothing.
    monkeypatch.setattr(known_digests, "_SETTLED", -(10**12))
    os.utime(of.folder.root / PHOTO, (4_000_000_000, 4_000_000_000))
    sweep(of)
    assert remembered(of).keys() == {BOOK}


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"\xff\xfe", b'{"home": 1}', b'{"home": [], "files": {"a": 1}}', None],
)
def test_lost_or_unreadable_it_is_made_anew(of: OpenRound, content: bytes | None) -> None:
    sweep(of)
    right = kept(of).read_bytes()
    if content is None:
        shutil.rmtree(of.folder.derived)
    else:
        kept(of).write_bytes(content)
    sweep(of)
    assert kept(of).read_bytes() == right
    held = json.loads(right)
    for files in ({PHOTO: 1}, {PHOTO: []}, [PHOTO], {PHOTO: {}}, "x"):
        kept(of).write_text(json.dumps(held | {"files": files}))
        sweep(of)
        assert kept(of).read_bytes() == right


def test_where_it_cannot_be_written_nothing_is_said(of: OpenRound) -> None:
    of.folder.derived.write_bytes(b"a file in its place")
    assert sweep(of).problems == sweep(of).problems


def test_nobody_believes_what_was_remembered_elsewhere(
    of: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(of)
    mislead(of)
    with monkeypatch.context() as patched:
        patched.setattr(platform, "node", lambda: "another computer")
        sweep(of)
        assert found(of) == true_digests(of)[PHOTO]
    mislead(of)
    copy = small_round(of.folder.root.with_name("抄本"))
    shutil.copytree(of.folder.root, copy.folder.root, dirs_exist_ok=True)
    sweep(copy)
    assert found(copy) == true_digests(of)[PHOTO]


def test_only_what_is_there_is_remembered(of: OpenRound) -> None:
    sweep(of)
    (of.folder.root / PHOTO).unlink()
    sweep(of)
    assert remembered(of).keys() == {BOOK}
    (of.folder.root / BOOK).unlink()
    sweep(of)
    assert remembered(of) == {}


def test_names_without_letters_are_remembered(of: OpenRound) -> None:
    odd = of.folder.returned / os.fsdecode("表\n\udcff.xlsx".encode(errors="surrogateescape"))
    try:
        write(of, odd, spec())
    except (OSError, ValueError):
        pytest.skip("the file system has no such names")
    digest = file_digest(odd)
    for _ in range(2):
        known = KnownDigests(of.folder)
        assert file_digest(odd, known) == digest
        known.keep()


def test_evidence_has_a_bar_of_its_own(of: OpenRound) -> None:
    photograph(of.folder.evidence / "2.jpg")
    told: list[tuple[int, int]] = []
    sweep(of, looked=lambda done, due: told.append((done, due)))
    assert told == [(1, 2), (2, 2)]


def test_two_bars_stand_below_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with terminal.progress("甲") as first, terminal.progress("乙") as second:
        (bars,) = terminal._shown
        assert [task.visible for task in bars.tasks] == [True, False]
        first(1, 2)
        second(1, 3)
        assert [(task.description, task.completed, task.total) for task in bars.tasks] == [
            ("甲", 1, 2),
            ("乙", 1, 3),
        ]
        assert all(task.visible for task in bars.tasks)
    assert terminal._shown == []


def test_the_command_takes_recheck(started: Path) -> None:  # noqa: F811 (the fixture)
    done = CliRunner().invoke(app, ["collect", str(started), "--recheck"])
    assert done.exit_code == 0, done.output
