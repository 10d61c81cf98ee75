"""Whether an inspector tells good from poor less than those who saw the same schools."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from rubrics.language.facts import rests_on_facts
from rubrics.values.points import BoolArray, IntArray
from scoring.fairness.patterns.chance import exchanged, own_seed
from scoring.fairness.patterns.pattern import LEAST, MOST_CELLS, Kind, Pattern, unknown
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats

_MARGIN = 0.8


def spreads(sheets: Sheets, seed: int) -> list[Pattern]:
    """Returns for every inspector whether their marks lie closer together than the others'.

    Only what each is to judge by themselves counts; facts are the same for both. At every visit
    the squared distance of one's record from the mean of the visits with the same partner (both
    records, indicator by indicator, weighed by P) is set beside that of the partner's; of several
    at a visit, the partner is who is there most often. How strict either is cancels out of the
    sum. ``statistic``: the root of the ratio of own to theirs, below 1 where theirs go further
    apart. p is one-sided, of a spread so little if it were four fifths of theirs or more (honest
    people are not all equally exact), from exchanging the two records within visits, one's own
    stretched by 5/4: all ways up to 15 visits, random ones beyond. It compares two people: where
    one has too little spread, or the other too much, looks the same, and the words say so.
    Restriction of range: Saal, Downey and Lahey (1980), "Rating the ratings", Psychological
    Bulletin 88; equal variances of pairs: Pitman (1939) and Morgan (1939), Biometrika 31, by
    randomisation.

    >>> [found.statistic for found in spreads(sheets, seed=7)]  # doctest: +SKIP
    """
    found: list[Pattern] = []
    partners, shares = _partners(sheets), sheets.ratings.shares
    judged = np.array([not rests_on_facts(item) for item in sheets.ratings.rubric.indicators])
    for person, own in enumerate(sheets.rows_of):
        if not len(own):
            continue
        who = sheets.codes(person)
        if not judged.any():
            words = "这份细则没有由督学各自评定的指标（都是事实，两人应当一致），这一项不比。"
            found.append(unknown(Kind.SPREAD, sheets.rubric, who, words))
            continue
        rows, mine, theirs = _squares(sheets, shares, own, partners, judged)
        size = len(rows)
        if size <= LEAST:
            words = (
                f"与同一人同去过两次以上、各填一份表的检查只有 {size} 次，给分是否拉得开无法知道。"
                "与同样的人同去 6 次以上，就能知道。"
            )
            found.append(unknown(Kind.SPREAD, sheets.rubric, who, words))
            continue
        chance = exchanged(
            theirs - mine / _MARGIN**2, own_seed(seed, Kind.SPREAD, sheets.rubric, *who)
        )
        ratio = float(np.sqrt(mine.sum() / theirs.sum())) if theirs.sum() > 0 else 1.0
        closest = np.argsort(mine - theirs, kind="stable")
        words = (
            f"与人同去的 {size} 次检查中，各自评定的指标，"
            f"本人给分一般偏离平均 {_percent(mine)} 个百分点，"
            f"同去的人偏离 {_percent(theirs)} 个，本人的高低差别是同去的人的 {ratio:.0%}。"
            "可能是好坏没有拉开，也可能是同去的人给分起伏大；"
            "请核对好的、差的学校是否给了差不多的分。"
        )
        found.append(
            Pattern(
                Kind.SPREAD,
                sheets.rubric,
                who,
                "tested",
                words,
                ratio,
                chance.p,
                tuple(sheets.sheet(int(rows[at])) for at in closest[: MOST_CELLS // 2]),
                chance.draws,
                chance.seed,
            )
        )
    return found


def _percent(squares: Floats) -> str:
    return f"{100 * float(squares.mean()) ** 0.5:.1f}"


def _partners(sheets: Sheets) -> dict[int, list[int]]:
    """By row, the other rows of the visit."""
    visits: dict[int, list[int]] = defaultdict(list)
    for row, visit in enumerate(sheets.ratings.visit.tolist()):
        visits[visit].append(row)
    return {
        row: [other for other in rows if other != row] for rows in visits.values() for row in rows
    }


def _squares(
    sheets: Sheets,
    shares: Floats,
    own: IntArray,
    partners: dict[int, list[int]],
    judged: BoolArray,
) -> tuple[IntArray, Floats, Floats]:
    """Rows with a partner who came twice or more; squared distances, own and the partner's."""
    ratings, people = sheets.ratings, sheets.ratings.inspector
    often = Counter(int(people[other]) for row in own.tolist() for other in partners[row])
    pairs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in own.tolist():
        if partners[row]:
            other = max(partners[row], key=lambda it: (often[int(people[it])], -int(people[it])))
            pairs[int(people[other])].append((row, other))
    rows: list[IntArray] = []
    mine: list[Floats] = []
    theirs: list[Floats] = []
    weight = ratings.worth * judged / (ratings.worth * judged).sum()
    for with_one in pairs.values():
        if len(with_one) < 2:
            continue
        one, two = (np.array(part) for part in zip(*with_one, strict=True))
        both = ratings.there[one] & ratings.there[two]
        held = [np.where(both, shares[part], 0) for part in (one, two)]
        mean = (held[0] + held[1]).sum(axis=0) / np.maximum(2 * both.sum(axis=0), 1)
        squares = [np.where(both, part - mean, 0) ** 2 @ weight for part in held]
        rows.append(one)
        mine.append(squares[0])
        theirs.append(squares[1])
    if not rows:
        return np.zeros(0, np.int64), np.zeros(0), np.zeros(0)
    return np.concatenate(rows), np.concatenate(mine), np.concatenate(theirs)
