"""What following the chain finds."""

from __future__ import annotations

from dataclasses import dataclass

from inspections.ledger.bodies.forms import KIND_WORDS
from rubrics.messages.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain breaks first: in which act and fact, and how, in Chinese.

    ``kind`` is empty and ``fact`` is 0 where the act itself is meant. In what is left of the first
    form they are a table and the id of a row.
    """

    act: int
    kind: str
    fact: int
    detail: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The chain as it was followed: how many acts and facts are right, the digest of the last act.

    ``broken`` is None where all is as it was written. ``met``: whether a digest that was asked
    for is that of one of the acts.
    """

    acts: int
    facts: int
    head: str
    broken: Break | None = None
    met: bool = True


def broken_problem(broken: Break, ledger: str) -> Problem:
    """Returns the problem of a break in the ledger of that name. Code: ledger-broken."""
    said = {"act": broken.act, "where": _where(broken), "detail": broken.detail}
    return problem("ledger-broken", Place(ledger), **said)


def _where(broken: Break) -> str:
    if not broken.fact:
        return ""
    if broken.kind and broken.kind not in KIND_WORDS:  # what is left of the first form
        return f"{broken.kind} 表第 {broken.fact} 行，"
    word = f"（{KIND_WORDS[broken.kind]}）" if broken.kind else ""
    return f"第 {broken.fact} 条{word}，"
