"""Whether the sheets of two schools hold the same readings, more than schools have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rubrics.messages.problems import Place
from rubrics.values.points import IntArray
from scoring.fairness.patterns.entries import FEW, Entries
from scoring.fairness.patterns.pattern import MOST_CELLS, Kind, Pattern, rare, unknown
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats

_LEANINGS = np.arange(0.1, 1.01, 0.1)
_CANDIDATES = 60
_LOOKED_AT = 5


def copies(sheets: Sheets) -> list[Pattern]:
    """Returns for every inspector whether a sheet of theirs repeats that of another school.

    Their sheets are set beside their own and those of whom they went with, of other schools: what
    two inspectors enter of one school is simply true for both, and a school's own facts last. How
    easily an indicator's entries agree by chance is how often other inspectors enter the same
    elsewhere; what hardly ever occurs weighs most. Where entries agree, fault texts beside them
    count too, by how often the same people write the same beside such entries.

    ``statistic``: by how many powers of ten the agreements would be rare if each were by itself.
    p is at most this (Chernoff's bound on the sum of what agrees, each indicator by itself given
    the one sheet), times the pairs that were compared. Answer copying in examinations: Wollack
    (1997), "A nominal response model approach for detecting answer copying", Applied
    Psychological Measurement 21; van der Linden and Sotaridona (2006), "Detecting answer copying
    when the regular response process follows a known response model", Journal of Educational and
    Behavioral Statistics 31.

    >>> [found.cells for found in copies(sheets)]  # doctest: +SKIP
    """
    entries = Entries(sheets)
    people = [person for person, own in enumerate(sheets.rows_of) if len(own)]
    made = [_looked_at(entries, person) for person in people]
    entries.read(row for pairs in made if isinstance(pairs, _Pairs) for row in pairs.rows)
    return [_pattern(sheets, person, pairs) for person, pairs in zip(people, made, strict=True)]


def _looked_at(entries: Entries, person: int) -> _Pairs | str:
    """The pairs of one's sheets, or why there are none."""
    sheets = entries.sheets
    own = sheets.rows_of[person]
    company = [sheets.rows_of[other] for other in sorted(sheets.company[person])]
    beside = np.concatenate([own, *company])
    here = entries.here(own)
    if words := _cannot(entries, beside, len(sheets.ratings) - len(here)):
        return words
    return _compared(entries, own, beside, entries.usual(own, here))


def _pattern(sheets: Sheets, person: int, pairs: _Pairs | str) -> Pattern:
    who = sheets.codes(person)
    if isinstance(pairs, str):
        return unknown(Kind.COPIED, sheets.rubric, who, pairs)
    entries = pairs.entries
    if not pairs.best:
        words = "没有两所学校的表都填了同一项读数。"
        return Pattern(Kind.COPIED, sheets.rubric, who, "tested", words, 0.0, 1.0)
    one = min((_with_texts(pairs, *at) for at in pairs.best), key=lambda told: told.p)
    names = [sheets.name(row) for row in one.rows]
    texts = f"，其中 {one.texts} 项的问题描述也一字不差" if one.texts else ""
    words = (
        f"《{names[0]}》和《{names[1]}》两份表，都填了的 {one.both} 项读数、次数中，"
        f"有 {len(one.same)} 项完全相同{texts}。"
        f"照别的督学填的看，两所学校碰巧这样相同的机会{rare(one.p)}。"
        "也许是填表时带过来没有改，也许两校的情况真的一样；请对照原始记录和照片核对这些单元格。"
    )
    cells: list[Place] = []
    for item in one.same[: MOST_CELLS // 2]:
        cells += [sheets.cell(row, entries.items[item]) for row in one.rows]
    p = min(1.0, one.p * pairs.count)
    return Pattern(Kind.COPIED, sheets.rubric, who, "tested", words, one.powers, p, tuple(cells))


def _cannot(entries: Entries, beside: IntArray, others: int) -> str:
    if not entries.items:
        return "这份细则没有要填读数、次数的指标，两校的表是否雷同，无法从读数知道。"
    if len(np.unique(entries.sheets.ratings.school[beside])) < 2:
        return "只查了一所学校，没有另一所学校的表可比。查过两所以上，就能知道。"
    if others < FEW:
        return (
            f"别的督学在别的学校填的表只有 {others} 份，同样的读数有多常见无法知道。"
            f"有 {FEW} 份以上，就能知道。"
        )
    return ""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Own rows beside rows of one's own and of those who went along.

    ``usual``: own rows x items. ``best``: the rarest pairs as (place in ``own``, place in
    ``beside``), of ``count`` that were compared.
    """

    entries: Entries
    own: IntArray
    beside: IntArray
    usual: Floats
    best: list[tuple[int, int]]
    count: int

    @property
    def rows(self) -> Iterator[int]:
        """The rows of the rarest pairs."""
        for mine, other in self.best:
            yield from (int(self.own[mine]), int(self.beside[other]))


def _compared(entries: Entries, own: IntArray, beside: IntArray, usual: Floats) -> _Pairs:
    school = entries.sheets.ratings.school
    compared = school[own][:, np.newaxis] != school[beside]
    # The first of the rows beside are one's own: each pair of these once.
    compared[:, : len(own)] &= np.triu(np.ones((len(own), len(own)), bool), 1)
    mine, theirs = entries.codes[own], entries.codes[beside]
    weight = np.where(mine >= 0, -np.log(usual), 0)
    surprise = np.zeros(compared.shape)
    for one, other, much in zip(mine.T, np.ascontiguousarray(theirs.T), weight.T, strict=True):
        surprise += np.multiply(one[:, np.newaxis] == other, much[:, np.newaxis])
    surprise[~compared] = 0
    some = min(_CANDIDATES, surprise.size)
    held = np.sort(np.argpartition(-surprise, some - 1, axis=None)[:some])
    held = held[surprise.flat[held] > 0]
    one, other = np.divmod(held, len(beside))
    both = (mine[one] >= 0) & (theirs[other] >= 0)
    bound = np.array(
        [
            _bound(usual[row][there], rare)
            for row, there, rare in zip(one, both, surprise.flat[held], strict=True)
        ]
    )
    first = np.argsort(bound, kind="stable")[:_LOOKED_AT]
    best = list(zip(one[first].tolist(), other[first].tolist(), strict=True))
    return _Pairs(entries, own, beside, usual, best, int(compared.sum()))


@dataclass(frozen=True, slots=True)
class _Told:
    """One pair: rows, how many items both have, which agree (rarest first), of how many the texts
    do too; by how many powers of ten that is rare; at most how often chance gives it.
    """

    rows: tuple[int, int]
    both: int
    same: list[int]
    texts: int
    powers: float
    p: float


def _with_texts(pairs: _Pairs, mine: int, other: int) -> _Told:
    """A pair with the fault texts beside what agrees, as further things that agree or not."""
    entries, usual = pairs.entries, pairs.usual[mine]
    rows = int(pairs.own[mine]), int(pairs.beside[other])
    codes = entries.codes[list(rows)]
    both = (codes >= 0).all(axis=0)
    same = np.flatnonzero(both & (codes[0] == codes[1]))
    same = same[np.argsort(usual[same], kind="stable")]
    chances = usual[both].tolist()
    surprise, texts = -float(np.log(usual[same]).sum()), 0
    told = [entries.told(np.array(rows), item).tolist() for item in same.tolist()]
    alike = [bool(one) and one == another for one, another in told]
    # Other texts make nothing rarer, so that what is not rare need not be counted out.
    if any(alike) or pairs.count * np.exp(_bound(usual[both], surprise)) < 1:
        for item, texts_of, equal in zip(same.tolist(), told, alike, strict=True):
            if all(texts_of):
                chances.append(entries.usual_text(item, rows, pairs.beside))
            if equal:
                texts += 1
                surprise -= float(np.log(chances[-1]))
    p = float(np.exp(_bound(np.array(chances), surprise)))
    return _Told(rows, int(both.sum()), same.tolist(), texts, surprise / float(np.log(10)), p)


def _bound(usual: Floats, surprise: float) -> float:
    """The log of Chernoff's bound: things that agree with chances ``usual``, so rare a sum."""
    lean = _LEANINGS[:, np.newaxis]
    factors = np.log1p(usual ** (1 - lean) - usual).sum(axis=1)
    return min(float((factors - _LEANINGS * surprise).min()), 0.0)
