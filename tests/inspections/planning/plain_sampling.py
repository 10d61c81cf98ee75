"""How somebody draws again who has read the record alone: twenty lines, no library."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256


def plain_sample(
    weights: Mapping[str, int], count: int, seed: str, occasion: str, stratum: str
) -> set[str]:
    """Who is drawn; ``weights`` in 1/1000."""

    def lot(*what: object) -> str:
        return sha256("|".join([seed, occasion, stratum, *map(str, what)]).encode()).hexdigest()

    if count >= len(weights):
        return set(weights)
    drawn: set[str] = set()
    while True:
        left = count - len(drawn)
        rest = [name for name in weights if name not in drawn]
        total = sum(weights[name] for name in rest)
        sure = [name for name in rest if left and weights[name] * left >= total]
        if not sure:
            break
        drawn.update(sure)
    turn = 0
    while int(lot("起点", turn), 16) >= 2**256 // total * total:
        turn += 1
    start = int(lot("起点", turn), 16) % total
    points = {start + total * at for at in range(left)}
    before = 0
    for name in sorted(rest, key=lot):
        after = before + weights[name] * left
        if any(before <= point < after for point in points):
            drawn.add(name)
        before = after
    return drawn
