"""A small round that is drawn: started, promised, drawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from inspections.ledger.chain import By
from inspections.ledger.of_round import open_round
from inspections.round.opened import OpenRound
from inspections.round.round import Period, Round
from inspections.round.starting import start_round
from inspections.steps.planning import draw_round
from rubrics.messages.problems import Problem
from tests.inspections.small_round import KITCHEN, PARTY

BY = By("张主任", "抽查")
PROMISED, DRAWN = date(2026, 8, 25), date(2026, 8, 31)
DRAWING = {
    "by": ["学段"],
    "share": "50%",
    "announced": 3,
    "team": {"skills": {"kitchen": ["食品"]}},
}


def drawing_round(tmp_path: Path) -> Path:
    """A round of twenty schools, half of each stratum to draw, and of eight inspectors."""
    (tmp_path / "kitchen.yaml").write_text(KITCHEN, encoding="utf-8")
    (tmp_path / "party.yaml").write_text(PARTY, encoding="utf-8")
    schools = "学校代码,学校名称,学段,有食堂,寄宿\n" + "".join(
        f"S{at:02},第{at}小学,{'小学' if at % 3 else '初中'},{'是' if at % 2 else '否'},否\n"
        for at in range(20)
    )
    people = "督学代码,姓名,单位,专长,回避\n" + "".join(
        f"D{at:02},{'赵钱孙李周吴郑王'[at]}某,督导室,{'食品、审计' if at % 2 else ''},"
        f"{'第1小学、S02' if at == 3 else '外县小学' if at == 4 else ''}\n"
        for at in range(8)
    )
    (tmp_path / "校.csv").write_text(schools, encoding="utf-8")
    (tmp_path / "人.csv").write_text(people, encoding="utf-8")
    settings = Round.model_validate(
        {
            "id": "draw", "title": "秋季抽查", "bureau": "某局", "raters": "each",
            "rubrics": (str(tmp_path / "kitchen.yaml"), str(tmp_path / "party.yaml")),
            "window": Period(since=date(2026, 9, 1), until=date(2026, 9, 30)), "drawing": DRAWING,
        }
    )  # fmt: skip
    opened, problems = start_round(
        tmp_path / "批次", settings, tmp_path / "校.csv", tmp_path / "人.csv"
    )
    assert opened is not None, [item.message for item in problems]
    assert "roster-avoided-unknown" in codes(problems)
    return opened.folder.root


def codes(problems: list[Problem]) -> list[str]:
    return [item.code for item in problems]


def opened(folder: Path) -> OpenRound:
    found, _ = open_round(folder)
    assert found is not None
    return found


def drawn(folder: Path, added: str = "") -> None:
    promised, _ = draw_round(folder, PROMISED, BY)
    assert promised is not None and promised.draw is None
    done, problems = draw_round(folder, DRAWN, BY, added=added, witness="李科长")
    assert done is not None and done.draw is not None, codes(problems)
