"""Draws the schools of every occasion, stratum by stratum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspections.planning.inputs import Inputs
from inspections.planning.sampling import sample
from inspections.planning.strata import Layer
from rubrics.messages.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Lots:
    """One draw: from the ``pool`` of a layer on one occasion, those ``drawn``, in this order.

    ``sure``: how many of them are there because nobody else had fewer visits; of the others
    ``among`` could be drawn.
    """

    layer: Layer
    occasion: str
    drawn: tuple[str, ...]
    sure: int
    among: tuple[str, ...]


def draw_schools(inputs: Inputs, held: Sequence[Layer], seed: str) -> list[Lots]:
    """Returns the draws of all occasions. Those with fewer visits under a stratum go first.

    Lots are ``seed|occasion|stratum|school``.
    """
    found = []
    visits = {(layer.name, school): 0 for layer in held for school in layer.schools}
    for occasion in inputs.round.occasions:
        for layer in held:
            one = _draw(inputs, layer, occasion, seed, visits)
            for school in one.drawn:
                visits[layer.name, school] += 1
            found.append(one)
    return found


def _draw(
    inputs: Inputs, layer: Layer, occasion: str, seed: str, visits: dict[tuple[str, str], int]
) -> Lots:
    levels: dict[int, list[str]] = {}
    for school in layer.schools:
        levels.setdefault(visits[layer.name, school], []).append(school)
    drawn: list[str] = []
    sure = 0
    among: tuple[str, ...] = ()
    for level in sorted(levels):
        left = layer.count - len(drawn)
        if left <= 0:
            break
        weights = {school: inputs.weight(school) for school in levels[level]}
        if left >= len(weights):
            sure += len(weights)
        else:
            among = tuple(weights)
        drawn += sample(weights, left, seed, occasion, layer.name)
    return Lots(layer, occasion, tuple(drawn), sure, among)


def too_few(inputs: Inputs, held: Sequence[Layer]) -> list[Problem]:
    """Returns what keeps schools from being visited as often as they have to. Code: plan-times."""
    turns = len(inputs.round.occasions)
    return [
        problem(
            "plan-times", Place(), stratum=layer.name, times=layer.times,
            schools=len(layer.schools), needed=layer.times * len(layer.schools), turns=turns,
            count=layer.count,
            drawn=layer.count * turns,
        )
        for layer in held
        if layer.times * len(layer.schools) > layer.count * turns
    ]  # fmt: skip
