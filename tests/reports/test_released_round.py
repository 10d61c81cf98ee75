"""A round that was begun, collected, scored and reported by the first released form goes on.

``released/round.zip`` was written by that program: the small round with two sheets of a kitchen,
its ledger, results, what it remembered in ``.scoring/``, a letter without a number, and
``later.xlsx``, a sheet that it handed out and that comes back now. Its sheets have neither a list
of papers nor a column for them; its ``round.yaml`` knows no scheme of numbers.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from inspections.ledger.letters import all_letters
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.rectification import all_cases
from inspections.ledger.verifying import verify
from inspections.steps.collecting import collect_round
from inspections.steps.rectifying import send_rectification
from reports.steps.rectifying import open_rectification, write_rectification
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from reports.steps.verifying import Verdict, verify_letter
from scoring.steps.scoring import write_scores
from tests.inspections.rectification.items import BY
from tests.reports.numbered_round import LETTER, number

KEPT = Path(__file__).parent / "released" / "round.zip"
DAY = date(2026, 4, 21)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with zipfile.ZipFile(KEPT) as parts:
        parts.extractall(tmp_path / "春季")
    return tmp_path / "春季"


def results(root: Path) -> dict[str, bytes]:
    return {name: (root / "results" / name).read_bytes() for name in ("scores.csv", "problems.csv")}


def test_it_opens_and_says_what_it_said(root: Path) -> None:
    before = results(root)
    taken, problems = collect_round(root)
    assert taken is not None, problems
    assert len(taken.held.visits) == 2
    assert write_scores(root)[0] is not None
    assert results(root) == before
    opened, _ = open_round(root)
    assert opened is not None
    with ledger_of(opened) as ledger:
        assert verify(ledger).broken is None


def test_its_letter_is_known_and_has_no_number(root: Path) -> None:
    found, problems = verify_letter(root / LETTER, root)
    assert found is not None, problems
    assert found.verdict is Verdict.UNNUMBERED


def test_a_sheet_that_went_out_then_comes_back_now(root: Path) -> None:
    (root / "later.xlsx").rename(root / "returned" / "later.xlsx")
    taken, problems = collect_round(root)
    assert taken is not None, problems
    assert len(taken.held.visits) == 3
    # Only that the guide is worded otherwise by now is noted.
    met = {item.code for item in problems if item.place.file == "returned/later.xlsx"}
    assert met <= {"texts-other"}


def test_letters_and_rectification_go_on(root: Path) -> None:
    # As long as nobody asks for numbers, none is given.
    assert run_round(root)[0] is not None
    opened, _ = open_round(root)
    assert opened is not None
    with ledger_of(opened) as ledger:
        assert all_letters(ledger) == []
    settings = root / "round.yaml"
    text, count = re.subn(
        r"^letters:$", 'letters:\n  numbers: "某教督意〔{year}〕{n}号"',
        settings.read_text("utf-8"), flags=re.M,
    )  # fmt: skip
    assert count == 1
    settings.write_text(text, "utf-8")
    # The first number of a round that had none is the first of its series.
    assert run_round(root)[0] is not None
    reported, problems = report_round(root, issue=True)
    assert reported is not None, problems
    found, _ = verify_letter(root / LETTER, root)
    assert found is not None
    assert (found.verdict, found.number) == (Verdict.GENUINE, number(1))
    made, problems = open_rectification(root, BY)
    assert made is not None, problems
    assert made.done.opened == (1,)
    assert send_rectification(root, DAY)[0] is not None
    assert write_rectification(root, DAY)[0] is not None
    opened, _ = open_round(root)
    assert opened is not None
    with ledger_of(opened) as ledger:
        assert [case.number for case in all_cases(ledger)] == [1]
        assert verify(ledger).broken is None
