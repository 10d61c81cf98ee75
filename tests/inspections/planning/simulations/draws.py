"""Ten thousand draws: uniform within strata, as likely as weights say, no rule broken.

``python -m tests.inspections.planning.simulations.draws`` prints the table; it takes minutes.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from math import sqrt

from scipy.stats import chi2

from inspections.planning.drawing import draw_schools
from inspections.planning.keeping import breaches
from inspections.planning.planned import plan_from
from inspections.planning.sampling import chances
from inspections.planning.strata import layers
from tests.inspections.planning.counties import county, drawn_county


def uniform(draws: int) -> None:
    """Chi-square of every stratum of a county of 60, a third of each drawn."""
    inputs = county(60, 10, by=("学段",), share="1/3")
    held = layers(inputs)
    counts: Counter[tuple[str, str]] = Counter()
    for seed in range(draws):
        for one in draw_schools(inputs, held, str(seed)):
            counts.update((one.layer.name, school) for school in one.drawn)
    for layer in held:
        size, drawn = len(layer.schools), layer.count
        due = draws * drawn / size
        # Drawn without replacement, counts vary less than in as many throws of a die.
        spread = due * (1 - drawn / size) * size / (size - 1)
        found = sum((counts[layer.name, it] - due) ** 2 for it in layer.schools) / spread
        print(
            f"uniform   {layer.name:　<6} {drawn:3} of {size:3}  chi-square {found:7.2f} "
            f"({size - 1} degrees)  p {chi2.sf(found, size - 1):.3f}"
        )


def weighed(draws: int) -> None:
    """Chances against frequencies where schools weigh from 1 to 5."""
    inputs = county(60, 10, by=("学段",), share="1/4")
    codes = list(inputs.roster.schools)
    inputs = replace(inputs, weights={code: 1000 + 67 * at for at, code in enumerate(codes)})
    held = layers(inputs)
    counts: Counter[str] = Counter()
    for seed in range(draws):
        for one in draw_schools(inputs, held, str(seed)):
            counts.update(one.drawn)
    scores = []
    for layer in held:
        due = chances({it: inputs.weight(it) for it in layer.schools}, layer.count)
        for school, chance in due.items():
            error = sqrt(draws * float(chance) * (1 - float(chance)))
            scores.append((counts[school] - draws * float(chance)) / error)
    whole = sqrt(sum(it * it for it in scores) / len(scores))
    print(f"weights   z of {len(scores)} schools: root mean square {whole:.3f}, "
          f"largest {max(map(abs, scores)):.2f}")  # fmt: skip


def kept(plans: int) -> None:
    """Rules over plans of counties whose settings are drawn too."""
    made_plans = broken = visits = extra = moved = 0
    unlinked: Counter[tuple[str, ...]] = Counter()
    refused: Counter[str] = Counter()
    for seed in range(plans):
        inputs = drawn_county(seed)
        made, problems = plan_from(inputs, str(seed))
        if made is None:
            refused.update({item.code for item in problems})
            continue
        made_plans += 1
        visits += sum(map(len, made.visits.values()))
        broken += len(list(breaches(inputs, made)))
        unlinked.update(it.why for it in made.price.apart)
        extra += made.price.extra
        moved += made.price.moved
    print(
        f"rules     {made_plans} plans of {plans} counties, {visits} visits: {broken} breaches; "
        f"{sum(unlinked.values())} rubrics not linked; {extra} visits of one person more, "
        f"{moved} exchanges"
    )
    print(f"apart     {dict(unlinked)}")
    print(f"refused   {dict(refused)}")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    uniform(count)
    weighed(count)
    kept(count)
