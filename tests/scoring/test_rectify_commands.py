"""The commands of rectification: what they print, and their exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.rectification import all_cases, open_items
from scoring.__main__ import app
from tests.inspections.rectification.items import BY, ITEM, other
from tests.inspections.started_round import started


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["rectify", *map(str, words)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = started(tmp_path / "round")
    with ledger_of(made) as ledger:
        open_items(ledger, [ITEM, other("kitchen/A2")], BY)
    return made.folder.root


def test_status_as_a_table_and_as_json(folder: Path) -> None:
    done = run("status", folder, "--day", "2026-10-07")
    assert done.exit_code == 0, done.output
    assert "逾期 2 条" in done.output
    told = json.loads(run("status", folder, "--day", "2026-10-06", "--json").stdout)
    assert told["totals"]["pending"] == 2
    assert [one["state"] for one in told["items"]] == ["待整改", "待整改"]
    assert "补齐留样记录" in run("status", folder, "--school", "第一小学").output


def test_deciding_one_item(folder: Path) -> None:
    done = run("decide", folder, "1", "close", "--why", "核对无误", "--by", "李科长")
    assert done.exit_code == 0, done.output
    assert "0001 销号" in done.output
    extend = ("extend", folder, "2", "--until", "2026-12-01", "--why", "设备在途", "--by", "李")
    done = run(*extend)
    assert done.exit_code == 2
    assert "--approved" in done.output
    done = run(*extend, "--approved", "王局长")
    assert "0002 延期，期限改为 2026-12-01" in done.output
    told = json.loads(run("status", folder, "--day", "2026-10-07", "--json").stdout)
    assert [one["state"] for one in told["items"]] == ["已销号", "延期"]


def test_whoever_approved_an_extension_can_be_put_right(folder: Path) -> None:
    def extended(by: str, until: str = "2026-12-01") -> int:
        words = ("--until", until, "--why", "设备在途", "--approved", by, "--by", "李")
        return run("extend", folder, "2", *words).exit_code

    assert extended("张") == 0
    assert extended("张") == 2  # it is known
    assert extended("王", "2026-11-30") == 2
    assert extended("王") == 0
    of, _ = open_round(folder)
    assert of is not None
    with ledger_of(of) as ledger:
        moves = all_cases(ledger)[1].moves
    assert [(one.approved, str(one.until)) for one in moves] == [
        ("张", "2026-12-01"), ("王", "2026-12-01"),
    ]  # fmt: skip
    # Of the same day: no month has another extension.
    assert len({one.day for one in moves}) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("decide", "{}", "1", "close"),
        ("decide", "{}", "1", "好", "--why", "x"),
        ("decide", "{}", "--why", "x"),
        ("decide", "{}", "99", "close", "--why", "x"),
        ("extend", "{}", "1", "--until", "某天", "--why", "x", "--approved", "王"),
        ("decide", "{}", "1", "extend", "--until", "2026-12-01", "--why", "x"),
        ("decide", "{}", "1", "close", "--why", "x", "--approved", "王"),
        ("status", "{}", "--day", "x"),
        ("open", "{}"),
        ("add", "{}", "没有.xlsx", "--why", "x"),
    ],
)
def test_bad_usage_starts_nothing(folder: Path, words: tuple[str, ...]) -> None:
    done = run(*(word.format(folder) for word in words))
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output


def test_a_round_without_items_says_what_to_do(tmp_path: Path) -> None:
    made = started(tmp_path / "round")
    with ledger_of(made) as ledger:
        assert open_items(ledger, [], BY) == []
    for command in ("send", "collect", "status", "book"):
        done = run(command, made.folder.root)
        assert done.exit_code == 2
        assert "rectify" in done.output or "收" in done.output
