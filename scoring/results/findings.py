"""What scoring found that somebody has to look at, school by school and record by record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from inspections.records.record_list import RecordList
from inspections.round.school import Inspector
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Entry, Votes, joined
from rubrics.values.points import share_text
from scoring.engine.codes import CHECKED, STATES, UNCHECKED
from scoring.results.figures import Figures
from scoring.results.limits import too_much_excused
from scoring.verdict.standing import NOT_VISITED, PROVISIONAL

NOWHERE = Place()


def findings(
    figures: Figures,
    records: RecordList,
    people: Mapping[str, Inspector],
    *,
    open_records: bool = False,
) -> list[Problem]:
    """Returns the problems of one rubric's scores; ``records`` are in the order of its rows.

    ``people`` are the inspectors of the roster, by code. ``open_records``: counts of ballots are
    told, to whoever typed them.

    Codes: school-unvisited (of those that were due), visit-incomplete, verdict-withheld,
    states-differ, votes-below-quorum, evidence-missing.
    """
    return [
        *_unvisited(figures),
        *_incomplete(figures, records),
        *_withheld(figures, records),
        *_differing(figures, records, people),
        *_void(figures, records, open_records),
        *_pending(figures, records),
    ]


def _unvisited(figures: Figures) -> Iterator[Problem]:
    rubric = figures.rubric
    for row in np.flatnonzero(figures.standing.status == NOT_VISITED).tolist():
        school = figures.columns.schools[row]
        yield problem("school-unvisited", NOWHERE, school=school.name, rubric=rubric.title)


def _incomplete(figures: Figures, records: RecordList) -> Iterator[Problem]:
    columns = figures.columns
    for row in np.flatnonzero(figures.standing.status == PROVISIONAL).tolist():
        states = figures.items.states[row]
        items = [
            item.id
            for place, item in enumerate(figures.rubric.indicators)
            if states[place] == UNCHECKED
        ]
        first = records.heads[int(np.searchsorted(columns.school, row))]
        yield problem(
            "visit-incomplete",
            Place(first.file, first.sheet),
            school=columns.schools[row].name,
            rubric=figures.rubric.title,
            count=len(items),
            items="、".join(items),
        )


def _withheld(figures: Figures, records: RecordList) -> Iterator[Problem]:
    """Schools of which too much is excused for a grade."""
    columns = figures.columns
    for row in np.flatnonzero(figures.standing.ungraded).tolist():
        first = records.heads[int(np.searchsorted(columns.school, row))]
        yield problem(
            "verdict-withheld",
            Place(first.file, first.sheet),
            school=columns.schools[row].name,
            rubric=figures.rubric.title,
            detail=too_much_excused(figures, row),
        )


def _differing(
    figures: Figures, records: RecordList, people: Mapping[str, Inspector]
) -> Iterator[Problem]:
    """Two inspectors of one visit who do not agree on whether an item was checked or applies."""
    columns, states = figures.columns, figures.items.records.states
    same = (np.diff(columns.school) == 0) & (np.diff(columns.occasion) == 0)
    differ = same[:, np.newaxis] & (np.diff(states, axis=0) != 0)

    def name(row: int) -> str:
        code = records.heads[row].key.inspector
        return people[code].name if code in people else code

    for row, place in np.argwhere(differ).tolist():
        item = figures.rubric.indicators[place]
        yield problem(
            "states-differ",
            records.place_of(row + 1, item.id, "state"),
            school=columns.schools[int(columns.school[row])].name,
            indicator=f"{item.id} {item.title}",
            first=name(row),
            state=STATES[int(states[row, place])],
            second=name(row + 1),
            other=STATES[int(states[row + 1, place])],
        )


def _void(figures: Figures, records: RecordList, open_records: bool) -> Iterator[Problem]:
    """Ballots that do not count, item by item; records are looked at in their order."""
    states, columns = figures.items.records.states, figures.columns
    owners = [columns.owners[item.id] for item in figures.rubric.indicators]
    void = (columns.states[:, owners] == CHECKED) & (states == UNCHECKED)
    voted = [
        any(isinstance(part.rule, Votes) for part in item.rule.simple_parts(item.points))
        for item in figures.rubric.indicators
    ]
    found = [
        (place, row, told)
        for row, place in np.argwhere(void & np.array(voted, bool)).tolist()
        for told in _below_quorum(figures, records, row, place, open_records)
    ]
    yield from (told for _, _, told in sorted(found, key=lambda one: one[:2]))


def _below_quorum(
    figures: Figures, records: RecordList, row: int, place: int, open_records: bool
) -> Iterator[Problem]:
    columns, item, record = figures.columns, figures.rubric.indicators[place], records[row]
    seen = record.observation(item.id)
    entry = Entry(seen.values if seen else {})
    for part in item.rule_on(record.day).simple_parts(item.points):
        rule, own = part.rule, entry.part(part.id)
        if isinstance(rule, Votes) and rule.below_quorum(own):
            found = problem(
                "votes-below-quorum",
                records.place_of(row, item.id, joined(part.id, "entitled")),
                school=columns.schools[int(columns.school[row])].name,
                indicator=f"{item.id} {item.title}",
                quorum=share_text(rule.quorum),
                # Counts of ballots are secret, whatever they are counts of.
                figures=_ballots(rule, own) if open_records else "",
            )
            yield found


def _ballots(rule: Votes, own: Entry) -> str:
    return f"（有效 {rule.valid(own)} 票，应到 {own.count('entitled')} 人）"


def _pending(figures: Figures, records: RecordList) -> Iterator[Problem]:
    """The same problem as collecting reports, for what only the arithmetic knows to be lost."""
    rubric = figures.rubric
    named = [(item.id, item.title) for item in rubric.indicators]
    named += [(item.id, item.title) for item in rubric.extras]
    waiting = np.hstack([figures.items.records.pending, figures.extras.pending])
    for row, place in np.argwhere(waiting).tolist():
        owner, title = named[place]
        told = records.proved(row).get(owner)
        if told and told.missing:
            continue  # name by name
        answer = records.answer(row, owner)
        if answer is not None and answer.settled:
            continue  # what a decision wants is told of the decision
        where = records.place_of(row, owner, "evidence")
        yield problem("evidence-missing", where, indicator=f"{owner} {title}")
