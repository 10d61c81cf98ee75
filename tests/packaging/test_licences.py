"""What the program runs on may be passed on with it; CONTRIBUTING.md says so of each package."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKED = sorted(
    set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.M))
)
TABLE = dict(
    re.findall(
        r"^\| ([a-z0-9-]+) \| (\S.*?) \| \S.* \|$",
        (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Licences")[2],
        re.M,
    )
)
OLDER_NAMES = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}
"""How packages of before PEP 639 say it -> as SPDX names it."""


def licence(of: PackageMetadata) -> str:
    if of["License-Expression"]:
        return str(of["License-Expression"])
    said = [
        text.rpartition(" :: ")[2]
        for text in of.get_all("Classifier") or ()
        if text.startswith("License :: ")
    ]
    return OLDER_NAMES[said[0]] if said else str(of["License"])


def test_the_table_names_what_is_locked_and_nothing_else() -> None:
    assert len(LOCKED) > 30
    assert sorted(name for name in TABLE if name != "package") == LOCKED


@pytest.mark.parametrize("name", LOCKED)
def test_a_licence_is_as_the_package_says(name: str) -> None:
    try:
        of = metadata(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not needed on this computer")
    assert TABLE[name] == licence(of)


def test_what_is_under_the_lgpl_is_named_and_most_of_it_an_extra() -> None:
    bound = {name for name, text in TABLE.items() if "GPL" in text}
    assert bound == {"docxtpl", "psycopg", "psycopg-binary"}
    assert all(TABLE[name].startswith("LGPL-") for name in bound)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert not any(text.startswith("psycopg") for text in project["dependencies"])
    assert project["optional-dependencies"]["postgresql"] == ["psycopg[binary]>=3.2"]
