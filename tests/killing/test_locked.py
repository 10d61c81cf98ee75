"""Files that are open in another program, folders that cannot be written, a ledger in use."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing.rounds import ROOT, Struck, at_rest, files, struck

LOCKED = """
import os
replace = os.replace
def held(source, target):
    if str(target).endswith({name!r}):
        raise PermissionError(13, "in use", str(target))
    replace(source, target)
os.replace = held
"""
"""As Windows does when somebody has the file open in Excel."""

IMPATIENT = "import inspections.ledger.opening as opening; opening._PATIENCE = 0.2"


@pytest.fixture(scope="module")
def done(returned: Path, program: Struck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(returned, tmp_path_factory.mktemp("done") / "春季")
    assert program.order("run", folder, cwd=folder.parent) == 1
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "results/scores.csv",
        "results/problems.csv",
        "results/result.json",
        "reports/排名表.xlsx",
        "reports/letters/kitchen/第一小学.pdf",
        "marked/错.xlsx",
    ],
)
def test_a_file_that_somebody_has_open(
    name: str, returned: Path, done: Path, program: Struck, tmp_path: Path
) -> None:
    folder = shutil.copytree(returned, tmp_path / "春季")
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(b"old")
    if name.startswith("marked"):  # else it is somebody's own, and not to be written over
        (folder / name).unlink()
    setup = [LOCKED.format(name=name)]
    assert program.order("run", "春季", cwd=tmp_path, setup=setup) == 1
    assert "Traceback" not in program.said
    assert f"{name} 写不进去：文件正被其他程序打开" in program.said
    right, left = files(done), files(folder, parts=False)
    assert left.get(name, b"old") == b"old"
    # The others are written; what tells of this problem has one line more.
    tell = {name, "reports/排名表.xlsx", "results/problems.csv", "results/result.json"}
    hidden = {other for other in right if Path(other).name.startswith(".")}
    for other in right.keys() - tell - hidden:
        assert left[other] == right[other], other
    assert program.order("run", "春季", cwd=tmp_path) == 1
    assert at_rest(folder) == at_rest(done)


SAID = {
    "collect": "台账写不进去：文件或文件夹是只读的",
    "score": "个文件写不进去（scores.csv、",
    "report": "reports/排名表.xlsx 写不进去：文件正被其他程序打开，或没有写入权限",
    "workbooks": "没有写入权限",
}


@pytest.fixture(scope="module")
def open_to_all() -> Iterator[Path]:
    """A folder that another user can come into, as those of pytest are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def installed(open_to_all: Path, returned: Path) -> Iterator[Struck]:
    """The program where another user can read it, wherever the checkout lies."""
    home = open_to_all / "program"
    for part in ("rubrics", "inspections", "scoring", "reports", "tests/killing"):
        shutil.copytree(ROOT / part, home / part, ignore=shutil.ignore_patterns("__pycache__"))
    (open_to_all / "logs").mkdir()
    with struck(open_to_all / "logs", home=home) as started:
        for command in ("run", "workbooks"):
            warm = shutil.copytree(returned, open_to_all / command)
            assert started.order(command, warm, cwd=warm.parent, warm=True) in (0, 1)
        yield started


@pytest.mark.parametrize("command", SAID)
def test_a_folder_that_is_not_ours_to_write(
    command: str, returned: Path, done: Path, installed: Struck, open_to_all: Path
) -> None:
    source = returned if command in ("collect", "workbooks") else done
    folder = shutil.copytree(source, open_to_all / command / "春季")
    (folder / "results" / "result.json").unlink(missing_ok=True)  # there is something to write
    folder.parent.chmod(0o755)  # what is made here is for its owner alone
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    nobody = "import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)"
    setup = [nobody] if os.getuid() == 0 else []
    before = files(folder)
    status = installed.order(command, folder, cwd=Path("/"), setup=setup)
    said = installed.said
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    assert "Traceback" not in said
    assert status in (1, 2), said
    assert SAID[command] in said
    assert files(folder) == before


@pytest.mark.parametrize("command", ["collect", "run"])
@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_ledger_that_another_program_writes(
    command: str, how: str, returned: Path, done: Path, program: Struck, tmp_path: Path
) -> None:
    folder = shutil.copytree(returned, tmp_path / "春季")
    assert program.order("collect", "春季", cwd=tmp_path) == 1
    (folder / "returned" / "好.xlsx").rename(folder / "returned" / "名.xlsx")
    with sqlite3.connect(folder / "ledger.db", isolation_level=None) as other:
        other.execute(f"BEGIN {how}")
        status = program.order(command, "春季", cwd=tmp_path, setup=[IMPATIENT])
        said = program.said
        other.execute("ROLLBACK")
    assert "Traceback" not in said
    assert status in (1, 2), said
    assert "台账正由另一个程序写" in said
    (folder / "returned" / "名.xlsx").rename(folder / "returned" / "好.xlsx")
    assert program.order("run", "春季", cwd=tmp_path) == 1
    assert at_rest(folder) == at_rest(done)
