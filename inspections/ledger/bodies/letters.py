"""Facts of letters: the numbers that they bear, objections of schools, and their answers."""

from __future__ import annotations

from msgspec import Struct


class Letter(Struct, frozen=True):
    """A number that a letter was given: ``n`` of a ``series``, in which it stands as ``{n}``.

    ``digest``: the SHA-256 (hex) of what the letter says. ``day``: its date, empty where it has
    none. ``replaces``: the fact of the letter of the same stage that it takes the place of, or 0.
    Leaf ``about``: school and rubric as JSON; when it is erased the number stays used. Leaf
    ``certainty``, where the round asks: what it says of how sure its rank is, which names others.
    """

    series: str
    n: int
    stage: str
    digest: str
    day: str
    replaces: int


class Objection(Struct, frozen=True):
    """What a school objected to a first opinion, filed on the day ``received``.

    ``letter``: the fact of that opinion, or 0. ``since``: the day from which the period counts.
    ``papers``: the SHA-256 of each paper. Leaves: ``about`` (school and rubric as JSON), ``text``,
    and ``paper/0`` ..., their names.
    """

    number: int
    letter: int
    received: str
    since: str
    papers: list[str]


class Answer(Struct, frozen=True):
    """How an objection was decided. ``decisions``: numbers of the corrections that follow from it.

    Leaves: ``about`` (school and rubric as JSON), ``reasons``.
    """

    objection: int
    outcome: str
    decisions: list[int]
