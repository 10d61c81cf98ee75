"""What true totals may be, given those published and their errors.

Totals as published spread wider than true ones, so that ranks drawn around them, as a plain
bootstrap does, promise too much. True totals are taken as a sample of what a county's are. How
those are spread is fitted: first normal (Lindley & Smith 1972; Morris 1983), then bent to what the
totals show by a few steps of expectation and maximisation (smoothing by roughening: Shen & Louis
1999), since schools crowd below the full mark, or fall into two kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.errors import Errors
from scoring.fairness.ratings import Floats

FEW: Final = 20
"""Of so few schools the shape of a spread cannot be seen; it is normal, its size uncertain."""
STEPS: Final = 30
SHOWN: Final = 2_000
CELLS: Final = 200
SPREADS: Final = 41
SCALES: Final = 5
SHIFTS: Final = 25
SEED: Final = 20_240_101
"""Same totals, same chances."""


@dataclass(frozen=True, slots=True)
class Cells:
    """``chance``: schools x cells, of the true total to lie between two ``edges`` (points).

    ``level``: a cell is one published figure, so that all in it are equal. ``prior``: cells, the
    share of the county's schools; ``spread``: the standard deviation of true totals (points).
    """

    edges: Floats
    chance: Floats
    prior: Floats
    spread: float
    level: bool


def cells_of(totals: Floats, noise: Floats, step: float = 0.0) -> Cells:
    """Returns where each true total may lie.

    ``totals`` (schools, points) with the variance of their error, ``noise``; ``step``: to what
    true totals are rounded, in points (0: not at all).

    >>> found = cells_of(np.array([60.0, 80, 80, 100]), np.full(4, 25.0))
    >>> found.chance.shape, found.chance.sum(axis=1).round(9).tolist()
    ((4, 256), [1.0, 1.0, 1.0, 1.0])
    """
    from scipy.special import ndtr

    spread, centre = _fitted(totals, noise)
    deviation = np.sqrt(noise) + 1e-6
    wide = max(spread, 0.3 * float(deviation.mean()))
    reach = 0.5 * float(deviation.mean())
    low = min(float(totals.min()), centre - 4 * wide) - reach
    high = max(float(totals.max()), centre + 4 * wide) + reach
    edges, level = np.linspace(low, high, CELLS + 1), False
    if step and (high - low) / step < CELLS:
        first, last = np.floor(low / step + 0.5), np.floor(high / step + 0.5)
        edges, level = (np.arange(first, last + 2) - 0.5) * step, True
    likely = np.diff(ndtr((edges - totals[:, np.newaxis]) / deviation[:, np.newaxis]), axis=1)
    likely = np.maximum(likely, 1e-300)
    prior = np.diff(ndtr((edges - centre) / wide)) + 1e-12
    # Some of very many schools show the shape as well as all do.
    seen = likely[np.argsort(totals, kind="stable")[:: max(1, len(totals) // SHOWN)]]
    for _ in range(STEPS if len(totals) > FEW else 0):
        prior = prior * (seen.T @ (1 / (seen @ prior))) / len(seen)
    chance = likely * prior
    chance /= chance.sum(axis=1, keepdims=True)
    prior = prior / prior.sum()
    middle = (edges[1:] + edges[:-1]) / 2
    held = float(np.sqrt(max(0.0, prior @ middle**2 - (prior @ middle) ** 2)))
    return Cells(edges, chance, prior, held, level)


def drawn_totals(totals: Floats, errors: Errors) -> tuple[Floats, float]:
    """Returns draws x schools of true totals given those published (points), and their spread.

    What the severity of shared inspectors did to totals is drawn first, for all schools together;
    then each true total by itself.
    """
    if len(totals) <= FEW:
        return _few(totals, errors)
    draws = 4_000 if len(totals) <= 100 else 2_000
    random = np.random.default_rng(SEED)
    cells = cells_of(totals, errors.variance)
    scales = _scales(errors.freedom)
    pick = random.integers(0, len(scales), draws)
    if not errors.shared:
        shift = np.zeros((1, len(totals)))
        own = errors.variance
        lattice, at = shift, np.zeros((draws, len(totals)), np.int64)
    else:
        own = errors.own
        shift = _shifts(totals, errors, cells.spread, draws, random)
        lattice, at = _on_lattice(shift, random)
    table = _tables(totals - lattice, np.sqrt(np.multiply.outer(scales, own)), cells)
    schools = np.arange(len(totals))
    row = (at * len(scales) + pick[:, np.newaxis]) * len(totals) + schools
    cell = _cells_drawn(table, row, random.random(row.shape))
    spread = np.sqrt(scales[pick][:, np.newaxis] * own) + 1e-6
    return _within(cells.edges, cell, totals - shift, spread, random), cells.spread


def _tables(centres: Floats, deviations: Floats, cells: Cells) -> Floats:
    """Rows x cells: chances heaped up, for shifts x scales x schools."""
    from scipy.special import ndtr

    middle = centres[:, np.newaxis, :, np.newaxis]
    deviation = deviations[np.newaxis, :, :, np.newaxis] + 1e-6
    chance = np.diff(ndtr((cells.edges - middle) / deviation), axis=3) + 1e-300
    heaped = np.cumsum(chance * cells.prior, axis=3)
    return np.asarray((heaped / heaped[..., -1:]).reshape(-1, len(cells.prior)))


def _cells_drawn(table: Floats, row: IntArray, chance: Floats) -> IntArray:
    """The cell in each row of heaped chances where a number between 0 and 1 falls."""
    width = table.shape[1]
    flat = (table + np.arange(len(table))[:, np.newaxis]).ravel()
    found = np.searchsorted(flat, row + chance, "left") - row * width
    return np.asarray(np.clip(found, 0, width - 1))


def _within(
    edges: Floats, cell: IntArray, centre: Floats, deviation: Floats, random: np.random.Generator
) -> Floats:
    """Drawn within cells, in which a truth is as likely anywhere, but for what was seen."""
    from scipy.special import ndtr, ndtri

    low, high = (
        ndtr((edges[cell] - centre) / deviation),
        ndtr((edges[cell + 1] - centre) / deviation),
    )
    part = random.random(cell.shape)
    bent = centre + deviation * ndtri(np.clip(low + part * (high - low), 1e-15, 1 - 1e-15))
    even = edges[cell] + part * (edges[cell + 1] - edges[cell])
    return np.where(high - low > 1e-9, np.clip(bent, edges[cell], edges[cell + 1]), even)


def _shifts(
    totals: Floats, errors: Errors, spread: float, draws: int, random: np.random.Generator
) -> Floats:
    """Draws x schools: what inspectors' severity did to totals, given all of them."""
    inspectors, column = np.unique(errors.inspector, return_inverse=True)
    loads = np.zeros((len(totals), len(inspectors) + 1))
    np.add.at(loads, (errors.school, column), errors.weight)
    loads[:, -1] = 1  # the mean of all
    weight = 1 / (spread**2 + errors.own + 1e-9)
    precision = (loads.T * weight) @ loads
    places = np.arange(len(inspectors))
    precision[places, places] += 1 / errors.severity
    root = np.linalg.cholesky(precision)
    mean = np.linalg.solve(precision, loads.T @ (weight * totals))
    drawn = mean + np.linalg.solve(root.T, random.standard_normal((len(mean), draws))).T
    return np.asarray(drawn[:, :-1] @ loads[:, :-1].T)


def _on_lattice(shift: Floats, random: np.random.Generator) -> tuple[Floats, IntArray]:
    """A few shifts for each school, and which of them each draw has, rounded by chance."""
    middle, deviation = shift.mean(axis=0), shift.std(axis=0) + 1e-12
    ends = np.linspace(-3.6, 3.6, SHIFTS)
    place = (np.clip((shift - middle) / deviation, -3.6, 3.6) + 3.6) / (ends[1] - ends[0])
    at = np.clip(np.floor(place + random.random(shift.shape)), 0, SHIFTS - 1)
    return middle + ends[:, np.newaxis] * deviation, at.astype(np.int64)


def _few(totals: Floats, errors: Errors) -> tuple[Floats, float]:
    """The same of few schools: truth is normal, how wide is drawn too (flat for the standard
    deviation: Gelman 2006), and the size of errors where it rests on few differences.
    """
    draws, size = 4_000, len(totals)
    noise, turn = np.linalg.eigh(errors.covariance())
    noise = np.maximum(noise, 0)
    held, ones = turn.T @ totals, turn.T @ np.ones(size)
    scales = _scales(errors.freedom)
    widest = 3 * max(float(np.std(totals)), float(np.sqrt(noise.mean()))) + 1e-9
    spreads = (np.arange(SPREADS) + 0.5) * widest / SPREADS
    tau, scale = (grid.reshape(-1, 1) for grid in np.meshgrid(spreads, scales, indexing="ij"))
    whole = tau**2 + scale * noise
    precision = (ones**2 / whole).sum(axis=1)
    centre = (ones * held / whole).sum(axis=1) / precision
    miss = ((held - centre[:, np.newaxis] * ones) ** 2 / whole).sum(axis=1)
    fit = -0.5 * (np.log(whole).sum(axis=1) + np.log(precision) + miss)
    chance = np.exp(fit - fit.max())
    chance /= chance.sum()
    random = np.random.default_rng(SEED)
    at = np.searchsorted(np.cumsum(chance), (np.arange(draws) + 0.5) / draws)
    at = np.minimum(at, len(chance) - 1)
    mean = centre[at] + random.standard_normal(draws) / np.sqrt(precision[at])
    kept = (tau**2 / whole)[at]
    around = mean[:, np.newaxis] * ones
    drawn = around + kept * (held - around)
    drawn += np.sqrt(kept * (scale * noise)[at]) * random.standard_normal((draws, size))
    return drawn @ turn.T, float((chance * tau[:, 0]).sum())


def _scales(freedom: float) -> Floats:
    """By what the size of errors may be wrong: middles of equal parts of freedom / chi-square."""
    if freedom > 200:
        return np.ones(1)
    from scipy.special import gammaincinv

    parts = (np.arange(SCALES) + 0.5) / SCALES
    return np.asarray(freedom / (2 * gammaincinv(freedom / 2, parts)))


def _fitted(totals: Floats, noise: Floats) -> tuple[float, float]:
    """The likeliest spread of true totals (points, restricted likelihood), and their mean."""
    from scipy.optimize import minimize_scalar

    def centre(spread: float) -> float:
        return float(np.average(totals, weights=1 / (spread**2 + noise + 1e-12)))

    def lack(spread: float) -> float:
        whole = spread**2 + noise + 1e-12
        miss = (totals - centre(spread)) ** 2 / whole
        return float((np.log(whole) + miss).sum() + np.log((1 / whole).sum()))

    widest = 2 * float(np.std(totals)) + 1e-9
    found = float(minimize_scalar(lack, bounds=(0, widest), method="bounded").x)
    return found, centre(found)
