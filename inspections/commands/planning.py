"""The command that tries out a draw, and plans what no chance decides."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from inspections.command_line import LedgerUrl, RoundFolder, Yes, as_day
from rubrics.messages.terminal import (
    WATCHER,
    finish,
    not_started,
    print_problems,
    print_table,
    say,
)

if TYPE_CHECKING:
    from inspections.steps.planning import Tried

Day = Annotated[
    date | None,
    typer.Option("--day", parser=as_day, metavar="DATE", help="按哪一天算权重，不写就是今天"),
]


def plan(folder: RoundFolder, yes: Yes = False, day: Day = None, ledger: LedgerUrl = "") -> None:
    """按 round.yaml 的 drawing 试排：各层抽几所、排不排得下；每所都查的，--yes 照办。"""
    from inspections.steps.planning import plan_round

    tried, problems = plan_round(
        folder, day or date.today(), write=yes, ledger=ledger, watcher=WATCHER
    )
    if tried is None:
        not_started(problems)
    _print(tried)
    print_problems(problems)
    draws = any(layer.draws for layer in tried.layers)
    if tried.written:
        folder_of = tried.opened.folder
        say(f"检查安排在 {folder_of.plan}，检查组在 {folder_of.drawn_teams}")
        say(f"下一步：scoring workbooks {folder}")
    elif draws:
        say(f"这是试排，什么也没有写；抽取：scoring round draw {folder} --why 理由")
    else:
        say("每所都查，不用抽；这是试排，照办请加 --yes")
    finish(problems)


def _print(tried: Tried) -> None:
    from inspections.planning.inputs import UNIT

    turns = len(tried.opened.round.occasions)
    rows = []
    for layer in tried.layers:
        weights = [tried.inputs.weight(school) for school in layer.schools]
        least, most = min(weights) / UNIT, max(weights) / UNIT
        weight = f"{least:g}" if least == most else f"{least:g}—{most:g}"
        rows.append((layer.name, len(layer.schools), layer.count, turns, weight))
    heads = ("层", tried.opened.words.said("学校"), "每次抽", "次别数", "权重")
    print_table(heads, rows, right=heads[1:])
    made, price = tried.made, tried.made.price
    often = "（抽取时种子不同，会有出入）" * any(layer.draws for layer in tried.layers)
    visits = sum(map(len, made.visits.values()))
    say(
        f"到校 {visits} 次，{tried.days} 个工作日，检查组 {len(made.teams)} 个，"
        f"督学 {len(made.load)} 名，每人 {made.spread_text}{often}"
    )
    titles = "、".join(f"《{tried.opened.rubrics[it.rubric].title}》" for it in price.apart)
    linked = f"{titles}的督学不能互比" if titles else "每份细则的督学都可以互相比较"
    paid = [f"换人 {price.moved} 处"] * (price.moved > 0)
    paid.append(f"多派 {price.extra} 人次" if price.extra else "不用多派人，也不多跑路")
    say(
        f"{linked}：轮换搭档 {price.pairs} 对，{'，'.join(paid)}；"
        f"固定搭档的要另加 {price.fixed} 次到校"
    )
