"""Seeds promised by another version of the program: drawn with as they were promised."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from inspections.ledger.bodies.forms import decode
from inspections.ledger.of_round import ledger_of
from inspections.ledger.planning import all_commitments
from inspections.steps import planning
from inspections.steps.planning import draw_round, verify_draw
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


def test_a_promise_that_names_no_procedure_is_of_the_first() -> None:
    text = '{"number":1,"day":"2026-08-25","digest":"ab","basis":["1","2","3"]}'
    assert decode("commitment", 1, text).procedure == 1


def test_a_seed_is_drawn_with_as_it_was_promised(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(planning, "PROCEDURE", 1)
        draw_round(folder, PROMISED, BY)
    done, problems = draw_round(folder, DRAWN, BY)
    assert done is not None and done.draw is not None and done.made is not None, codes(problems)
    with ledger_of(opened(folder)) as ledger:
        assert [it.procedure for it in all_commitments(ledger)] == [1]
    seed = done.draw.seed
    first, _ = planning.plan_from(done.inputs, seed, 1)
    assert first is not None and first.digest == done.draw.digest
    checked, problems = verify_draw(folder)
    assert checked is not None and checked.made is not None and codes(problems) == []


def test_days_before_the_draw_were_planned_by_the_second(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(planning, "PROCEDURE", 2)
        draw_round(folder, date(2026, 9, 7), BY)
    done, problems = draw_round(folder, date(2026, 9, 14), BY)
    assert done is not None and done.made is not None, codes(problems)
    assert min(day for own in done.made.visits.values() for day, _ in own) < date(2026, 9, 14)
    checked, problems = verify_draw(folder)
    assert checked is not None and checked.made is not None and codes(problems) == []


def test_what_a_newer_program_promised_is_told_and_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(planning, "PROCEDURE", 99)
        patch.setattr(planning, "plan_from", lambda *_: (object(), []))
        draw_round(folder, PROMISED, BY)
    before = (folder / "roster" / "plan.csv").read_bytes()
    done, problems = draw_round(folder, DRAWN, BY)
    assert done is None and codes(problems)[-1] == "draw-procedure"
    assert (folder / "roster" / "plan.csv").read_bytes() == before
    assert (folder / "draw.seed").exists()
