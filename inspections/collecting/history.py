"""How a school's records came to be as they are: versions, differences, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from inspections.collecting.choosing import chosen
from inspections.collecting.collecting import collected
from inspections.ledger.arrivals import first_read
from inspections.ledger.decisions import Decision, all_decisions, in_force
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.past import Version, versions_of
from inspections.round.opened import OpenRound
from inspections.workbook.form.layout import HEAD, label_of
from rubrics.language.rubric import Rubric
from rubrics.language.subject import SCHOOLS
from rubrics.messages.problems import Problem

_EXCLUDING = frozenset({"visit-outside", "identity-altered"})
_DATE_CELL = HEAD["检查日期"].cell
COUNTS, ELSEWHERE, GONE, PASSED_OVER = "计入", "未计入", "已被替换或移走", "未采用"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version says otherwise than the one before: ``item`` is the row's code, or a field
    of the head.
    """

    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One version of a record in the order in which they came, and what it changed.

    ``day``: when the visit was, as it was typed where it is no day of the round. ``why``: what
    keeps it from counting, in Chinese.
    """

    rubric: str
    occasion: str
    inspector: str
    act: int
    at: str
    who: str
    file: str
    sheet: str
    digest: str
    day: str
    standing: str
    why: str
    changed: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All of a school. ``decisions`` come with whether they are in force."""

    school: str
    name: str
    steps: tuple[Step, ...]
    decisions: tuple[tuple[Decision, bool], ...]


def history(opened: OpenRound, school: str, rubric: str = "") -> History:
    """Returns how the records of ``school`` (under ``rubric``, or all) came to be."""
    name = opened.roster.schools[school].name
    if not has_ledger(opened):
        return History(school, name, (), ())
    now = collected(opened)
    counted = {(one.digest, one.sheet, one.key) for one in now.visits.heads}
    excluded = {
        (item.place.file, item.place.sheet): item.message
        for item in now.problems
        if excludes(item) or item.code == "visit-conflict"
    }
    with ledger_of(opened) as ledger:
        out = chosen(now.filled, now.problems, now.decisions, first_read(ledger)).out
        versions = [one for one in versions_of(ledger, school) if rubric in ("", one.key.rubric)]
        made = all_decisions(ledger)
    steps: list[Step] = []
    for before, one in zip([None, *versions], versions, strict=False):
        if before is not None and before.key != one.key:
            before = None
        counts = (one.digest, one.sheet, one.key) in counted and one.here
        aside = PASSED_OVER if (one.file, one.sheet) in out else ELSEWHERE
        standing = COUNTS if counts else aside if one.here else GONE
        why = excluded.get((one.file, one.sheet), "") if standing == ELSEWHERE else ""
        changed = _called(differences(before, one), opened.rubrics.get(one.key.rubric))
        steps.append(_step(opened, one, standing, why, changed))
    touching = {one.number for one in made if _about(one, school, rubric, versions)}
    # What a decision revokes is about what that was about.
    for later in made:
        if later.revokes in touching:
            touching.add(later.number)
    force = {one.number for one in in_force(made)}
    told = tuple((one, one.number in force) for one in made if one.number in touching)
    return History(school, name, tuple(steps), told)


def _called(changed: Iterable[Difference], rubric: Rubric | None) -> tuple[Difference, ...]:
    """Differences, with fields of the head as the sheet calls them."""
    words = rubric.words if rubric else SCHOOLS
    return tuple(
        replace(it, item=label_of(it.item, words)) if it.item in HEAD else it for it in changed
    )


def _about(one: Decision, school: str, rubric: str, versions: Sequence[Version]) -> bool:
    if one.school:
        return one.school == school and rubric in ("", one.rubric)
    return any(one.digest == version.digest for version in versions)


def excludes(item: Problem) -> bool:
    """Whether a problem keeps a sheet from counting: without a date there is no visit at all."""
    unread = item.code.startswith(("head-", "entry-lost", "entry-shown"))
    undated = unread and item.place.cell == _DATE_CELL
    return undated or item.code in _EXCLUDING


def _step(
    opened: OpenRound, one: Version, standing: str, why: str, changed: tuple[Difference, ...]
) -> Step:
    person = opened.roster.inspectors.get(one.key.inspector)
    return Step(
        one.key.rubric,
        one.key.occasion,
        f"{person.name}（{person.id}）" if person else one.key.inspector,
        one.act,
        one.at,
        one.who,
        one.file,
        one.sheet,
        one.digest,
        one.day or one.typed.get(("", "检查日期"), ""),
        standing,
        why,
        changed,
    )


def differences(before: Version | None, after: Version) -> tuple[Difference, ...]:
    """Returns the cells and states in which two versions differ, in the order of the sheet."""
    if before is None:
        return ()
    keys = dict.fromkeys([*before.typed, *after.typed])
    found = [
        Difference(_item(*key), before.typed.get(key, ""), after.typed.get(key, ""))
        for key in keys
        if before.typed.get(key, "") != after.typed.get(key, "")
    ]
    owners = dict.fromkeys([*before.states, *after.states])
    found += [
        Difference(f"{owner}（判定）", before.states.get(owner, ""), after.states.get(owner, ""))
        for owner in owners
        if before.states.get(owner, "") != after.states.get(owner, "")
    ]
    return tuple(found)


_NOTES = {
    "state": "状态",
    "fault": "问题事实",
    "evidence": "佐证",
    "remark": "备注",
    "at_once": "当场处理",
}


def _item(owner: str, slot: str) -> str:
    if slot in _NOTES:
        return f"{owner} {_NOTES[slot]}"
    return ".".join(filter(None, (owner, slot)))
