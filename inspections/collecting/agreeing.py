"""Facts of one visit that its inspectors recorded differently: a problem of both, told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspections.records.agreement import Difference, differences
from inspections.records.record import RecordKey
from inspections.records.record_list import RecordList
from inspections.records.value_text import label_text, value_text
from inspections.round.opened import OpenRound
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Extra, Indicator, RedLine
from rubrics.messages.printed_commands import quoted
from rubrics.messages.problems import Place, Problem, problem, withheld

CODE = "facts-differ"


def disagreements(opened: OpenRound, records: RecordList) -> Iterator[Problem]:
    """Yields one problem a pair of cells, in the later inspector's sheet; it names the other cell.

    Nothing where the round combines facts that were rated independently. Code: facts-differ.
    """
    if opened.round.combining.facts == "combined":
        return
    for rubric in opened.rubrics.values():
        items: tuple[Indicator | RedLine | Extra, ...] = (
            *rubric.indicators, *rubric.red_lines, *rubric.extras,
        )  # fmt: skip
        named = {item.id or "": item for item in items}
        for one in differences(rubric, records):
            item = named[one.owner]
            found = _problem(opened, records, one, f"{one.owner} {item.title}")
            yield withheld(found) if confidential(item) else found


def _problem(opened: OpenRound, records: RecordList, one: Difference, item: str) -> Problem:
    heads, people = records.heads, opened.roster.inspectors
    first, second = (
        people[whose].name if whose in people else whose
        for whose in (heads[one.first].key.inspector, heads[one.second].key.inspector)
    )
    there = records.place_of(one.first, one.owner, one.slot.key)
    return problem(
        CODE,
        records.place_of(one.second, one.owner, one.slot.key),
        indicator=item,
        label=label_text(one.slot.label),
        inspector=second,
        value=value_text(one.slot, one.other),
        second=first,
        other=value_text(one.slot, one.value),
        file=there.file,
        sheet=there.sheet,
        cell=there.cell,
        what=_typed(opened, heads[one.first].key, one),
    )


def _typed(opened: OpenRound, key: RecordKey, one: Difference) -> str:
    """The fact as a command names it: of which school, rubric, item, and visit where several."""
    item = f"{one.owner}.{one.slot.key}" if one.slot.key else one.owner
    words = [key.school, key.rubric, item]
    if len(opened.round.occasions) > 1:
        words += ["--occasion", key.occasion]
    return " ".join(map(quoted, words))


def on_both_sheets(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yields the problems as each inspector has to see them: what is about two cells, at both."""
    for item in problems:
        yield item
        if item.code == CODE:
            said, place = dict(item.params), item.place
            turned = {
                "inspector": said["second"],
                "value": said["other"],
                "second": said["inspector"],
                "other": said["value"],
                "file": place.file,
                "sheet": place.sheet,
                "cell": place.cell,
            }
            yield problem(CODE, Place(said["file"], said["sheet"], said["cell"]), **said | turned)
