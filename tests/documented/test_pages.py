"""Each room's page names every command and every function, and what it shows is what happens."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from scoring.__main__ import app

ROOT = Path(__file__).parents[2]
ROOMS = ("rubrics", "inspections", "scoring", "reports")
PAGES = {room: (ROOT / room / "README.md").read_text(encoding="utf-8") for room in ROOMS}
EXAMPLE = re.compile(r"^```python\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command that does something, by what is typed."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(("scoring", *path)), command
    for name, below in (inner or {}).items():
        yield from commands(below, (*path, name))


COMMANDS = dict(commands(get_command(app)))


def listed(page: str) -> set[str]:
    """The commands in a page's tables: what is typed may go on with arguments of its own."""
    typed = re.findall(r"^\| `(scoring [^`]+)`", page, re.MULTILINE)
    meant = ([it for it in COMMANDS if f"{line} ".startswith(f"{it} ")] for line in typed)
    return {(found or [line])[0] for found, line in zip(meant, typed, strict=True)}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_on_a_page_with_all_its_options(command: str) -> None:
    pages = [page for page in PAGES.values() if command in listed(page)]
    assert pages, command
    options = {name for given in COMMANDS[command].params for name in given.opts if "--" in name}
    assert any(all(f"`{name}`" in page for name in options) for page in pages), options


def test_no_page_lists_a_command_that_is_not_there() -> None:
    assert set().union(*map(listed, PAGES.values())) == COMMANDS.keys()


def test_every_command_and_option_says_what_it_is_for() -> None:
    for name, command in COMMANDS.items():
        assert command.help, name
        for given in command.params:
            assert getattr(given, "help", None), (name, given.name)


@pytest.mark.parametrize("room", ROOMS)
def test_the_page_lists_what_others_may_rely_on(room: str) -> None:
    public = set(importlib.import_module(room).__all__)
    rows = re.findall(r"^\| ((?:`\w+[^`]*`(?:, )?)+) \| ", PAGES[room], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)(?:\([\w, ]*\))?`", row)}
    assert named & public == public


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_room_gives_is_there_and_says_what_it_is(room: str) -> None:
    module = importlib.import_module(room)
    for name in module.__all__:
        given = getattr(module, name)
        assert not callable(given) or inspect.getdoc(given), name
    with pytest.raises(AttributeError):
        _ = module.no_such_name


@pytest.mark.parametrize("room", ROOMS)
def test_type_checkers_see_the_same_names(room: str) -> None:
    module = importlib.import_module(room)
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    seen = {
        alias.asname: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }
    assert seen == module._HOMES


@pytest.fixture(scope="module")
def demo(finished_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all examples speak of: where `scoring demo demo` was run."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(finished_sample, folder / "demo")
    return folder


def examples() -> Iterator[Any]:
    """Those of the pages, and those in the docstrings of what rooms give."""
    parser, finder = doctest.DocTestParser(), doctest.DocTestFinder(recurse=False)
    for room in ROOMS:
        page = "\n".join(EXAMPLE.findall(PAGES[room]))
        yield pytest.param(room, parser.get_doctest(page, {}, room, None, 0), id=room)
        module = importlib.import_module(room)
        for name in module.__all__:
            given = getattr(module, name)
            if inspect.isroutine(given):
                home = vars(importlib.import_module(given.__module__))
                for found in finder.find(given, name, globs=dict(home)):
                    if found.examples:
                        yield pytest.param(room, found, id=f"{room}.{name}")


EXAMPLES = list(examples())


@pytest.mark.parametrize(("room", "example"), EXAMPLES)
def test_an_example_gives_what_it_shows(
    room: str, example: doctest.DocTest, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    assert not said, "".join(said)


def test_every_room_has_examples() -> None:
    assert {item.values[0] for item in EXAMPLES if "." in str(item.id)} == set(ROOMS)
