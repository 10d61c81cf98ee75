"""Facts that the inspectors of one visit saw differently, with the cell of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from inspections.records.record_list import RecordList
from inspections.records.value_text import value_text
from rubrics.language.facts import facts_of
from rubrics.language.rubric import Rubric
from rubrics.messages.outgoing import WITHHELD
from rubrics.messages.problems import Place
from rubrics.rules import PeriodLength
from rubrics.values.points import BoolArray
from scoring.engine.agreeing import agreed
from scoring.engine.columns import Columns
from scoring.engine.combining import seats
from scoring.results.disputed import differing


@dataclass(frozen=True, slots=True)
class Said:
    """What one record says: ``text`` as people would say it, and where it was typed.

    ``record`` is its row.
    """

    record: int
    inspector: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class DifferingFact:
    """One fact of one visit; ``school`` is its id, ``owner`` an indicator, red line or extra."""

    school: str
    occasion: str
    owner: str
    label: str
    said: tuple[Said, ...]


def differing_facts(
    rubric: Rubric,
    columns: Columns,
    records: RecordList,
    elapsed: Mapping[PeriodLength, int],
    secret: Collection[str] = (),
) -> tuple[DifferingFact, ...]:
    """Returns facts that inspectors of one visit saw differently, by school, visit and rubric.

    Facts are counts, readings and checks, of which there is one truth; judgements may differ.
    ``columns`` and ``records`` as :func:`scoring.engine.columns.columns_of` gives them, before
    anything is made to agree, also of a round that combines facts. Of owners in ``secret`` the
    texts are withheld.
    """
    facts = agreed(rubric, columns, elapsed)
    visit, slots = seats(columns).visit, facts_of(rubric)
    found = []
    for number in np.unique(visit[facts.disputed.any(axis=1)]).tolist():
        first, behind = np.searchsorted(visit, [number, number + 1]).tolist()
        rows = range(first, behind)
        apart: BoolArray = np.logical_or.reduce(facts.disputed[first:behind])
        for owner, own in slots.items():
            for one in differing(facts, own, owner, rows) if apart[columns.owners[owner]] else ():
                said = tuple(
                    Said(
                        row,
                        records.heads[row].key.inspector,
                        WITHHELD if owner in secret else value_text(one.slot, value),
                        records.place_of(row, owner, one.slot.key),
                    )
                    for row, value in zip(one.rows, one.values, strict=True)
                )
                school = columns.schools[int(columns.school[first])].id
                occasion = columns.occasions[int(columns.occasion[first])]
                found.append(DifferingFact(school, occasion, owner, one.slot.label, said))
    return tuple(found)
