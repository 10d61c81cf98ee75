"""round.key: the key of a round in a file of its own, and nowhere else."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from inspections.ledger.of_round import open_round
from inspections.round.keys import key_digest, new_key
from inspections.round.opened import OpenRound
from inspections.round.settings import KEY_COMMENT, KEY_COMMENT_BEFORE
from inspections.steps.collecting import collect_round
from inspections.steps.handing_out import write_workbooks
from inspections.workbook.form.contents import RowEntry
from scoring.__main__ import app
from tests.inspections.small_round import spec, write
from tests.inspections.started_round import started


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """A round with a filled sheet that was handed out by it."""
    made = started(tmp_path / "秋季")
    write(made, made.folder.returned / "表.xlsx", spec(rows={"A1.x": RowEntry(2)}))
    return made


def earlier(of: OpenRound, line_end: str = "\n", mark: str = "", more: str = "") -> str:
    """Makes the folder what the version before would have made; returns its round.yaml."""
    text = of.folder.settings.read_text("utf-8").replace(KEY_COMMENT, KEY_COMMENT_BEFORE)
    text, count = re.subn(r"(?m)^key_digest: .*$", f'key: "{of.round.key}"{more}', text)
    assert count == 1
    of.folder.settings.write_bytes((mark + text).replace("\n", line_end).encode())
    of.folder.key.unlink()
    return text


def told(root: Path) -> list[str]:
    taken, problems = collect_round(root)
    assert taken is not None, problems
    return [item.code for item in problems if item.code.startswith(("key-", "identity-"))]


def contents(path: Path) -> bytes:
    """What a file holds; of a packed one, what is packed in it."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return b"".join(map(packed.read, packed.namelist()))
    return path.read_bytes()


def test_the_key_stands_in_its_own_file_alone(of: OpenRound) -> None:
    root = of.folder.root
    done = CliRunner().invoke(app, ["run", str(root)])
    assert done.exit_code in (0, 1), done.output
    written, _ = write_workbooks(root)
    assert written is not None
    CliRunner().invoke(app, ["report", str(root), "--word"])
    key = of.round.key.encode()
    held = [p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()]
    assert {"results/result.json", "results/ledger.json", "ledger.db"} <= set(held)
    assert [name for name in held if key in contents(root / name)] == ["round.key"]
    assert of.round.key not in done.output
    if os.name != "nt":
        assert stat.S_IMODE(of.folder.key.stat().st_mode) == 0o600


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_key_of_an_earlier_round_is_moved_and_told_once(
    of: OpenRound, line_end: str, mark: str
) -> None:
    root, typed = of.folder.root, "note: 抄送各校  # 张主任加的"
    now = of.folder.settings.read_text("utf-8")
    text = re.sub(r"(?m)^note:.*$", typed, earlier(of))
    of.folder.settings.write_bytes((mark + text).replace("\n", line_end).encode())
    opened, problems = open_round(root)
    assert (opened, problems) == (opened, []) and opened is not None
    assert opened.round.key == of.round.key and opened.basis == of.basis
    assert not of.folder.key.exists()  # opening alone changes nothing
    assert told(root) == ["key-moved"]
    after = of.folder.settings.read_bytes().decode()
    meant = re.sub(r"(?m)^note:.*$", typed, now)
    assert after == (mark + meant).replace("\n", line_end)
    again, problems = open_round(root)
    assert again is not None and again.round == opened.round
    assert told(root) == []


def test_workbooks_move_it_too_and_are_sealed_as_before(of: OpenRound) -> None:
    earlier(of)
    done, problems = write_workbooks(of.folder.root)
    assert done is not None
    assert [item.code for item in problems if item.code.startswith("key")] == ["key-moved"]
    assert told(of.folder.root) == []


def test_a_backup_of_the_earlier_settings_is_moved_again(of: OpenRound) -> None:
    key = of.folder.key.read_bytes()
    earlier(of)
    of.folder.key.write_bytes(key)
    assert told(of.folder.root) == ["key-moved"]
    assert of.round.key not in of.folder.settings.read_text("utf-8")


def test_settings_that_cannot_be_changed_line_by_line_stay_and_say_so(of: OpenRound) -> None:
    text = earlier(of).replace(f'key: "{of.round.key}"', f"key: >-\n  {of.round.key}")
    of.folder.settings.write_text(text, "utf-8")
    assert told(of.folder.root) == ["key-in-settings"] == told(of.folder.root)
    assert of.folder.settings.read_text("utf-8") == text
    # By hand, as the message says.
    cut = text.index("key: >-")
    of.folder.key.write_text(text[cut:], "utf-8")
    of.folder.settings.write_text(text[:cut], "utf-8")
    assert told(of.folder.root) == []
    opened, _ = open_round(of.folder.root)
    assert opened is not None and opened.round.key == of.round.key


def test_a_key_that_is_lost_is_asked_for_and_no_other_is_made(of: OpenRound) -> None:
    root, held = of.folder.root, of.folder.key.read_bytes()
    of.folder.key.unlink()
    for command in ("collect", "workbooks", "run"):
        done = CliRunner().invoke(app, [command, str(root)])
        assert done.exit_code == 2, done.output
        assert "round.key" in done.output and key_digest(of.round.key) in done.output
    opened, problems = open_round(root)
    assert opened is None and [item.code for item in problems] == ["key-missing"]
    assert not of.folder.key.exists() and not of.folder.ledger.exists()
    of.folder.key.write_bytes(held)
    assert told(root) == []


def test_without_a_digest_nothing_is_asked_for_and_nothing_is_sealed(of: OpenRound) -> None:
    """The way on, where no backup has the key; and rounds that never had one."""
    text = of.folder.settings.read_text("utf-8")
    of.folder.settings.write_text(re.sub(r"(?m)^key_digest:.*\n", "", text), "utf-8")
    of.folder.key.unlink()
    opened, problems = open_round(of.folder.root)
    assert problems == [] and opened is not None
    assert opened.round.key == ""
    assert told(of.folder.root) == []


@pytest.mark.parametrize("where", ["digest", "settings"])
def test_a_key_of_another_round_is_refused(of: OpenRound, where: str) -> None:
    held = of.folder.key.read_text("utf-8")
    if where == "settings":
        earlier(of)
    of.folder.key.write_text(held.replace(of.round.key, other := new_key()), "utf-8")
    opened, problems = open_round(of.folder.root)
    assert opened is None and [item.code for item in problems] == ["key-other"]
    said = dict(problems[0].params)
    assert (said["digest"], said["own"]) == (key_digest(of.round.key), key_digest(other))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"key:", b"key: [a]", b"{", b"\x00" * 9])
def test_what_is_no_key_is_not_taken_for_one(of: OpenRound, content: bytes) -> None:
    of.folder.key.write_bytes(content)
    opened, problems = open_round(of.folder.root)
    assert opened is None and [item.code for item in problems] == ["key-unreadable"]
