"""Files that could not be written: which they are, and many of one cause told as one."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import commonpath, dirname
from typing import Final

from rubrics.messages.problems import Place, Problem, problem

CODES: Final = frozenset({"output-locked", "output-long", "output-failed"})
_MANY: Final = 3
"""From how many files on one cause is told once."""
_NAMED: Final = 3


def unwritten(problems: Iterable[Problem]) -> dict[str, None]:
    """Returns the names, each once, of the files that could not be written, as problems say."""
    return {item.place.file: None for item in problems if item.code in CODES}


def by_cause(problems: Iterable[Problem]) -> list[Problem]:
    """Returns the problems, those of several files that nothing may be written to as one.

    It stands where the first of them stood. Code: outputs-locked.
    """
    listed = list(problems)
    causes: dict[str, dict[str, None]] = {}
    for item in listed:
        if item.code == "output-locked":
            causes.setdefault(dict(item.params)["detail"], {})[item.place.file] = None
    told: dict[str, Problem | None] = {
        detail: _of_all(list(names), detail)
        for detail, names in causes.items()
        if len(names) >= _MANY
    }
    found = []
    for item in listed:
        detail = dict(item.params).get("detail", "")
        if item.code != "output-locked" or detail not in told:
            found.append(item)
        elif (whole := told[detail]) is not None:
            found.append(whole)
            told[detail] = None
    return found


def _of_all(names: list[str], detail: str) -> Problem:
    folder = commonpath([dirname(name) for name in names])
    inside = [name.removeprefix(f"{folder}/") if folder else name for name in names]
    more = "等" if len(names) > _NAMED else ""
    said = {"count": len(names), "names": "、".join(inside[:_NAMED]) + more, "detail": detail}
    return problem("outputs-locked", Place(folder), **said)
