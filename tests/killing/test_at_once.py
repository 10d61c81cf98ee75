"""Several people work on the same folder at once: nothing is lost, nothing is there twice."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.killing.rounds import Struck, at_rest, held

# As on a network folder that knows no locks: only the ledger keeps them apart.
NO_TURNS = """
import inspections.round.locking as turns
turns._attempts = lambda folder, held: iter(())
"""


def after(program: Struck, returned: Path, base: Path, *commands: str) -> Path:
    """A copy of the round on which commands ran one after the other."""
    folder = shutil.copytree(returned, base / "春季")
    for command in commands:
        assert program.order(command, "春季", cwd=base) in (0, 1), program.said
    return folder


def well(program: Struck, statuses: list[int]) -> None:
    """All commands came to their end as one alone would."""
    for number, status in enumerate(statuses):
        assert "Traceback" not in program.said_by(number)
        assert status in (0, 1), program.said_by(number)


@contextmanager
def reading_along(folder: Path) -> Iterator[list[str]]:
    """Somebody who opens what lies in the folder all the time; gives what was not whole."""
    broken: list[str] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            for path in [*folder.glob("results/*"), *folder.glob("reports/**/*.*")]:
                if path.name.startswith(".") or not path.is_file():
                    continue
                data = path.read_bytes()
                ends = {".csv": b"\r\n", ".json": b"}\n", ".pdf": b"%%EOF\n"}
                if path.suffix == ".xlsx":
                    whole = zipfile.is_zipfile(path)
                else:
                    whole = data.endswith(ends.get(path.suffix, b""))
                if not whole:
                    broken.append(f"{path.name}: {data[-20:]!r}")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield broken
    finally:
        over.set()
        reader.join()


@pytest.mark.parametrize("setup", [[], [NO_TURNS]], ids=["in turns", "all at once"])
@pytest.mark.parametrize("many", [2, 5])
def test_collecting_at_once(
    many: int, setup: list[str], program: Struck, returned: Path, tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    expected = at_rest(after(program, returned, tmp_path / "one", "collect"))
    for turn in range(3):
        base = tmp_path / str(turn)
        base.mkdir()
        folder = after(program, returned, base)
        well(program, program.at_once(*[["collect", "春季"]] * many, cwd=base, setup=setup))
        assert held(folder) == expected[1]
        if setup:  # what they write by the way may be of one that saw less
            assert program.order("collect", "春季", cwd=base) == 1
        assert at_rest(folder) == expected


@pytest.mark.parametrize("setup", [[], [NO_TURNS]], ids=["in turns", "all at once"])
def test_everything_at_once(
    setup: list[str], program: Struck, returned: Path, tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    expected = at_rest(after(program, returned, tmp_path / "one", "run"))
    commands = [["run", "春季"], ["score", "春季"], ["run", "春季"], ["report", "春季"]]
    for turn in range(3):
        base = tmp_path / str(turn)
        base.mkdir()
        folder = after(program, returned, base, "collect")
        with reading_along(folder) as broken:
            well(program, program.at_once(*commands, cwd=base, setup=setup))
        assert broken == []
        if setup:
            assert program.order("run", "春季", cwd=base) == 1
        assert at_rest(folder) == expected


def test_files_that_come_while_it_is_collected(
    program: Struck, returned: Path, tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    expected = at_rest(after(program, returned, tmp_path / "one", "run"))
    for turn in range(3):
        base = tmp_path / str(turn)
        base.mkdir()
        folder = after(program, returned, base)
        late = sorted(path for path in (folder / "returned").rglob("*") if path.is_file())[::2]
        data = [path.read_bytes() for path in late]
        for path in late:
            path.unlink()

        def bring(late: list[Path] = late, data: list[bytes] = data) -> None:
            for path, whole in zip(late, data, strict=True):
                with path.open("wb") as file:
                    for start in range(0, len(whole), 4096):
                        file.write(whole[start : start + 4096])
                        file.flush()

        clerk = threading.Thread(target=bring)
        clerk.start()
        well(program, program.at_once(*[["run", "春季"]] * 2, cwd=base))
        clerk.join()
        assert program.order("run", "春季", cwd=base) == 1
        found = at_rest(folder)
        assert found[0].keys() == expected[0].keys()
        assert found == expected
