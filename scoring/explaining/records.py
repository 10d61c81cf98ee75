"""What each inspector entered for one item: every cell with its place, file and digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from inspections.records.record import Heard, Observation, Record, State, Weighed
from inspections.records.value_text import value_text
from inspections.round.school import Inspector
from rubrics.messages.problems import Place
from rubrics.rules import Slot
from rubrics.values.points import number_text


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: what was asked, what stands there, and where (sheet and cell)."""

    label: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class RecordStep:
    """One inspector's record of one item. ``points``: what it earned alone, None where nothing.

    ``disputed``: files that say something else, and await a decision. ``decided``: decisions.
    ``heard``: of which answers of many people values were counted.
    """

    inspector: str
    company: str
    occasion: str
    day: str
    hours: str
    file: str
    sheet: str
    digest: str
    state: State
    points: Decimal | None
    pending: bool
    reason: str
    entries: tuple[Entry, ...]
    disputed: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()


def record(
    visit: Record,
    owner: str,
    slots: Sequence[Slot],
    inspectors: Mapping[str, Inspector],
    *,
    state: State,
    points: Decimal | None = None,
    pending: bool = False,
    reason: str = "",
) -> RecordStep:
    """Returns what one visit says of ``owner``, whose cells are ``slots``."""
    names = [_name(person, inspectors) for person in visit.inspectors]
    company = [name for name in names if name != _name(visit.key.inspector, inspectors)]
    seen = visit.observation(owner)
    return RecordStep(
        _name(visit.key.inspector, inspectors),
        "、".join(company),
        visit.key.occasion,
        str(visit.day),
        _hours(visit),
        visit.file,
        visit.sheet,
        visit.digest,
        state,
        points,
        pending,
        reason,
        tuple(_entries(seen, slots)) if seen else (),
        visit.disputed,
        seen.decided if seen else (),
        tuple(map(_heard, seen.heard)) if seen else (),
    )


def _heard(one: Heard) -> str:
    """How many answers to which question of which survey, from which files."""
    asked = f"“{one.question}”" if one.question else ""
    still = f"，其中 {one.undecided} {one.unit}没有决定算不算" if one.undecided else ""
    files = "；".join(one.files)
    return f"“{one.survey}”{asked}，{one.answers} {one.unit}{still}{_how(one.weighed)}：{files}"


def _how(weighed: Weighed | None) -> str:
    """How the classes were weighed, where the round says that they are."""
    if weighed is None:
        return ""
    if not weighed.classes:
        return "，没有可用的班级学生数，未加权"
    unit = "班级" if weighed.unit == "班" else weighed.unit
    left = [f"{weighed.silent} 个{weighed.unit}没有答卷"] if weighed.silent else []
    left += [f"{weighed.unplaced} 份没有写明{unit}，不计入"] if weighed.unplaced else []
    out = f"（{'；'.join(left)}）" if left else ""
    return (
        f"，按 {weighed.classes} 个{weighed.unit}的学生数加权{out}，"
        f"相当于 {number_text(weighed.effective)} 份等权的答卷"
    )


def _entries(seen: Observation, slots: Sequence[Slot]) -> Iterator[Entry]:
    for slot in slots:
        if slot.key in seen.values:
            value = value_text(slot, seen.values[slot.key])
            yield Entry(slot.label, value, _cell(seen.places.get(slot.key)))
    for key, label, text in (
        ("fault", "问题事实", seen.fault),
        ("evidence", "佐证材料", "、".join(seen.evidence)),
        ("remark", "备注", seen.remark),
        ("at_once", "当场处理", seen.at_once),
    ):
        if text:
            yield Entry(label, text, _cell(seen.places.get(key)))
    for proof in seen.proof:
        where = " ".join(filter(None, (proof.file, proof.part)))
        taken = f"，摄于 {proof.taken:%Y-%m-%d %H:%M}" if proof.taken else ""
        yield Entry("佐证文件", f"{where}，SHA-256 {proof.digest}{taken}", "")
    if seen.missing:
        yield Entry("不作佐证", "、".join(seen.missing), _cell(seen.places.get("evidence")))


def _cell(place: Place | None) -> str:
    return place.cell if place else ""


def _hours(visit: Record) -> str:
    times = [f"{it.hour}:{it.minute:02}" if it else "" for it in (visit.arrived, visit.left)]
    return "—".join(times) if any(times) else ""


def _name(person: str, inspectors: Mapping[str, Inspector]) -> str:
    known = inspectors.get(person)
    return f"{known.name}（{person}）" if known else person
