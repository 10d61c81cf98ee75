"""Figures that are counted of what many people said, laid over what inspectors entered.

Where answers give a figure, it stands, and inspectors need not enter it; what they entered and is
another one is told. What the bureau has decided stands above both.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from sqlalchemy import Engine

from inspections.collecting.deciding import OWED, TOGETHER, lost_slots, observed_anew
from inspections.ledger.held_records import HeldRecords
from inspections.records.observing import Answers, question_of
from inspections.records.record import Observation, Record, State, Value
from inspections.records.record_list import Evidence
from inspections.records.value_text import label_text, value_text
from inspections.round.opened import OpenRound
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Extra, Indicator, RedLine
from rubrics.messages.problems import Place, Problem, problem, withheld
from rubrics.rules import Entry, Slot

if TYPE_CHECKING:
    from inspections.voices.feed import Fed, Feed

_CODE: Final = "voices-differ"
_NOWHERE: Final = Place()

Unheard: TypeAlias = tuple[str, str, str]
"""An item of which inspectors entered what is theirs, and answers give nothing: the file, the
sheet, and the item's id.
"""


def with_voices(
    opened: OpenRound, ledger: Engine, records: HeldRecords, problems: Sequence[Problem]
) -> tuple[HeldRecords, list[Problem], frozenset[Unheard]]:
    """Returns records with figures counted of answers, all problems that are left, and what lacks
    nothing but answers.

    Codes: those of ``feeds``, voices-differ, voices-school-silent.
    """
    if not opened.round.voices:
        return records, list(problems), frozenset()
    # It counts with numpy, which takes long to load; most rounds hear nobody.
    from inspections.voices.feeding import feeds

    found, told = feeds(opened, ledger)
    work = _Work(opened, records, told)
    for one in problems:
        work.problems.setdefault((one.place.file, one.place.sheet), []).append(one)
    by_item: dict[tuple[str, str], list[Feed]] = {}
    for feed in found:
        by_item.setdefault((feed.voiced.rubric, feed.voiced.owner), []).append(feed)
    for at, head in enumerate(records.heads):
        for (rubric, _), own in by_item.items():
            if head.key.rubric == rubric:
                work.lay(at, head.key.school, own)
    work.tell_missing(found)
    changed = records.with_records(work.changed).with_evidence(work.evidence)
    left = [*chain.from_iterable(work.problems.values()), *work.told]
    return changed, left, frozenset(work.unheard)


@dataclass
class _Work:
    """``problems`` by file and sheet, as they stand; ``told``: those of no sheet in particular."""

    opened: OpenRound
    records: HeldRecords
    told: list[Problem]
    problems: dict[tuple[str, str], list[Problem]] = field(default_factory=dict)
    changed: dict[int, Record] = field(default_factory=dict)
    evidence: dict[int, dict[str, Evidence]] = field(default_factory=dict)
    unheard: set[Unheard] = field(default_factory=set)

    def lay(self, at: int, school: str, own: Sequence[Feed]) -> None:
        """Lays the figures of one item over what one record says of it."""
        fed = [one.schools[school] for one in own if school in one.schools]
        item, owner = own[0].target.item, own[0].voiced.owner
        slots = {key: slot for one in own for key, slot in one.target.slots.items()}
        visit = self.changed.get(at) or self.records[at]
        before = visit.observation(owner) or Observation(owner, State.UNCHECKED)
        # Who enters one of the figures in place of answers enters all of them.
        silent = {
            key
            for one in own
            if school not in one.schools and before.values.keys().isdisjoint(one.target.slots)
            for key in one.target.slots
        }
        if not fed:
            self._spare(at, visit, item, before, silent)
            return
        if before.decided and before.state is State.EXCUSED:
            return
        name = self.opened.ledger_name
        decided = {key for key, place in before.places.items() if place.file == name}
        values = {
            key: value for one in fed for key, value in one.values.items() if key not in decided
        }
        if not values or (isinstance(item, Indicator) and self._excused(visit, item)):
            return
        whole = own[0].target.whole
        after = self._heard(at, visit, item, before, values, fed, silent, whole=whole)
        counted = {
            key: value for one in fed for key, value in one.counted.items() if key not in decided
        }
        self._tell_differing(item, before, counted, slots, fed)
        others = tuple(seen for seen in visit.observations if seen.owner != owner)
        self.changed[at] = replace(visit, observations=(*others, after))

    def _spare(
        self,
        at: int,
        visit: Record,
        item: Indicator | RedLine | Extra,
        before: Observation,
        silent: Collection[str],
    ) -> None:
        """Asks nobody for what answers give: the school has none, which is told of the survey."""
        sheet = visit.file, visit.sheet
        held, where = self.problems.get(sheet, []), set(before.places.values())
        here = [wrong for wrong in held if wrong.place in where]
        if not any(wrong.code == "entry-missing" for wrong in here):
            return
        answers = Answers(
            before.values,
            lost_slots(before, here),
            State.CHECKED,
            before.fault,
            before.evidence,
            before.remark,
            before.places,
            before.at_once,
        )
        after, told_anew = observed_anew(self.opened, visit, item, answers, silent)
        over = {wrong for wrong in here if wrong.code in TOGETHER}
        self.problems[sheet] = [left for left in held if left not in over] + told_anew
        self._wait(sheet, after, told_anew, silent)
        kept = replace(before, reason=after.reason)
        others = tuple(seen for seen in visit.observations if seen.owner != before.owner)
        self.changed[at] = replace(visit, observations=(*others, kept))

    def _wait(
        self,
        sheet: tuple[str, str],
        after: Observation,
        told: Sequence[Problem],
        silent: Collection[str],
    ) -> None:
        missing = any(one.code == "entry-missing" for one in told)
        if silent and after.state is State.UNCHECKED and not missing:
            self.unheard.add((*sheet, after.owner))

    def _excused(self, visit: Record, item: Indicator) -> bool:
        traits = self.opened.roster.schools[visit.key.school].traits
        return bool(question_of(item, traits, day=visit.day).excused)

    def _heard(
        self,
        at: int,
        visit: Record,
        item: Indicator | RedLine | Extra,
        before: Observation,
        values: Mapping[str, Value],
        fed: Sequence[Fed],
        silent: Collection[str],
        *,
        whole: bool,
    ) -> Observation:
        sheet = visit.file, visit.sheet
        where, places = set(before.places.values()), dict(before.places)
        old = {places[key] for key in values if key in places}
        for one in fed:
            told = f"“{one.heard.survey}”{one.heard.question}"
            places |= {key: Place(self.opened.ledger_name, "", told) for key in one.values}
        held = self.problems.get(sheet, [])
        here = [wrong for wrong in held if wrong.place in where]
        over = {wrong for wrong in here if wrong.place in old or wrong.code in TOGETHER}
        answers = Answers(
            {**before.values, **values},
            lost_slots(before, here) - values.keys(),
            State.CHECKED,
            before.fault,
            before.evidence,
            before.remark,
            places,
            before.at_once,
        )
        after, told_anew = observed_anew(self.opened, visit, item, answers, silent)
        owes = not whole and self._owes(visit, item, after, values)
        told_anew = [new for new in told_anew if new.code not in OWED or owes]
        self.problems[sheet] = [left for left in held if left not in over] + told_anew
        self._wait(sheet, after, told_anew, silent)
        heard = tuple(one.heard for one in fed)
        if not owes:
            names = dict.fromkeys((*before.evidence, *(f"“{it.survey}”答卷统计" for it in heard)))
            proved = Evidence(tuple(names), before.proof, before.missing)
            bound = self.evidence.setdefault(at, dict(self.records.proved(at)))
            bound[after.owner] = proved
        return replace(
            after,
            proof=before.proof,
            missing=before.missing,
            decided=before.decided,
            settled=before.settled,
            overruled=before.overruled,
            heard=heard,
        )

    def _owes(
        self,
        visit: Record,
        item: Indicator | RedLine | Extra,
        after: Observation,
        fed: Mapping[str, Value],
    ) -> bool:
        """Whether inspectors have to prove what they found themselves, beside what was counted."""
        if not isinstance(item, Indicator) or after.state is not State.CHECKED:
            return False
        if item.evidence == "required":
            return True
        rubric = self.opened.rubrics[visit.key.rubric]
        traits = self.opened.roster.schools[visit.key.school].traits
        question = question_of(item, traits, demerits=rubric.scale == "demerits", day=visit.day)
        if any(after.values.get(key) for key in question.flags if key not in fed):
            return True
        entry = Entry(after.values, traits=traits)
        return any(
            part.rule.loses(part.points, entry.part(part.id), demerits=question.demerits)
            for part in question.parts
            if not any(key in fed for key in _keys(part.id, question.slots))
        )

    def _tell_differing(
        self,
        item: Indicator | RedLine | Extra,
        before: Observation,
        values: Mapping[str, Value],
        slots: Mapping[str, Slot],
        fed: Sequence[Fed],
    ) -> None:
        other = {
            key: before.values[key]
            for key, value in values.items()
            if key in before.values and before.values[key] != value
        }
        if not other and before.state is not State.EXCUSED:
            return
        typed, counted = (
            "、".join(
                f"{label_text(slots[key].label)} {value_text(slots[key], held[key])}"
                for key in other
            )
            for held in (other, values)
        )
        key = next(iter(other), "state")
        place = before.places.get(key, _NOWHERE)
        found = problem(
            _CODE,
            place,
            item=f"{item.id} {item.title}",
            value=typed or before.state,
            other=counted or "有数",
            survey="、".join(dict.fromkeys(one.heard.survey for one in fed)),
        )
        secret = isinstance(item, Indicator) and confidential(item)
        there = self.problems.setdefault((place.file, place.sheet), [])
        there.append(withheld(found) if secret else found)

    def tell_missing(self, found: Sequence[Feed]) -> None:
        """Tells of surveys that know nothing of schools that were visited, once for all items."""
        silent: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for one in found:
            if one.unknown:
                continue
            visited = dict.fromkeys(
                head.key.school
                for at, head in enumerate(self.records.heads)
                if head.key.rubric == one.voiced.rubric and not self._spared(at, one)
            )
            names = tuple(
                self.opened.roster.schools[school].name
                for school in visited
                if school not in one.schools
            )
            if names:
                silent.setdefault((one.voiced.survey, names), []).append(one.voiced.item)
        for (survey, names), items in silent.items():
            listed = "、".join(names[:10]) + ("等" if len(names) > 10 else "")
            said = {"item": "、".join(items), "survey": survey, "count": len(names)}
            place = Place(self.opened.ledger_name)
            self.told.append(problem("voices-school-silent", place, **said, schools=listed))

    def _spared(self, at: int, one: Feed) -> bool:
        item = one.target.item
        return isinstance(item, Indicator) and self._excused(self.records[at], item)


def _keys(part: str, slots: Mapping[str, Slot]) -> list[str]:
    """The keys of the slots of a part; of a rule by itself all."""
    return [key for key in slots if not part or key == part or key.startswith(f"{part}.")]
