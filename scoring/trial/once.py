"""Many problems of one kind in a table: each kind is told once, with how many and where first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rubrics.messages.problems import Problem, Severity, problem

SAID: Final = 3
"""So many different notes, and so many places of one kind, are told."""


def once(problems: Sequence[Problem]) -> list[Problem]:
    """Returns the problems with all notes of one code as one, where the first of them stands.

    So are schools with items that are not checked, beyond a few: the table says it of each. Of
    errors and warnings in the same words the first few are kept, and the others counted. Codes:
    trial-notes, trial-incomplete, trial-alike.
    """
    notes: dict[str, list[Problem]] = {}
    alike: dict[tuple[str, str], list[Problem]] = {}
    for item in problems:
        if item.severity is Severity.NOTE or item.code == "visit-incomplete":
            notes.setdefault(item.code, []).append(item)
        else:
            alike.setdefault((item.code, item.message), []).append(item)
    kept: list[Problem] = []
    for item in problems:
        if item.severity is Severity.NOTE or item.code == "visit-incomplete":
            same = notes[item.code]
            if len(same) <= (1 if item.severity is Severity.NOTE else SAID):
                kept.append(item)
            elif item is same[0]:
                kept.append(_all_of_a_kind(same))
            continue
        same = alike[item.code, item.message]
        place = next(n for n, one in enumerate(same) if one is item)
        if place < SAID or len(same) <= SAID + 1:
            kept.append(item)
        elif place == SAID:
            rest = same[SAID:]
            said = {"count": len(rest), "places": places(rest), "said": item.message}
            kept.append(problem("trial-alike", item.place, **said))
    return kept


def places(problems: Sequence[Problem]) -> str:
    """Returns where the first of them stand: ``C2、C3、C4 等``."""
    cells = list(dict.fromkeys(it.place.cell for it in problems if it.place.cell))
    return "、".join(cells[:SAID]) + (" 等" if len(cells) > SAID else "")


def _all_of_a_kind(same: Sequence[Problem]) -> Problem:
    said = list(dict.fromkeys(item.message for item in same))
    note = same[0].severity is Severity.NOTE
    text = "；".join(said[:SAID])
    text += f"；等 {len(said)} {'条' if note else '所'}" if len(said) > SAID else ""
    if not note:
        return problem("trial-incomplete", same[0].place, count=len(same), said=text)
    cells = places(same)
    where = f"（{cells}）" if cells else ""
    return problem("trial-notes", same[0].place, count=len(same), where=where, said=text)
