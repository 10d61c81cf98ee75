"""A command killed at any moment and run again leaves what one that was not killed leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing.cases import cases
from tests.killing.cycle_cases import cycle_cases, names
from tests.killing.draw_cases import draw_cases
from tests.killing.rounds import Struck, struck
from tests.killing.sweeping import Case, sweep

MOMENTS = {"start": 8, "workbooks": 6, "collect": 14, "score": 10, "report": 8}
MOMENTS |= {
    "run": 6,
    "voices import": 8,
    "collect again": 10,
    "run again": 6,
    "collect, changed": 12,
    "report, changed": 12,
    "demo": 2,
    "round draw: promise": 10,
    "round draw: draw": 14,
    "round redraw": 8,
}
MOMENTS |= dict.fromkeys((*names(), "rectify template", "template copy", "year"), 1)
MOMENTS |= {f"{name} again": 1 for name in ("rectify send", "rectify collect", "followup collect")}
"""How many are tried here, spread over all; ``python -m tests.killing`` tries every one."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("killed")


REMEMBERING = "import inspections.round.known_digests as known; known._SETTLED = -(10**12)"
"""Files are remembered at once, so that a command is also killed while it writes that down."""


@pytest.fixture(scope="module")
def program(base: Path) -> Iterator[Struck]:
    with struck(base, REMEMBERING) as started:
        yield started


@pytest.fixture(scope="module")
def all_cases(base: Path, program: Struck) -> dict[str, Case]:
    found = (*cases(base, program), *draw_cases(base, program), *cycle_cases(base, program))
    return {case.name: case for case in found}


@pytest.mark.parametrize("name", MOMENTS)
def test_killed_and_run_again(
    name: str, all_cases: dict[str, Case], program: Struck, base: Path
) -> None:
    wanted = MOMENTS[name]

    def spread(count: int) -> list[int]:
        assert count > wanted
        # Between a file and the list of those that are ours lies little at the end.
        first = count * 4 // 5 if name.endswith("changed") else 0
        step = (count - first) / wanted
        return [1 + first + int(number * step + step / 2) for number in range(wanted)]

    found = list(sweep(all_cases[name], program, base, spread))
    assert len(found) == wanted
    assert [(moment, wrong) for moment, wrong in found if wrong] == []
