"""Whether a ledger may be worked with: nothing in it was changed, and nothing of it is missing."""

from __future__ import annotations

from sqlalchemy import Engine, select

from inspections.ledger.bodies.office import Resumed
from inspections.ledger.breaks import Verified, broken_problem
from inspections.ledger.chain import FIRST, By, Said, act, last_act
from inspections.ledger.facts import bodies_of
from inspections.ledger.of_round import bookmark_of, has_ledger, ledger_of
from inspections.ledger.receipt import Receipt, read_receipt, receipt_of
from inspections.ledger.tables import acts
from inspections.ledger.verified_before import Bookmark, VerifiedBefore
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem

_NOT_THERE = "里面没有这一笔，是别的台账，或从以前的备份另外记下来的"


def doubts(opened: OpenRound) -> list[Problem]:
    """Verifies what of the round's ledger was not verified before; returns why not to use it.

    What is missing is told from what results and this computer know of it. Codes: ledger-broken,
    ledger-behind.
    """
    if not has_ledger(opened):
        return missing(opened)
    bookmark = bookmark_of(opened)
    with ledger_of(opened) as ledger:
        found = _verified(ledger, bookmark, bookmark.read())
        if found and found.broken:
            return [broken_problem(found.broken, opened.ledger_name)]
        lost = missing(opened, ledger)
        if found and not lost:
            bookmark.keep(ledger)
        return lost


def missing(opened: OpenRound, ledger: Engine | None = None) -> list[Problem]:
    """Returns which acts were there once and are not in ``ledger``; None for one that is gone.

    Code: ledger-behind.
    """
    if ledger is None:
        due = _latest(_known(opened))
        return [_behind(opened, due, Receipt(0, FIRST))] if due else []
    due = _latest(_lacking(opened, ledger))
    return [_behind(opened, due, receipt_of(ledger))] if due else []


def resume(opened: OpenRound, by: By) -> Receipt | None:
    """Adds that a ledger goes on though acts of it are missing; returns how far it had come once.

    None, and nothing is added, where nothing is missing.
    """
    with ledger_of(opened) as ledger:
        lacking = _lacking(opened, ledger)
        with act(ledger, "resume", by) as doing:
            doing.add("resumed", (Said(Resumed(one.acts, one.head)) for one in lacking))
    return _latest(lacking)


def _verified(ledger: Engine, bookmark: Bookmark, before: VerifiedBefore | None) -> Verified | None:
    """What following the chain finds, from where it was followed before; None where that is all."""
    stands = before is not None and bookmark.stands(ledger, before)
    with ledger.connect() as connection:
        last = last_act(connection) if stands else None
    if stands and before and (last.digest if last else FIRST) == before.head:
        return None
    # Following the chain needs all that ever wrote it; mostly there is nothing to follow.
    from inspections.ledger.verifying import verify, verify_since

    if not (stands and before):
        return verify(ledger)
    return verify_since(ledger, before.acts, before.facts, before.head)


def _known(opened: OpenRound) -> list[Receipt]:
    """How far the ledger had come: what the results say, and what this computer has verified."""
    told, before = read_receipt(opened.folder.results), bookmark_of(opened).read()
    held = Receipt(before.acts, before.head) if before else None
    return [one for one in (told, held) if one and one.acts]


def _lacking(opened: OpenRound, ledger: Engine) -> list[Receipt]:
    """Those of which the last act is not there, and nobody has said that it goes on without."""
    known = _known(opened)
    with ledger.connect() as connection:
        heads = select(acts.c.digest).where(acts.c.digest.in_([one.head for one in known]))
        there = set(connection.execute(heads).scalars())
        if all(one.head in there for one in known):
            return []
        there |= {body.head for _, body, _ in bodies_of(connection, "resumed")}
    return [one for one in known if one.head not in there]


def _latest(receipts: list[Receipt]) -> Receipt | None:
    return max(receipts, key=lambda one: (one.acts, one.decisions), default=None)


def _behind(opened: OpenRound, due: Receipt, held: Receipt) -> Problem:
    lost = max(due.decisions - held.decisions, 0)
    less = held.acts < due.acts
    return problem(
        "ledger-behind",
        Place(opened.ledger_name),
        held=f"{'只有' if less else '有'} {held.acts}",
        due=due.acts,
        head=due.head[:12],
        missing=f"缺第 {held.acts + 1} 至 {due.acts} 笔" if less else _NOT_THERE,
        decisions=f"，其中决定 {lost} 个" if lost else "",
    )
