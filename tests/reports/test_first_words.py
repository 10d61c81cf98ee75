"""What report, verify and objection say when something is unexpected, and what is next."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import reports.steps.reporting as reporting
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from reports.steps.reporting import report_round
from reports.steps.verifying import Verdict, verify_letter
from scoring.__main__ import app
from tests.inspections.small_round import SCHOOLS
from tests.reports.numbered_round import FIRST_OPINION, LETTER, come, number, numbered


def run(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    return numbered(tmp_path / "春季", first_day="2026-04-10")


def test_a_letter_of_a_run_that_was_broken_off_is_not_called_altered(
    of: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = of.folder.root
    come(of, "D01", A1_x=RowEntry(3), A1=RowEntry(fault="灶台有油污", evidence="1号笔录"))
    run("collect", root), run("score", root)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(reporting, "published", killed)
        with pytest.raises(KeyboardInterrupt):
            report_round(root, issue=True)
    found, problems = verify_letter(root / LETTER, root)
    assert found is not None
    assert (found.verdict, [one.code for one in problems]) == (
        Verdict.PENDING, ["letter-pending"],
    )  # fmt: skip
    report_round(root, issue=True)
    found, problems = verify_letter(root / LETTER, root)
    assert found is not None
    assert (found.verdict, found.number, problems) == (Verdict.GENUINE, number(2), [])
    # What is other than what was kept is altered, as ever.
    with (root / LETTER).open("ab") as file:
        file.write(b"\n")
    found, _ = verify_letter(root / LETTER, root)
    assert found is not None
    assert found.verdict is Verdict.ALTERED


def test_report_tells_which_number_takes_the_place_of_which(of: OpenRound) -> None:
    root = of.folder.root
    come(of, "D01", A1_x=RowEntry(3), A1=RowEntry(fault="灶台有油污", evidence="1号笔录"))
    run("collect", root), run("score", root)
    said = run("report", root, "--issue").output
    assert f"{number(2)}替换{number(1)}：{SCHOOLS[0].name}" in said
    assert "替换" not in run("report", root, "--issue").output


def test_first_opinions_are_called_so(of: OpenRound) -> None:
    done = run("report", of.folder.root, "--stage", "初步", "--issue")
    assert (of.folder.root / FIRST_OPINION).is_file()
    assert "已写初步意见" in done.output
    assert "已写意见书" not in done.output
    assert f"scoring objection add {of.folder.root}" in done.output


def test_a_file_outside_of_rounds_asks_for_the_folder(
    of: OpenRound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = tmp_path / "下载" / "意见书.pdf"
    apart.parent.mkdir()
    shutil.copy(of.folder.root / LETTER, apart)
    monkeypatch.chdir(apart.parent)
    done = run("verify", apart)
    assert done.exit_code == 2
    assert f"scoring verify {apart} 批次文件夹" in done.output
    assert "round start" not in done.output
    assert run("verify", apart, of.folder.root).exit_code == 0
    monkeypatch.chdir(of.folder.root)
    assert run("verify", apart).exit_code == 0
    assert "没有这个文件" in run("verify", "无.pdf").output


@pytest.mark.parametrize("option", ["--received", "--since"])
def test_an_objection_of_tomorrow_is_not_filed(of: OpenRound, option: str) -> None:
    tomorrow = date.today() + timedelta(days=1)
    words = ("objection", "add", of.folder.root, SCHOOLS[0].name, "kitchen", "--text", "不实")
    done = run(*words, option, tomorrow)
    assert done.exit_code == 2
    assert "没有收到异议" in run("objection", "list", of.folder.root).output


def test_collect_and_score_name_the_next_step(of: OpenRound) -> None:
    root = of.folder.root
    assert f"scoring score {root}" in run("collect", root).output
    assert f"scoring report {root}" in run("score", root).output


def test_a_bulletin_whose_template_cannot_be_used_is_not_called_written(of: OpenRound) -> None:
    done = run("report", of.folder.root, "--template", of.folder.root / "无.docx")
    assert done.exit_code == 1
    assert "已写排名表、意见书，" in done.output
