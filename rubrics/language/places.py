"""Where each part of a rubric was written: its line in a YAML file, its cell in a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rubrics.messages.problems import Place, Problem
from rubrics.rules.kind import Keys as Keys

_SHOWN = 40
"""Characters of one step, where a way down is told."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a rubric's parts; a part without a place of its own has its parent's."""

    file: str = ""
    known: Mapping[Keys, Place] = field(default_factory=dict)

    def at(self, keys: Keys) -> Place:
        """Returns the place of the part at ``keys``, or of the nearest part above that has one."""
        for end in range(len(keys), -1, -1):
            found = self.known.get(keys[:end])
            if found is not None:
                return found
        return Place(self.file, "", ".".join(map(str, keys)))


def by_line(problem: Problem) -> tuple[int, Place]:
    """The key that sorts problems as they stand in a file; those without a line come first."""
    line = re.match(r"第 (\d+) 行|[A-Z]{1,3}(\d+)$", problem.place.cell)
    return int(line[1] or line[2]) if line else 0, problem.place


def readable(data: object, keys: Keys) -> str:
    """Returns the way down as people read it: items by their id, ``dimensions.A.indicators.A3``.

    Items without an id are counted from 1: ``faults[1]``.
    """
    text, owner = "", ""
    for key in keys:
        if isinstance(key, int):
            item = data[key] if isinstance(data, Sequence) and key < len(data) else None
            name = _name(item, owner)
            text += f".{name}" if name else f"[{key + 1}]"
            data = item
        else:
            shown = key if len(key) <= _SHOWN else f"{key[:_SHOWN]}…"
            text += f".{shown}" if text else shown
            owner = key
            data = data.get(key) if isinstance(data, Mapping) else None
    return text


def _name(item: object, owner: str) -> str:
    """What an item of the list ``owner`` is called; what refers to a grade is none itself."""
    own = "grade" if owner == "grades" else "id"
    name = item.get(own) if isinstance(item, Mapping) else None
    return name if isinstance(name, str) and len(name) <= _SHOWN else ""
