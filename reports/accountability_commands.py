"""Commands of accountability and awards: what rules propose, what was decided, papers of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inspections.command_line import AsJson, LedgerUrl, RoundFolder, as_day
from rubrics.messages.terminal import (
    WATCHER,
    finish,
    not_started,
    print_json,
    print_problems,
    print_table,
    say,
    with_problems,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from inspections.accountability.states import Decided
    from inspections.ledger.chain import By
    from reports.steps.accountability import Proposals

app = typer.Typer(no_args_is_help=True, help="问责和表彰：按规则提建议，收决定，写文书。")

_HEADINGS = ("编号", "学校", "规则", "措施", "触发的数据", "状态", "决定", "发起方", "一年内")

_Day = Annotated[
    str, typer.Option("--day", metavar="日期", help="按这一天算整改是否逾期，不写就是今天")
]
_By = Annotated[str, typer.Option("--by", metavar="姓名", help="经手人，不写就记电脑的登录名")]
_Why = Annotated[str, typer.Option("--why", metavar="理由", help="为什么，记入台账")]


@app.command("example")
def example(folder: RoundFolder) -> None:
    """写一份规则样例 accountability.yaml，按本批次的细则；已经有的不改。"""
    from reports.steps.accountability import write_example

    path, problems = write_example(folder)
    if path is None:
        not_started(problems)
    say(f"已写 {path}；都是样例，请逐条核定，再运行 scoring accountability check {folder}")
    finish(problems)


@app.command("check")
def check(folder: RoundFolder) -> None:
    """检查规则：名称认不认识，写法对不对，哪些依据还没有核对。"""
    from reports.steps.accountability import check_rules

    rules, problems = check_rules(folder)
    print_problems(problems)
    if rules is not None:
        say(f"规则 {len(rules.rules)} 条，写法没有错")
    finish(problems)


@app.command("propose")
def propose(
    folder: RoundFolder,
    day: _Day = "",
    why: _Why = "按规则提出",
    by: _By = "",
    ledger: LedgerUrl = "",
) -> None:
    """按 accountability.yaml 和成绩提出建议，记入台账，写成可以填决定的工作簿。"""
    from reports.steps.accountability import propose_measures

    made, problems = propose_measures(
        folder, _day(day), _who(by, why), ledger=ledger, watcher=WATCHER
    )
    if made is None:
        not_started(problems)
    gone = sum(one.withdrawn for one in made.added)
    say(f"新提出或数据有变 {len(made.added) - gone} 条，不再成立 {gone} 条")
    _tell(made)
    for path in made.written:
        say(f"已写 {path}；填好决定，放进 {made.opened.folder.accountability / 'returned'}")
    print_problems(problems)
    finish(problems)


@app.command("collect")
def collect(
    folder: RoundFolder,
    day: _Day = "",
    why: _Why = "收回的决定",
    by: _By = "",
    ledger: LedgerUrl = "",
) -> None:
    """收决定：读 accountability/returned/ 里的工作簿，同意、不同意、改为，记入台账。"""
    from reports.steps.accountability import collect_rulings

    made, problems = collect_rulings(
        folder, _day(day), _who(by, why), ledger=ledger, watcher=WATCHER
    )
    if made is None:
        not_started(problems)
    say(f"共 {made.files} 个文件，新记入决定 {len(made.ruled)} 条")
    _tell(made)
    say(f"下一步：scoring accountability papers {folder} 写文书，scoring report {folder} 写进通报")
    print_problems(problems)
    finish(problems)


@app.command("status")
def status(
    folder: RoundFolder, day: _Day = "", as_json: AsJson = False, ledger: LedgerUrl = ""
) -> None:
    """各条建议办到哪一步：待决定、已决定、数据已变、不再成立。"""
    from reports.steps.accountability import accountability_status

    made, problems = accountability_status(folder, _day(day), ledger=ledger)
    if made is None:
        not_started(problems, as_json)
    rows = list(_rows(made))
    if as_json:
        keys = (
            *("number", "school", "rule", "measure", "figures", "state", "ruling"),
            *("initiator", "within_year"),
        )
        told = [dict(zip(keys, row, strict=True)) for row in rows]
        content = {"proposals": told, "unproposed": made.unproposed}
        print_json(with_problems(content, problems))
        finish(problems)
    print_table(_HEADINGS, rows)
    if made.unproposed:
        say(
            f"按现在的成绩还有 {made.unproposed} 条没有提出，"
            f"请运行 scoring accountability propose {folder}"
        )
    _tell(made)
    print_problems(problems)
    finish(problems)


@app.command("papers")
def papers(
    folder: RoundFolder,
    templates: Annotated[
        Path | None,
        typer.Option("--templates", metavar="DIR", help="放自己改过的模板的文件夹，同名的就用它"),
    ] = None,
    day: _Day = "",
    ledger: LedgerUrl = "",
) -> None:
    """按已经决定、仍然有效的，写约谈通知、谈话提醒记录、取消评优清单、表彰名单、移送函。"""
    from reports.steps.accountability import write_accountability_papers

    made, problems = write_accountability_papers(
        folder, _day(day), templates=templates, ledger=ledger, watcher=WATCHER
    )
    if made is None:
        not_started(problems)
    where = made.opened.folder.reports / "问责"
    say(f"已写文书 {len(made.written)} 份，在 {where}；文号、日期请局里填写")
    print_problems(problems)
    finish(problems)


def _day(text: str) -> date:
    from datetime import date

    return as_day(text) if text else date.today()


def _who(by: str, why: str) -> By:
    from inspections.ledger.chain import By, by_user

    return By(by.strip() or by_user().who, why.strip())


def _tell(made: Proposals) -> None:
    counts = Counter(one.state for one in made.standings)
    told = "，".join(f"{state.value} {count}" for state, count in sorted(counts.items()))
    say(f"建议共 {len(made.standings)} 条" + (f"：{told}" if told else ""))


def _held(made: Proposals, one: Decided | None, decided: Sequence[Decided]) -> tuple[str, str]:
    """Who holds the school to account by what was decided, and how often that was within a year."""
    from inspections.accountability.measures import TALK_REMINDER
    from inspections.accountability.within_year import COUNTED, times, within_year
    from reports.accountability.to_one import initiator

    if one is None or one.kind not in COUNTED | {TALK_REMINDER}:
        return "", ""
    before = times(within_year(one, decided, made.before))
    own = one.kind in COUNTED
    return initiator(made.opened, one), f"第 {before + own} 次" if before else ""


def _rows(made: Proposals) -> list[tuple[str, ...]]:
    from inspections.accountability.proposal_book import measure_of, ruling_text, school_name
    from inspections.accountability.states import in_force
    from inspections.rectification.numbers import label

    decided = in_force(made.standings)
    by_number = {one.number: one for one in decided}
    return [
        (
            label(made.opened.round.id, one.case.number),
            school_name(made.opened, one.case.latest.school),
            one.case.latest.title,
            measure_of(one.case.latest),
            one.case.latest.figures,
            one.state.value,
            ruling_text(one.case.ruling),
            *_held(made, by_number.get(one.case.number), decided),
        )
        for one in made.standings
    ]
