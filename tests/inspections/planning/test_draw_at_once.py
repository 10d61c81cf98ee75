"""Two computers promise or draw at once: one does, the other is told; who is cut off goes on."""

from __future__ import annotations

import multiprocessing
import shutil
import uuid
from pathlib import Path

import pytest

from inspections.ledger.of_round import ledger_of
from inspections.ledger.planning import all_commitments, all_plan_draws
from inspections.ledger.verifying import verify
from inspections.planning.known_draws import Told
from inspections.planning.lots import commitment
from inspections.steps import planning
from inspections.steps.planning import draw_round, verify_draw
from rubrics.messages.problems import Place, problem
from tests.inspections.planning.drawing_round import (
    BY,
    DRAWN,
    PROMISED,
    codes,
    drawing_round,
    opened,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return drawing_round(tmp_path)


def test_of_two_promises_at_once_one_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = draw_round(folder, PROMISED, BY)
    assert first is not None
    seeds = (folder / "draw.seed").read_text(encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(planning, "told_of", lambda _: Told())  # as it was before the other's
        second, problems = draw_round(folder, PROMISED, BY)
    assert second is None and codes(problems)[-1] == "draw-elsewhere"
    assert (folder / "draw.seed").read_text(encoding="utf-8") == seeds
    with ledger_of(opened(folder)) as ledger:
        assert [it.digest for it in all_commitments(ledger)] == [first.commitment.digest]


def test_who_was_cut_off_before_the_ledger_knew_promises_anew(folder: Path) -> None:
    (folder / "draw.seed").write_text("ab" * 32 + "\n", encoding="utf-8")
    done, _ = draw_round(folder, PROMISED, BY)
    assert done is not None and done.draw is None
    (seed,) = (folder / "draw.seed").read_text(encoding="utf-8").split()
    assert commitment(seed) == done.commitment.digest


def test_who_was_cut_off_after_the_ledger_knew_finishes_with_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_round(folder, PROMISED, BY)
    before = (folder / "roster" / "plan.csv").read_bytes()
    broken = (problem("output-long", Place("roster/plan.csv"), name="plan.csv"),)
    with monkeypatch.context() as patch:
        patch.setattr(planning, "write_as_drawn", lambda *_: [*broken])
        cut, _ = draw_round(folder, DRAWN, BY, added="1")
    assert cut is None and (folder / "roster" / "plan.csv").read_bytes() == before
    # Another number from the spot changes nothing any more.
    done, problems = draw_round(folder, DRAWN, BY, added="2")
    assert done is not None and done.draw is not None and done.draw.added == "1"
    assert "draw-finished" in codes(problems) and not (folder / "draw.seed").exists()
    assert codes(verify_draw(folder)[1]) == []
    with ledger_of(opened(folder)) as ledger:
        assert len(all_plan_draws(ledger)) == 1


def _draw(folder: str, url: str) -> None:
    draw_round(Path(folder), DRAWN, BY, ledger=url)


def test_two_computers_draw_once(tmp_path: Path, postgresql: str) -> None:
    folder = drawing_round(tmp_path)
    path = folder / "round.yaml"
    text = path.read_text(encoding="utf-8").replace("id: draw", f"id: draw{uuid.uuid4().hex}", 1)
    path.write_text(text, encoding="utf-8")
    promised, problems = draw_round(folder, PROMISED, BY, ledger=postgresql)
    assert promised is not None, codes(problems)
    other = shutil.copytree(folder, tmp_path / "那一台")
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=_draw, args=(str(it), postgresql)) for it in (folder, other)]
    for one in both:
        one.start()
    for one in both:
        one.join(120)
    assert [one.exitcode for one in both] == [0, 0]
    for where in (folder, other):  # who was told, goes on from what the ledger has
        draw_round(where, DRAWN, BY, ledger=postgresql)
        done, problems = verify_draw(where, ledger=postgresql)
        assert done is not None and done.made is not None and codes(problems) == []
    from inspections.steps.opening import open_trusted

    of, _ = open_trusted(folder, postgresql)
    assert of is not None
    with ledger_of(of) as ledger:
        assert len(all_plan_draws(ledger)) == 1 and verify(ledger).broken is None
