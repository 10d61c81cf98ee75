"""Which evidence is still owed, after files have been bound to observations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from inspections.records.item_lists import CONFIRM_EVIDENCE, items_of, only_of
from inspections.records.record import State
from inspections.records.record_list import RecordList
from inspections.round.opened import OpenRound
from rubrics.language.facts import facts_of, rests_on_facts
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem


def without_proven(
    problems: Iterable[Problem], records: RecordList, opened: OpenRound
) -> list[Problem]:
    """Returns the problems without those of missing evidence that has been found since.

    A picture in the row, or a file named after the indicator's code, proves it as well; so does,
    of a fact, what a colleague of the same visit has of it. What is named and not there has a
    problem of its own. Of a confirmed dimension the items that still owe evidence are left.
    """
    problems = list(problems)
    asked = {item.place for item in problems if item.code == "evidence-missing"}
    confirmed = [item for item in problems if item.code == CONFIRM_EVIDENCE]
    sheets = {(it.file, it.sheet) for it in (*asked, *(one.place for one in confirmed))}
    proven = {
        records.place_of(place, owner, "evidence")
        for place, head in enumerate(records.heads)
        if (head.file, head.sheet) in sheets
        for owner, found in records.proved(place).items()
        if found.names or found.missing
    }
    proven |= set(_proven_by_colleagues(records, sheets, opened))
    left: list[Problem] = []
    for item in problems:
        if item.code == CONFIRM_EVIDENCE:
            over = proven | asked | _unchecked(records, item)
            owing = [owner for owner, place in items_of(item).items() if place not in over]
            left += filter(None, [only_of(item, owing)])
        elif item.place not in proven or item.place not in asked:
            left.append(item)
    return left


def _unchecked(records: RecordList, item: Problem) -> set[Place]:
    """Where items stand that were confirmed, and of which the bureau has decided otherwise."""
    sheet = item.place.file, item.place.sheet
    return {
        there
        for place, head in enumerate(records.heads)
        if (head.file, head.sheet) == sheet
        for owner, there in items_of(item).items()
        if (seen := records.answer(place, owner)) and seen.state is not State.CHECKED
    }


def _proven_by_colleagues(
    records: RecordList, sheets: Collection[tuple[str, str]], opened: OpenRound
) -> Iterator[Place]:
    """Yields where ``sheets`` lack what another inspector of the visit has: as scoring counts it.

    Nothing where the round combines facts that were rated independently.
    """
    if opened.round.combining.facts == "combined" or not sheets:
        return
    visits: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, head in enumerate(records.heads):
        visits[head.key.school, head.key.rubric, head.key.occasion].append(place)
    shared = {name: _shared(rubric) for name, rubric in opened.rubrics.items()}
    for (_, rubric, _), team in visits.items():
        asking = [it for it in team if (records.heads[it].file, records.heads[it].sheet) in sheets]
        for other in team if asking and len(team) > 1 else ():
            for owner, found in records.proved(other).items():
                seen = records.answer(other, owner)
                if not (found.names and owner in shared.get(rubric, ())):
                    continue
                if seen is not None and seen.state is State.CHECKED:
                    for place in asking:
                        if place != other:
                            yield records.place_of(place, owner, "evidence")


def _shared(rubric: Rubric) -> set[str]:
    """The items of which what proves them for one inspector proves them for the team."""
    judged = {item.id for item in rubric.indicators if not rests_on_facts(item)}
    return set(facts_of(rubric)) - judged
