"""What schools have to put right, and every move on it; how each stands follows from the moves.

Items are numbered by the ledger within the act that opens them: without gaps, and never twice,
however many computers open some at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies import rectification as bodies
from inspections.ledger.chain import Act, By, Said, act, acts_by_id
from inspections.ledger.facts import bodies_of
from inspections.ledger.tables import facts, index
from inspections.records.rectification import Case, Item, Move, Term, Verb

_TEXTS_OF_ITEM = {
    "school": "school",
    "rubric": "rubric",
    "owner": "owner",
    "key": "key",
    "title": "title",
    "fact": "described",
    "quantity": "quantity",
    "basis": "basis",
    "demand": "demand",
    "office": "office",
    "reference": "reference",
    "done": "done",
    "remark": "remark",
}
"""Leaf of an item -> field."""

AMENDED = ("fact", "quantity", "evidence", "basis", "demand", "reference")
"""Leaves of an item that a correction may change."""

_TEXTS_OF_MOVE = (
    "measures",
    "leader",
    "person",
    "result",
    "signed",
    "approved",
    "reason",
    "consulted",
    "checked_by",
    "remark",
)


def open_items(ledger: Engine, made: Iterable[Item], by: By) -> list[int]:
    """Adds items in one act; returns their numbers, 0 for those that the ledger has already.

    The same thing is known by its school and key.
    """
    with act(ledger, "rectify-open", by) as doing:
        return add_items(doing, made)


def add_items(doing: Act, made: Iterable[Item]) -> list[int]:
    """Adds items within an act, as :func:`open_items` does."""
    known = {(one.school, one.key) for one in _items(doing.connection)}
    number = _last_number(doing.connection)
    numbers, said = [], []
    for one in made:
        if (one.school, one.key) in known:
            numbers.append(0)
            continue
        known.add((one.school, one.key))
        number += 1
        numbers.append(number)
        said.append(_said_of_item(replace(one, number=number)))
    doing.add("item", said)
    return numbers


def add_moves(
    ledger: Engine, made: Sequence[Move], by: By, *, since: int | None = None
) -> list[Move]:
    """Adds moves in one act; returns those that were added.

    What a school reported in a workbook is added once, however often the workbook is read.
    ``since``: the fact of the latest move that was seen; where another came after it, to one of
    the same items, nothing is added to that item.
    """
    with act(ledger, "rectify", by) as doing:
        held = _moves(doing.connection)
        told = {(one.item, one.file) for one in held if one.file}
        later = {one.item for one in held if since is not None and one.fact > since}
        schools = {one.number: one.school for one in _items(doing.connection)}
        fresh = [
            one
            for one in made
            if one.item in schools and one.item not in later and (one.item, one.file) not in told
        ]
        doing.add("move", (_said_of_move(one, schools[one.item]) for one in fresh))
    return fresh


def all_cases(ledger: Engine) -> list[Case]:
    """Returns every item that was not erased, with its moves, by number."""
    with ledger.connect() as connection:
        acts = acts_by_id(connection)
        wanted = select(facts.c.id, facts.c.act).where(facts.c.kind.in_(("item", "move")))
        act_of = {id: acts[act] for id, act in connection.execute(wanted)}
        moves: dict[int, list[Move]] = {}
        for one in _moves(connection):
            by = act_of[one.fact]
            told = replace(one, who=by.who, why=by.why, at=by.at)
            moves.setdefault(one.item, []).append(told)
        return [
            Case(
                replace(_amended(one, moves.get(one.number, ())), who=by.who, at=by.at),
                tuple(moves.get(one.number, ())),
            )
            for one in _items(connection)
            if (by := act_of[one.fact])
        ]


def latest(cases: Iterable[Case]) -> int:
    """Returns the fact of the latest move of all; 0 where there is none."""
    return max((one.fact for case in cases for one in case.moves), default=0)


def _amended(item: Item, moves: Iterable[Move]) -> Item:
    """The item as it is said now."""
    for one in moves:
        for name, text in one.says:
            value: Any = tuple(text.split("\n")) if name == "evidence" and text else text
            value = () if name == "evidence" and not text else value
            item = replace(item, **{_TEXTS_OF_ITEM.get(name, name): value})
    return item


def _said_of_item(one: Item) -> Said:
    body = bodies.Item(
        one.number,
        one.source,
        one.kind.value,
        one.opened.isoformat(),
        _iso(one.due),
        one.days,
        one.working,
        _iso(one.found),
        _iso(one.spot),
        _count(one.amount),
    )
    texts = [(leaf, str(getattr(one, name))) for leaf, name in _TEXTS_OF_ITEM.items()]
    texts.append(("evidence", "\n".join(one.evidence)))
    return Said(body, [(leaf, text) for leaf, text in texts if text])


def _said_of_move(one: Move, school: str) -> Said:
    """What the fact of a move says; by its school it is found when that is erased."""
    days = (_iso(one.day), _iso(one.done), _iso(one.until))
    progress, rules, handled = map(_count, (one.progress, one.rules, one.handled))
    body = bodies.Move(
        one.item, one.verb.value, *days, progress, one.file, _iso(one.asked), rules, handled
    )
    texts = [("school", school), ("proof", "\n".join(one.proof))]
    texts += [(name, getattr(one, name)) for name in _TEXTS_OF_MOVE]
    changed = [(f"says/{name}", text) for name, text in one.says]
    return Said(body, [(leaf, text) for leaf, text in texts if text] + changed)


def _items(connection: Connection) -> list[Item]:
    return [
        Item(
            **{name: texts.get(leaf, "") for leaf, name in _TEXTS_OF_ITEM.items()},
            opened=date.fromisoformat(body.opened),
            source=body.source,
            kind=Term(body.kind),
            days=body.days,
            working=body.working,
            due=_day(body.due),
            found=_day(body.found),
            evidence=_lines(texts.get("evidence", "")),
            spot=_day(body.spot),
            amount=_said_count(body.amount),
            number=body.number,
            fact=id,
        )
        for id, body, texts in bodies_of(connection, "item")
        if texts.get("school")
    ]


def _moves(connection: Connection) -> list[Move]:
    return [
        Move(
            body.item,
            Verb(body.verb),
            **{name: texts.get(name, "") for name in _TEXTS_OF_MOVE},
            day=_day(body.day),
            done=_day(body.done),
            until=_day(body.until),
            asked=_day(body.asked),
            progress=_said_count(body.progress),
            rules=_said_count(body.rules),
            handled=_said_count(body.handled),
            proof=_lines(texts.get("proof", "")),
            file=body.file,
            says=tuple(
                (leaf.removeprefix("says/"), text)
                for leaf, text in texts.items()
                if leaf.startswith("says/")
            ),
            fact=id,
        )
        for id, body, texts in bodies_of(connection, "move")
        if body is not None
    ]


def _last_number(connection: Connection) -> int:
    last = select(func.max(index.c.parent)).where(index.c.kind == "item")
    return connection.execute(last).scalar_one_or_none() or 0


def _count(number: int | None) -> int:
    return -1 if number is None else number


def _said_count(number: int) -> int | None:
    return None if number < 0 else number


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
