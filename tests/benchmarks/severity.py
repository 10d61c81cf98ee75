"""How strict inspectors are, beside general solvers doing the same least squares.

Each school by two inspectors drawn at random. Ours gives severities, their standard errors and
covariances, adjusted schools, leverages and residuals; of the peers only severities and standard
errors are asked, where they give any. Dense algebra needs a smaller county. BLAS may spin in other
threads while it waits: ``OPENBLAS_NUM_THREADS=1`` shows what one core does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from scipy.sparse import csc_array, csr_array
from scipy.sparse.linalg import lsqr, splu

from rubrics.values.points import IntArray
from scoring.fairness.additive import Additive, additive
from scoring.fairness.ratings import Floats
from tests.benchmarks.timing import Contender, Subject


def subjects(folder: Path, large: bool) -> Iterator[Subject]:
    """Yields 1,000 schools beside dense algebra, and 10,000; nothing is written to ``folder``."""
    yield _subject(1_000, 50, dense=True, rounds=5)
    yield _subject(10_000, 500, dense=False, rounds=9)


def _subject(schools: int, inspectors: int, *, dense: bool, rounds: int) -> Subject:
    school, inspector, values = _records(schools, inspectors)
    of = (school, inspector, values, schools, inspectors)
    ours = additive(*of)
    contenders = [Contender("本工具", partial(additive, *of))]
    peers = [
        ("SciPy lsqr（没有标准误）", by_lsqr, False),
        ("SciPy splu（逐人求标准误）", by_sparse_factors, True),
    ]
    if dense:
        peers.append(("NumPy 稠密 pinv", by_dense, True))
    for name, peer, errors in peers:
        _agree(ours, *peer(*of), errors)
        contenders.append(Contender(name, partial(peer, *of)))
    return Subject(
        f"宽严：{schools:,} 校×2 人，{inspectors} 人", "校", schools, tuple(contenders), rounds
    )


def by_lsqr(
    school: IntArray, inspector: IntArray, values: Floats, schools: int, inspectors: int
) -> tuple[Floats, Floats]:
    """The shortest answer, turned so that severities sum to zero; no standard errors."""
    answer = lsqr(_design(school, inspector, schools, inspectors), values, 0, 1e-12, 1e-12)[0]
    strict = answer[schools:]
    return strict - strict.mean(), np.zeros(inspectors)


def by_sparse_factors(
    school: IntArray, inspector: IntArray, values: Floats, schools: int, inspectors: int
) -> tuple[Floats, Floats]:
    """Normal equations of all but the first inspector, factored; a solution for each of them."""
    design = _design(school, inspector, schools, inspectors)
    keep = np.delete(np.arange(schools + inspectors), schools)
    design = csc_array(design[:, keep])
    factors = splu(csc_array(design.T @ design))
    answer = factors.solve(design.T @ values)
    residual = values - design @ answer
    sigma = np.sqrt(residual @ residual / (len(values) - len(keep)))
    unit = np.zeros((len(keep), inspectors - 1))
    unit[schools:] = np.eye(inspectors - 1)
    spread = np.zeros((inspectors, inspectors))
    spread[1:, 1:] = factors.solve(unit)[schools:]
    centre = np.eye(inspectors) - 1 / inspectors
    strict = np.append(0, answer[schools:])
    return strict - strict.mean(), sigma * np.sqrt(np.diagonal(centre @ spread @ centre))


def by_dense(
    school: IntArray, inspector: IntArray, values: Floats, schools: int, inspectors: int
) -> tuple[Floats, Floats]:
    """The textbook's way: the pseudoinverse of all normal equations."""
    design = _design(school, inspector, schools, inspectors).toarray()
    spread = np.linalg.pinv(design.T @ design, hermitian=True)
    answer = spread @ design.T @ values
    residual = values - design @ answer
    freedom = len(values) - schools - inspectors + 1
    centre = np.eye(inspectors) - 1 / inspectors
    own = centre @ spread[schools:, schools:] @ centre
    strict = answer[schools:]
    sigma = np.sqrt(residual @ residual / freedom)
    return strict - strict.mean(), sigma * np.sqrt(np.diagonal(own))


def _design(school: IntArray, inspector: IntArray, schools: int, inspectors: int) -> csr_array:
    rows = np.arange(len(school))
    signs = np.concatenate([np.ones(len(rows)), -np.ones(len(rows))])
    places = (np.concatenate([rows, rows]), np.concatenate([school, schools + inspector]))
    return csr_array((signs, places), (len(rows), schools + inspectors))


def _agree(ours: Additive, strict: Floats, errors: Floats, with_errors: bool) -> None:
    """Nothing is timed before both say the same of every inspector."""
    assert np.allclose(ours.severity, strict, atol=1e-6)
    if with_errors:
        assert np.allclose(ours.severity_error, errors, atol=1e-6)


def _records(schools: int, inspectors: int) -> tuple[IntArray, IntArray, Floats]:
    random = np.random.default_rng(20260901)
    first = random.integers(0, inspectors, schools)
    second = (first + random.integers(1, inspectors, schools)) % inspectors
    inspector = np.stack([first, second], axis=1).ravel()
    school = np.repeat(np.arange(schools), 2)
    strict = random.normal(0, 2, inspectors)
    truth = random.normal(85, 5, schools)
    values = truth[school] - strict[inspector] + random.normal(0, 2, 2 * schools)
    return school, inspector, values
