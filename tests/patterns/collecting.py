"""Every regular expression of the project, wherever it stands, and how it is used.

Calls of the ``re`` module are found in the source, so that a new one cannot be forgotten. What is
put into a pattern while the program runs stands for a word here.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

ROOMS = ("rubrics", "inspections", "scoring", "reports")
ROOT = Path(__file__).parents[2]
ANCHORED = {"match", "fullmatch"}
TRIED_EVERYWHERE = {"search", "sub", "subn", "findall", "finditer", "split", "scanner"}
_CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "findall", "finditer", "split"}


@dataclass(frozen=True)
class Used:
    """A pattern, the place in the source, its flags, and how a text is gone through with it."""

    where: str
    pattern: str | bytes
    flags: int
    ways: frozenset[str]


def patterns(room: str) -> Iterator[Used]:
    """Yields the patterns of a room."""
    for path in sorted((ROOT / room).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "re." not in text:
            continue
        tree = ast.parse(text)
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = import_module(name.removesuffix(".__init__"))
        ways = _ways(tree)
        for call, given in _calls(tree):
            where = f"{path.relative_to(ROOT).as_posix()}:{call.lineno}"
            pattern, flags = _evaluated(call, module)
            assert isinstance(call.func, ast.Attribute)
            method = call.func.attr
            used = {method} if method != "compile" else ways[given] or {"search"}
            yield Used(where, pattern, flags, frozenset(used))


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yields calls of the module, and the name that the result gets, if it gets one."""
    names: dict[ast.AST, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[value] = name
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Call() as value):
                names[value] = name
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=attr)) if attr in _CALLS:
                yield node, names.get(node, "")


def _ways(tree: ast.AST) -> defaultdict[str, set[str]]:
    """How the patterns of a module are used there, by name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in (
                ANCHORED | TRIED_EVERYWHERE
            ):
                found[name].add(attr)
            # Tried at one place after another, it is as a search.
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr), args=[_, _, *_]):
                if attr in ANCHORED:
                    found[name].add("search")
            case ast.ImportFrom(module="re"):
                raise AssertionError("patterns are found as calls of re.…")
    return found


class _Names(dict[str, Any]):
    """The names of a module; what a function only knows when it runs is a word."""

    def __init__(self, module: ModuleType, unknown: object) -> None:
        super().__init__(vars(module))
        self._unknown = unknown

    def __missing__(self, name: str) -> Any:
        return getattr(builtins, name, self._unknown)


def _evaluated(call: ast.Call, module: ModuleType) -> tuple[str | bytes, int]:
    given = list(call.args)
    flags = next((item.value for item in call.keywords if item.arg == "flags"), None)
    at = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(
        call.func.attr if isinstance(call.func, ast.Attribute) else "", 2
    )
    if flags is None and len(given) > at:
        flags = given[at]
    for unknown in ("x7", b"x7"):
        try:
            pattern = _value(given[0], _Names(module, unknown))
            return pattern, int(_value(flags, _Names(module, unknown))) if flags else 0
        except TypeError:
            continue
    raise AssertionError(f"{module.__name__}: {ast.unparse(call)} cannot be tried")


def _value(node: ast.expr, names: _Names) -> Any:
    names["re"] = re
    return eval(compile(ast.Expression(node), "pattern", "eval"), {}, names)
