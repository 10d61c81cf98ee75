"""Word files and bound letters that were once written are never older than the letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from reports.letter.on_demand import ALL_LETTERS
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import spec, write
from tests.inspections.started_round import started
from tests.reports.test_commands import made

NAME = "第一小学"
WORD = f"word/kitchen/{NAME}.docx"
BOUND = (f"envelopes/{NAME}.pdf", f"envelopes/{ALL_LETTERS}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round that was run once, and reported in every form."""
    of = started(tmp_path / "春季")
    write(of, of.folder.returned / "表.xlsx", spec())
    run_round(of.folder.root)
    report_round(of.folder.root, word=True, envelopes=True, together=True)
    assert set(made(of.folder.root)) >= {WORD, *BOUND}
    path = of.folder.root / "round.yaml"
    changed = path.read_text("utf-8").replace("title: ", "title: 更正后的")
    path.write_text(changed, encoding="utf-8")
    return of.folder.root


def again_by_run(folder: Path) -> None:
    run_round(folder)


def again_by_report(folder: Path) -> None:
    write_scores(folder)
    report_round(folder)


def again_for_one_school(folder: Path) -> None:
    write_scores(folder)
    report_round(folder, schools=[NAME])


@pytest.mark.parametrize("again", [again_by_run, again_by_report, again_for_one_school])
def test_all_forms_of_a_letter_are_of_the_present_result(
    folder: Path, again: Callable[[Path], None], pages: Callable[[bytes], list[str]]
) -> None:
    again(folder)
    reports = folder / "reports"
    words = "".join(one.text for one in docx.Document(str(reports / WORD)).paragraphs)
    for text in (words, *("".join(pages((reports / name).read_bytes())) for name in BOUND)):
        assert "更正后的" in re.sub(r"\s", "", text)


def test_what_was_not_asked_for_is_not_written(tmp_path: Path) -> None:
    of = started(tmp_path / "春季")
    write(of, of.folder.returned / "表.xlsx", spec())
    run_round(of.folder.root)
    report_round(of.folder.root, together=True)
    run_round(of.folder.root, recheck=True)
    assert {name.partition("/")[0] for name in made(of.folder.root)} == {
        "envelopes",
        "letters",
        "排名表.xlsx",
        "通报.docx",
    }
    assert BOUND[0] not in made(of.folder.root)
