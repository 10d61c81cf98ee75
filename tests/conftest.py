"""The real clients that tests drive: LibreOffice, its Python, poppler, and a PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn, TypeAlias

import pytest
from hypothesis import Phase, settings

# A slow machine is no failure, and CI gives the same verdict on the same tree. What fails is told
# as it was drawn: to make a whole rubric or county smaller takes many minutes. It is kept, and made
# smaller with `--hypothesis-profile=shrink`.
settings.register_profile(
    "house",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target],
)
settings.register_profile("shrink", settings.get_profile("house"), phases=list(Phase))
settings.load_profile("house")

POSTGRESQL = "SCORING_TEST_POSTGRESQL"
"""Names the address of a server on which tests may make schemas."""

Convert = Callable[..., list[Path]]
InOffice: TypeAlias = Callable[[Path, Mapping[str, object], Path], None]

# Recalculate on loading, always: a stored value must never be taken for LibreOffice's own result.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

# Chinese text prints the same on a machine that has no Chinese font of its own.
FONTS = """<?xml version="1.0"?>
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{folder}</dir>
<cachedir>{cache}</cachedir>
</fontconfig>
"""


def absent(reason: str) -> NoReturn:
    """Skip for a client that is missing; fail where the set-up was to install it."""
    if "CI" in os.environ:
        pytest.fail(reason)
    pytest.skip(reason)


def client(*names: str) -> Path:
    """The first of these programs that is installed; in CI all of them must be."""
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    absent(f"{names[0]} is not installed")


@pytest.fixture(scope="session")
def postgresql() -> str:
    """The address of a PostgreSQL; every round that a test makes has a schema of its own."""
    return os.environ.get(POSTGRESQL) or absent(f"{POSTGRESQL} names no PostgreSQL")


@pytest.fixture(scope="session")
def finished_sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The invented county as the demo leaves it: to be read, or copied, and never written to.

    Made once, for all processes that run tests.
    """
    from inspections.round.locking import turn
    from reports import run_sample

    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "sample"
    shared.mkdir(exist_ok=True)
    done, folder = shared / "done", shared / "demo"
    with turn(shared, lambda: None):
        if not done.exists():
            made, _ = run_sample(folder)
            assert made is not None
            done.touch()
    return folder


@pytest.fixture(scope="session")
def pdftotext() -> Path:
    return client("pdftotext")


@pytest.fixture(scope="session")
def pdftoppm() -> Path:
    return client("pdftoppm")


@pytest.fixture(scope="session")
def soffice_program() -> Path:
    return client("soffice", "libreoffice")


@pytest.fixture(scope="session")
def writer(soffice_program: Path) -> None:
    """LibreOffice with its Writer, which is a package of its own on Debian."""
    if not (soffice_program.resolve().parent / "libswlo.so").exists():
        absent("LibreOffice Writer is not installed")


@pytest.fixture(scope="session")
def uno_python() -> Path:
    """The interpreter that can `import uno`, for scripts that fill a workbook in LibreOffice."""
    for name in ("/usr/bin/python3", "python3"):
        found = shutil.which(name)
        if (
            found
            and subprocess.run([found, "-c", "import uno"], capture_output=True).returncode == 0
        ):
            return Path(found)
    absent("python3-uno is not installed")


@pytest.fixture(scope="session")
def office_env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which LibreOffice and poppler find a Chinese font."""
    home = tmp_path_factory.mktemp("fonts")
    spec = find_spec("pylopdf_fonts_zh_cn")
    assert spec is not None
    assert spec.origin is not None
    conf = home / "fonts.conf"
    conf.write_text(FONTS.format(folder=Path(spec.origin).parent, cache=home / "cache"))
    return os.environ | {"FONTCONFIG_FILE": str(conf)}


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The `-env:UserInstallation=` argument of a profile that no other process uses."""
    profile = tmp_path_factory.mktemp("office")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS)
    return f"-env:UserInstallation={profile.as_uri()}"


@pytest.fixture(scope="session")
def in_office(
    uno_python: Path, soffice_program: Path, office_profile: str, office_env: dict[str, str]
) -> InOffice:
    """`in_office(script, job, folder)`: runs a script of ours that drives LibreOffice.

    The job, to which program and profile are added, is left in the folder.
    """

    def run(script: Path, job: Mapping[str, object], folder: Path) -> None:
        whole = {"program": str(soffice_program), "profile": office_profile, **job}
        path = folder / "job.json"
        path.write_text(json.dumps(whole), encoding="utf-8")
        command = [uno_python, script, path]
        done = subprocess.run(command, env=office_env, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr

    return run


@pytest.fixture(scope="session")
def soffice(soffice_program: Path, office_profile: str, office_env: dict[str, str]) -> Convert:
    """`soffice(*files, to="pdf", into=folder)`: the files as LibreOffice opened and saved them.

    `to` is an ending, with a filter if need be (`"xls:MS Excel 97"`), `read_as` a filter to open
    them with. Formulas are recalculated.
    """
    command = (soffice_program, office_profile, "--headless", "--norestore")

    def convert(*sources: Path, to: str, into: Path, read_as: str = "") -> list[Path]:
        assert sources, "LibreOffice waits for ever when there is nothing to convert"
        into.mkdir(parents=True, exist_ok=True)
        how = [f"--infilter={read_as}"] if read_as else []
        done = subprocess.run(
            [*command, *how, "--convert-to", to, "--outdir", into, *sources],
            env=office_env,
            capture_output=True,
            text=True,
            timeout=300,
        )
        made = [into / f"{source.stem}.{to.partition(':')[0]}" for source in sources]
        missing = [path.name for path in made if not path.exists()]
        assert not missing, f"LibreOffice did not make {missing}: {done.stdout}{done.stderr}"
        return made

    return convert
