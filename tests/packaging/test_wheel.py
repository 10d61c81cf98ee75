"""The wheel holds all that the program needs, and names every library that it needs."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator
from importlib.metadata import PathDistribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parents[2]
ROOMS = ("rubrics", "inspections", "scoring", "reports")
NAME = "school-inspection-scoring"


def pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*command, *map(str, arguments)], check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that nothing is left beside the sources."""
    source = tmp_path_factory.mktemp("source")
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    made = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--no-deps", "--no-index", "-w", made, source)
    (found,) = made.iterdir()
    return found


def wanted(requirements: Iterable[str], extras: Iterable[str]) -> Iterator[Requirement]:
    """Those that hold on this computer, with these extras."""
    for text in requirements:
        one = Requirement(text)
        asked = [{"extra": extra} for extra in (*extras, "")]
        if one.marker is None or any(one.marker.evaluate(given) for given in asked):
            yield one


def libraries(requirements: Iterable[str], extras: Iterable[str] = ()) -> Iterator[str]:
    """What these requirements bring, and theirs in turn: names beside each other on the disk."""
    for one in wanted(requirements, extras):
        held = distribution(one.name)
        yield from (path.parts[0] for path in held.files or () if path.parts[0] != "..")
        yield from libraries(held.requires or (), one.extras)


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment with the wheel and what it requires; no extras, and no checkout."""
    home = tmp_path_factory.mktemp("clean")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    made = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip("--python", made, "install", "--no-deps", "--no-index", wheel)
    (site,) = home.rglob("site-packages")
    own = PathDistribution(next(site.glob("school_inspection_scoring-*.dist-info")))
    installed = Path(str(distribution("pip").locate_file("")))
    shared = home / "libraries"
    shared.mkdir()
    for name in set(libraries(own.requires or ())):
        os.symlink(installed / name, shared / name)
    (site / "libraries.pth").write_text(f"{shared}\n", encoding="utf-8")
    return made


def run(python: Path, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, *map(str, arguments)],
        cwd=cwd,
        env={"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_all_data_are_in_the_wheel(wheel: Path, python: Path) -> None:
    (site,) = python.parents[1].rglob("site-packages")
    kept = (".py", ".typed", ".yaml", ".json", ".csv", ".ttf", ".otf", ".txt", ".docx")
    sources = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in kept]
    missing = [path for path in sources if not (site / path.relative_to(ROOT)).is_file()]
    assert missing == []
    others = {path.suffix for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()}
    assert others - set(kept) <= {".md", ".png", ".pyc"}


def test_the_demo_runs_from_the_wheel(python: Path, tmp_path: Path) -> None:
    where = run(python, "-c", "import scoring, reports; print(scoring.__file__)", cwd=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(python.parents[1])
    program = python.with_name("scoring.exe" if os.name == "nt" else "scoring")
    done = subprocess.run(
        [program, "demo", "demo"],
        cwd=tmp_path,
        env={"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    scores = (tmp_path / "demo" / "results" / "scores.csv").read_text("utf-8-sig")
    assert len({row["school_id"] for row in csv.DictReader(scores.splitlines())}) == 60
    assert list((tmp_path / "demo" / "reports" / "letters").rglob("*.pdf"))


@pytest.mark.parametrize(
    ("code", "extra"),
    [
        ("import scoring; scoring.score('canteen', [{'school': '一小'}]).scores()", "frames"),
        ("import scoring; scoring.open_round('r', 'postgresql://a@b/c')", "postgresql"),
    ],
)
def test_what_an_extra_brings_is_asked_for_in_words(
    code: str, extra: str, python: Path, tmp_path: Path
) -> None:
    heads = "学校代码,学校名称,学段,有食堂,食堂经营方式,就餐人数"
    (tmp_path / "schools.csv").write_text(f"{heads}\n01,一小,小学,是,自营,300\n")
    (tmp_path / "people.csv").write_text("督学代码,姓名,单位,检查组\nD1,王某,局,一组\n")
    given = ["--schools", "schools.csv", "--inspectors", "people.csv", "--rubric", "canteen"]
    days = ["--from", "2026-03-01", "--to", "2026-03-31"]
    made = run(python, "-m", "scoring", "round", "start", "r", *given, *days, cwd=tmp_path)
    assert (tmp_path / "r" / "round.yaml").is_file(), made.stdout + made.stderr
    done = run(python, "-c", code, cwd=tmp_path)
    assert "RefusedError" in done.stderr
    assert f'pip install "{NAME}[{extra}]"' in done.stderr
