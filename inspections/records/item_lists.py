"""Problems that are about several items of a sheet, and told as one.

They name the items (``items``, joined by ``、``), a cell of each (``cells``), and their ``count``.
"""

from __future__ import annotations

from collections.abc import Collection

from rubrics.messages.problems import Place, Problem, problem

CONFIRM_FIGURES = "confirm-figures"
CONFIRM_EVIDENCE = "confirm-evidence"


def listing(code: str, place: Place, found: dict[str, str], **params: object) -> Problem:
    """Returns the problem of the items ``found``: id -> cell."""
    said = {"count": len(found), "items": "、".join(found), "cells": " ".join(found.values())}
    return problem(code, place, **params, **said)


def items_of(item: Problem) -> dict[str, Place]:
    """Returns the items that such a problem names, and where each of them stands."""
    said, place = dict(item.params), item.place
    cells = said["cells"].split(" ")
    return {
        owner: Place(place.file, place.sheet, cell)
        for owner, cell in zip(said["items"].split("、"), cells, strict=True)
    }


def only_of(item: Problem, left: Collection[str]) -> Problem | None:
    """Returns the problem as it is told of the items that are ``left``; None where none is."""
    items = items_of(item)
    found = {owner: place.cell for owner, place in items.items() if owner in left}
    if len(found) == len(items):
        return item
    said = {key: value for key, value in item.params if key not in ("count", "items", "cells")}
    return listing(item.code, item.place, found, **said) if found else None
