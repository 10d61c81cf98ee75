"""Settings that change between scoring and reporting: nothing is written that contradicts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from inspections.collecting.collecting import collect
from inspections.ledger.of_round import ledger_of
from inspections.ledger.settings_versions import changed_settings, settings_versions
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from rubrics.messages.problems import Problem
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import INSPECTORS, SCHOOLS, spec, write
from tests.inspections.started_round import started


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """Two inspectors of one kitchen who graded differently, scored."""
    made = started(tmp_path / "春季")
    returned = made.folder.returned
    for number, inspector in enumerate(INSPECTORS[:2]):
        head = {"同行督学": INSPECTORS[1 - number].name}
        rows = {"A1.x": RowEntry(number + 1)}
        write(made, returned / f"{number}.xlsx", spec(head, rows=rows, inspector=inspector))
    settings(made, "facts", "combined")
    collect(made, workers=0)
    assert write_scores(made.folder.root)[0] is not None
    return made


def settings(of: OpenRound, name: str, value: str) -> None:
    """Writes a setting of how inspectors are combined into round.yaml."""
    path = of.folder.root / "round.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [n for n, line in enumerate(lines) if line.strip().startswith(f"{name}:")]
    lines[found[0]] = f"  {name}: {value}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def codes(problems: list[Problem]) -> list[str]:
    return [one.code for one in problems]


def total(of: OpenRound) -> str:
    text = (of.folder.results / "scores.csv").read_text("utf-8-sig")
    return next(row["total"] for row in csv.DictReader(text.splitlines()) if row["total"])


def test_a_report_under_other_settings_is_refused(of: OpenRound) -> None:
    assert report_round(of.folder.root)[0] is not None
    letters = {path: path.read_bytes() for path in of.folder.reports.rglob("*.pdf")}
    settings(of, "inspectors", "worst")
    made, problems = report_round(of.folder.root)
    assert made is None
    assert "results-outdated" in codes(problems)
    (told,) = [one for one in problems if one.code == "results-outdated"]
    assert "批次设置" in told.message
    assert str(of.folder.root) in told.remedy
    assert {path: path.read_bytes() for path in of.folder.reports.rglob("*.pdf")} == letters
    assert write_scores(of.folder.root)[0] is not None
    assert report_round(of.folder.root)[0] is not None


@pytest.mark.parametrize("change", ["records", "roster"])
def test_a_report_on_other_records_or_rosters_is_refused(of: OpenRound, change: str) -> None:
    words = {"records": "检查记录", "roster": "名册"}
    if change == "records":
        write(of, of.folder.returned / "0.xlsx", spec({"同行督学": INSPECTORS[1].name}))
    else:
        path = next((of.folder.root / "roster").glob("schools.*"))
        path.write_text(path.read_text("utf-8-sig").replace(SCHOOLS[1].name, "改名小学"), "utf-8")
    collect(started_again(of), workers=0)
    made, problems = report_round(of.folder.root)
    assert made is None
    (told,) = [one for one in problems if one.code == "results-outdated"]
    assert words[change] in told.message


def started_again(of: OpenRound) -> OpenRound:
    from inspections.ledger.of_round import open_round

    again, problems = open_round(of.folder.root)
    assert again is not None, problems
    return again


def test_a_run_tells_settings_and_totals_that_changed(of: OpenRound) -> None:
    before = total(of)
    ran, problems = run_round(of.folder.root)
    assert ran is not None
    assert ran.changed == ()
    settings(of, "inspectors", "worst")
    ran, problems = run_round(of.folder.root)
    assert ran is not None
    after = total(of)
    assert after != before
    told = {one.code: one for one in ran.changed}
    assert set(told) == {"settings-changed", "totals-moved"}
    assert "combining.inspectors mean → worst" in told["settings-changed"].message
    assert "由" in told["settings-changed"].message
    assert f"{before} → {after}" in told["totals-moved"].message
    assert set(ran.changed) <= set(problems)
    # It is told once, and stands in no file: the same records give the same files.
    assert run_round(of.folder.root)[0].changed == ()  # type: ignore[union-attr]
    assert "totals-moved" not in (of.folder.results / "problems.csv").read_text("utf-8-sig")


def test_settings_are_versions_in_the_ledger(of: OpenRound) -> None:
    settings(of, "inspectors", "worst")
    assert write_scores(of.folder.root)[0] is not None
    with ledger_of(of) as ledger:
        kept = settings_versions(ledger, of.round.id)
    assert [one.values["combining"]["inspectors"] for one in kept][-2:] == ["mean", "worst"]
    assert all(one.at and "key" not in one.values for one in kept)
    then = kept[-2].values
    now = started_again(of).round
    assert changed_settings(then, now) == [("combining.inspectors", "mean", "worst")]
    # What an earlier program did not know of had its default.
    older = {key: value for key, value in then.items() if key != "unchecked"}
    assert changed_settings(older, now) == [("combining.inspectors", "mean", "worst")]
