"""The score formulas of rules that divide: proportions, ballots, questionnaires."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from inspections.workbook.formulas.text import first_of, literal, quoted, quotient
from rubrics.rules.model import Linear, Ratio, Survey, Votes
from rubrics.values.points import SCALE, to_units
from rubrics.values.ranges import Range

EXCUSED_WORDS = TOO_SMALL, NOTHING_DUE = "样本不足", "应有为0"
"""Shown as the score where the rule's own arithmetic excuses the item."""

NO_QUORUM, CONTRADICTION = "测评无效", "数有误"
"""Shown as the score where the entries do not count; the item stays unchecked."""


def linear(rule: Linear, points: Decimal, cell: str) -> str:
    """Returns P by how far a reading has come from ``zero`` to ``full``."""
    full, zero = to_units(rule.full), to_units(rule.zero)
    reached = f"ROUND({cell}*{SCALE},0)"
    gain = f"{reached}-({zero})" if full > zero else f"{zero}-{reached}"
    width = abs(full - zero)
    return quotient(f"{to_units(points)}*MAX(0,MIN({width},{gain}))", str(width))


def ratio(rule: Ratio, points: Decimal, have: str, due: str) -> str:
    """Returns P by a proportion; words where nothing is due, or more is there than due."""
    if rule.full is not None:
        worth, full = to_units(points), rule.full
        most, got = f"{due}*{full.numerator}", f"{have}*{full.denominator}"
        value = quotient(f"{worth}*MIN({most},{got})", most)
    elif rule.each is not None:
        value = f"ROUND(MAX(0,{literal(points)}-({due}-{have})*{literal(rule.each)}),4)"
    else:
        chain = [
            (_share_within(have, due, band.range), literal(band.points)) for band in rule.bands
        ]
        value = first_of(chain[:-1], chain[-1][1])
    return first_of(
        [(f"{have}>{due}", quoted(CONTRADICTION)), (f"{due}=0", quoted(NOTHING_DUE))], value
    )


def _share_within(have: str, due: str, allowed: Range) -> str:
    """The condition that have / due lies in ``allowed``, without dividing."""
    tests = []
    for end, sign in (
        (allowed.low, ">" + "=" * allowed.low_closed),
        (allowed.high, "<" + "=" * allowed.high_closed),
    ):
        if end is not None:
            exact = Fraction(end)
            tests.append(f"{have}*{exact.denominator}{sign}{due}*{exact.numerator}")
    return f"AND({','.join(tests)})" if len(tests) > 1 else "".join(tests) or "TRUE"


def votes(rule: Votes, points: Decimal, cells: Mapping[str, str]) -> str:
    """Returns P by the weighed ballots; words where they do not count."""
    ballots = [(cells[name], to_units(worth)) for name, worth in rule.options.items()]
    valid = "+".join(cell for cell, _ in ballots)
    weighed = "+".join(f"{cell}*{worth}" for cell, worth in ballots)
    entitled = cells["entitled"]
    value = quotient(f"{to_units(points)}*({weighed})", f"({valid})*{SCALE}")
    if rule.trim_from is not None:
        best_first = sorted(ballots, key=lambda ballot: -ballot[1])
        ends = [
            first_of([(f"{cell}>0", str(worth)) for cell, worth in order[:-1]], str(order[-1][1]))
            for order in (best_first, best_first[::-1])
        ]
        trimmed = quotient(
            f"{to_units(points)}*({weighed}-{ends[0]}-{ends[1]})", f"({valid}-2)*{SCALE}"
        )
        value = f"IF({valid}>={rule.trim_from},{trimmed},{value})"
    quorum = rule.quorum
    too_few = f"({valid})*{quorum.denominator}<{entitled}*{quorum.numerator}"
    return first_of(
        [
            (f"{valid}+{cells['invalid']}>{entitled}", quoted(CONTRADICTION)),
            (f"OR({valid}=0,{too_few})", quoted(NO_QUORUM)),
        ],
        value,
    )


def survey(rule: Survey, points: Decimal, cells: Mapping[str, str]) -> str:
    """Returns P by the rate of the satisfied; words where the sample is too small."""
    satisfied, returned, sent = cells["satisfied"], cells["returned"], cells["sent"]
    most, got = f"{returned}*{rule.full.numerator}", f"{satisfied}*{rule.full.denominator}"
    rate = rule.min_rate
    small = (
        f"OR({returned}<{rule.min_returned},{returned}*{rate.denominator}<{sent}*{rate.numerator})"
    )
    return first_of(
        [
            (f"OR({satisfied}>{returned},{returned}>{sent})", quoted(CONTRADICTION)),
            (small, quoted(TOO_SMALL)),
        ],
        quotient(f"{to_units(points)}*MIN({most},{got})", most),
    )
