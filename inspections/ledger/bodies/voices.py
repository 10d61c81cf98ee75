"""Facts of what many people said: files of answers, the answers of each school, and decisions.

Answers stand as columns of numbers, apart for each school, so that a school can be erased; words
of questions, and whatever people wrote in their own, stand in leaves.
"""

from __future__ import annotations

from msgspec import Struct


class Asked(Struct, frozen=True, array_like=True, gc=False):
    """How a question is answered: one, many or open; how many of the best levels are satisfied;
    the level of each option.
    """

    form: str
    satisfied: int
    levels: list[int]


class Survey(Struct, frozen=True, omit_defaults=True):
    """One file of answers. ``number``: from 1, without gaps, in one ledger.

    ``kind``: 问卷, 电话访谈 ...; ``program``: of which site the file is an export; ``digest``: its
    SHA-256; ``basis``: of all by which it was read. ``rows``: of answers. ``rules``: by which
    answers were flagged, as each said then. ``replaces``: numbers of earlier files that do not
    count since.

    Leaves: ``name`` of the file, ``survey``: its name; ``question/0`` ...: JSON
    ``[id, text, scale, group, option ...]``.
    """

    number: int
    kind: str
    program: str
    digest: str
    basis: str
    rows: int
    questions: list[Asked]
    rules: dict[str, str] = {}
    replaces: list[int] = []


class Answers(Struct, frozen=True, omit_defaults=True):
    """The answers of one school in a file; ``school`` is empty where it was not recognised.

    Each list has a place for every answer: the row of the file, from 1; its number there; when it
    was submitted (seconds since 1970 as the form's clock had it) and the seconds that it took; the
    number of its source in the file; how many people said it. Left out where nobody knows.
    ``codes``: a list for each question, see :class:`inspections.records.voices.AnswerSet`.
    ``flags``: places of those flagged, by rule.

    Leaves: ``0``, ``1`` ... by place: JSON ``{heading: text}`` of what is private of an answer:
    names, numbers, addresses, what was written freely, a school that nobody knows.
    """

    survey: int
    school: str
    row: list[int]
    codes: list[list[int]]
    serial: list[int] = []
    submitted: list[int] = []
    seconds: list[int] = []
    source: list[int] = []
    weight: list[int] = []
    flags: dict[str, list[int]] = {}


class Sifting(Struct, frozen=True):
    """What the bureau decided on answers of a survey that a rule flags; the latest one holds.

    Leaves: ``survey``: its name, ``reason``, ``decided_by``.
    """

    rule: str
    counts: bool
