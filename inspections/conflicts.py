"""Two files that claim one record: the first by name stands, the other is reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from inspections.folder import OpenRound
from inspections.visit import Visit, VisitKey
from inspections.workbook.layout import TITLE_ROW, Column
from rubrics.problems import Place, Problem, problem


def standing(claims: Iterable[Visit]) -> tuple[list[Visit], list[tuple[Visit, Visit]]]:
    """Returns the visits that count, one a key, and (the other, the one that stands) of the rest.

    ``claims`` come by file name, so that nothing depends on the order of a folder. A second copy
    that says the same is no conflict.
    """
    first: dict[VisitKey, Visit] = {}
    others: list[tuple[Visit, Visit]] = []
    for visit in claims:
        stands = first.setdefault(visit.key, visit)
        if stands is not visit and _said(stands) != _said(visit):
            others.append((visit, stands))
    return list(first.values()), others


def _said(visit: Visit) -> Visit:
    """What a record says, apart from where it stands."""
    bare = tuple(replace(one, places={}) for one in visit.observations)
    return replace(visit, observations=bare, file="", sheet="", digest="")


def conflicts(others: Iterable[tuple[Visit, Visit]], of: OpenRound) -> list[Problem]:
    """Returns the problems of records that do not stand. Code: visit-conflict."""
    return [
        problem(
            "visit-conflict",
            Place(visit.file, visit.sheet, Column.ADDRESS.at(TITLE_ROW)),
            school=of.roster.schools[visit.key.school].name,
            rubric=of.rubrics[visit.key.rubric].title,
            inspector=_name(visit.key.inspector, of),
            first=stands.file,
        )
        for visit, stands in others
    ]


def _name(inspector: str, of: OpenRound) -> str:
    known = of.roster.inspectors.get(inspector)
    return known.name if known else inspector
