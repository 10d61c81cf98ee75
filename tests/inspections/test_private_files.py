"""Who may open what stands in a round's folder, where a system knows of owners and groups."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from inspections.workbook.form.contents import RowEntry
from rubrics.messages.output import write_whole
from rubrics.messages.private_files import make_folder
from scoring.__main__ import app
from tests.inspections.small_round import spec, write
from tests.inspections.started_round import started

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture(autouse=True, params=[0o022, 0o000, 0o077], ids=["022", "000", "077"])
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def whole_round(root: Path) -> None:
    """A round that was collected, scored and reported."""
    of = started(root)
    sheet = spec(rows={"A1.x": RowEntry(2)})
    write(of, of.folder.returned / "表.xlsx", sheet)
    done = CliRunner().invoke(app, ["run", str(root)])
    assert done.exit_code in (0, 1), done.output


def written_by_us(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.parent.name != "returned"]


def test_all_that_a_round_writes_is_its_owners(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    root = tmp_path / "秋季"
    whole_round(root)
    found = written_by_us(root)
    names = {path.relative_to(root).as_posix() for path in found}
    assert {"round.yaml", "ledger.db", "results/scores.csv", "reports/letters"} <= names
    assert [path for path in (root, *found) if mode(path) & 0o077] == []
    assert mode(root / "round.yaml") == 0o600
    assert mode(root / "ledger.db") == 0o600
    assert mode(root / "reports") == 0o700


def test_in_a_folder_that_is_there_for_all_to_read_what_is_new_is_the_owners(
    tmp_path: Path,
) -> None:
    root = tmp_path / "秋季"
    root.mkdir()
    root.chmod(0o755)
    whole_round(root)
    assert mode(root) == 0o755
    assert [path for path in written_by_us(root) if mode(path) & 0o077] == []


def test_a_folder_that_the_group_may_write_is_shared_on_purpose(tmp_path: Path) -> None:
    root = tmp_path / "秋季"
    root.mkdir()
    root.chmod(0o2775)
    whole_round(root)
    for path in written_by_us(root):
        assert mode(path) & 0o777 == (0o770 if path.is_dir() else 0o660), path


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "round.yaml"
    for kept in (0o644, 0o640, 0o600, 0o666):
        path.write_bytes(b"one")
        path.chmod(kept)
        assert write_whole(path, b"two") == ()
        assert (mode(path), path.read_bytes()) == (kept, b"two")
        path.unlink()


def test_the_journal_of_a_ledger_is_as_private_as_the_ledger(tmp_path: Path) -> None:
    root = tmp_path / "秋季"
    whole_round(root)
    with sqlite3.connect(root / "ledger.db", isolation_level=None) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE t (x)")
        assert mode(root / "ledger.db-journal") == 0o600
        connection.execute("ROLLBACK")
    connection.close()


def test_what_everybody_may_read_is_left_to_the_system(tmp_path: Path, mask: int) -> None:
    done = CliRunner().invoke(app, ["rubric", "export", "party", str(tmp_path / "党建.xlsx")])
    assert done.exit_code == 0, done.output
    assert mode(tmp_path / "党建.xlsx") == 0o666 & ~mask


def test_a_folder_in_the_place_of_a_file_is_made_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "reports").write_bytes(b"")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "reports" / "letters")
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert mode(tmp_path / "a") == 0o700
