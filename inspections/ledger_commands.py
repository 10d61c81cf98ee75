"""The ledger's door for the command line: check it, look back, decide, erase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from inspections.collecting.collecting import differing
from inspections.collecting.deciding import in_words
from inspections.collecting.decision_making import Made, judge_file, judge_item, revoke
from inspections.collecting.history import History, history
from inspections.collecting.publishing import edited
from inspections.commands import AsJson, LedgerUrl, RoundFolder, opened
from inspections.ledger.bodies.forms import KIND_WORDS, VERSIONS
from inspections.ledger.chain import By, by_user
from inspections.ledger.decisions import Verdict, all_decisions, in_force
from inspections.ledger.erasing import erase_school, erase_words
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.past import Entry, diary
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.terminal import (
    finish,
    not_started,
    print_json,
    print_problems,
    print_table,
    say,
    with_problems,
)

app = typer.Typer(no_args_is_help=True, help="台账：核验，查来历，作决定，按规定删除。")
decisions = typer.Typer(no_args_is_help=True, help="对检查记录作决定；督学填的原样保留。")
app.add_typer(decisions, name="decide")

Why = Annotated[str, typer.Option("--why", metavar="理由", help="为什么，记入台账")]
Who = Annotated[str, typer.Option("--by", metavar="姓名", help="经手人，不写就记电脑的登录名")]
School = Annotated[str, typer.Argument(metavar="学校", help="学校代码、校名或校名的一部分")]
Rubric = Annotated[str, typer.Argument(metavar="细则", help="细则代码或名称")]
Inspector = Annotated[str, typer.Option(metavar="代码", help="只改这名督学的记录，不写则全部")]
Occasion = Annotated[str, typer.Option(metavar="次别", help="只改这一次检查，不写则全部")]
File = Annotated[str, typer.Argument(metavar="文件", help="returned/ 里的文件")]
Sheet = Annotated[str, typer.Option(metavar="工作表", help="只管文件里的这一张，不写则全部")]


def _by(who: str, why: str) -> By:
    if not why.strip():
        raise typer.BadParameter("请写明理由")
    return By(who.strip() or by_user().who, why.strip())


@app.command("verify")
def verify_command(
    folder: RoundFolder,
    head: Annotated[
        str, typer.Option(metavar="校验码", help="以前抄下的校验码（开头几位也可以），看它还在不在")
    ] = "",
    as_json: AsJson = False,
    ledger: LedgerUrl = "",
) -> None:
    """核验台账：有没有哪一条被改过、删去、挪动或添上，指出第一处；收过的、写出的文件有没有变。"""
    of, problems = opened(folder, as_json, ledger)
    _needs_ledger(of, as_json)
    with ledger_of(of) as held:
        found = verify(held, head.lower())
    broken = found.broken
    if broken:
        word = f"（{KIND_WORDS[broken.kind]}）" if broken.kind in KIND_WORDS else ""
        where = f"第 {broken.fact} 条{word}，" if broken.fact else ""
        said = {"act": broken.act, "where": where, "detail": broken.detail}
        problems.append(problem("ledger-broken", Place(of.ledger_name), **said))
    elif not found.met:
        problems.append(problem("ledger-head", Place(of.ledger_name), head=head))
    if as_json:
        print_json(with_problems(asdict(found), problems))
        finish(problems)
    if not broken and found.met:
        problems += [*differing(of), *edited(of)]
        say(f"台账完好：{found.acts} 笔，{found.facts} 条")
        say(f"最后一笔的校验码：{found.head}")
        say("请抄在纸上或会议纪要里；以后用 --head 核对，就知道台账没有被截短或重写")
    print_problems(problems)
    finish(problems)


@app.command("log")
def log_command(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """列出每一笔：什么时候，谁，做了什么，为什么。"""
    of, problems = opened(folder, as_json, ledger)
    _needs_ledger(of, as_json)
    with ledger_of(of) as held:
        entries = diary(held)
    if as_json:
        print_json(with_problems({"acts": [asdict(one) for one in entries]}, problems))
        finish(problems)
    print_table(("笔", "时间", "经手人", "事项", "理由", "校验码"), map(_line, entries))
    print_problems(problems)
    finish(problems)


_KINDS = {
    "versions": ("存入细则、名册、安排、设置 {} 份", VERSIONS),
    "read": ("读入 {} 个文件", ("file",)),
    "sweep": ("清点 returned：{} 个文件", ("sweep",)),
    "look": ("清点 evidence：{} 个文件", ("look",)),
    "decide": ("决定 {} 项", ("decision",)),
    "publish": ("写出结果、报告 {} 个文件", ("published",)),
    "erase": ("删除（{} 处）", ("erasure",)),
}


def _line(one: Entry) -> tuple[object, ...]:
    said, kinds = _KINDS.get(one.kind, (one.kind, ()))
    what = said.format(sum(one.counts.get(kind, 0) for kind in kinds))
    return one.act, one.at, one.who, what, one.why, one.digest[:12]


@app.command("history")
def history_command(
    folder: RoundFolder,
    school: School,
    rubric: Annotated[str, typer.Argument(metavar="[细则]", help="细则代码或名称")] = "",
    as_json: AsJson = False,
    ledger: LedgerUrl = "",
) -> None:
    """一所学校的检查记录的来历：每一份、每次改动、每个决定。"""
    of, problems = opened(folder, as_json, ledger)
    target, wrong = find_target(of.roster, of.rubrics, school, rubric)
    if target is None:
        not_started(wrong, as_json)
    found = history(of, target.school.id, target.rubric)
    if as_json:
        content = asdict(found)
        content["decisions"] = [
            {**asdict(one), "in_force": stands} for one, stands in found.decisions
        ]
        print_json(with_problems(content, problems))
        finish(problems)
    for line in _told(found, of):
        say(line)
    print_problems(problems)
    finish(problems)


def _told(found: History, opened: OpenRound) -> Iterator[str]:
    yield f"{found.name}（{found.school}）"
    if not found.steps:
        yield "  台账里没有检查记录"
    key = None
    for step in found.steps:
        if key != (step.rubric, step.occasion, step.inspector):
            key = (step.rubric, step.occasion, step.inspector)
            title = (
                opened.rubrics[step.rubric].title if step.rubric in opened.rubrics else step.rubric
            )
            yield f"《{title}》{step.occasion} {step.inspector}"
        yield (
            f"  第 {step.act} 笔 {step.at} {step.who}：{step.file}（{step.sheet}），"
            f"检查日期 {step.day or '没有'}，{step.standing}，文件校验码 {step.digest[:12]}"
        )
        for one in step.changed:
            yield f"    {one.item}：“{one.before}” → “{one.after}”"
    for decision, stands in found.decisions:
        yield f"  {in_words(decision)}{'' if stands else '（已撤销）'}"


@app.command("decisions")
def decisions_command(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """列出全部决定，撤销了的也在。"""
    of, problems = opened(folder, as_json, ledger)
    _needs_ledger(of, as_json)
    with ledger_of(of) as held:
        made = all_decisions(held)
    force = {one.number for one in in_force(made)}
    if as_json:
        told = [{**asdict(one), "in_force": one.number in force} for one in made]
        print_json(with_problems({"decisions": told}, problems))
        finish(problems)
    for one in made:
        say(in_words(one) + ("" if one.number in force else "（已撤销）"))
    if not made:
        say("还没有作过决定")
    print_problems(problems)
    finish(problems)


@decisions.command("accept")
def accept(
    folder: RoundFolder,
    file: File,
    why: Why,
    sheet: Sheet = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """采用：两份表说的不一样时，以这一份为准。"""
    _file(folder, Verdict.ACCEPT, file, sheet, _by(by, why), ledger)


@decisions.command("reject")
def reject(
    folder: RoundFolder,
    file: File,
    why: Why,
    sheet: Sheet = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """不采用：这一份不计入。"""
    _file(folder, Verdict.REJECT, file, sheet, _by(by, why), ledger)


def _file(
    folder: RoundFolder, verdict: Verdict, file: str, sheet: str, by: By, ledger: str
) -> None:
    of, _ = opened(folder, ledger=ledger)
    _needs_ledger(of)
    _tell(of, judge_file(of, verdict, file, sheet, by))


@decisions.command("correct")
def correct(
    folder: RoundFolder,
    school: School,
    rubric: Rubric,
    item: Annotated[
        str,
        typer.Argument(
            metavar="编号", help="检查表 A 列的编号，如 C5 或 C5.x；改文字的写 C5.fault、C5.remark"
        ),
    ],
    value: Annotated[str, typer.Argument(metavar="值", help="改成什么，照检查表的填法")],
    why: Why,
    inspector: Inspector = "",
    occasion: Occasion = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """更正：把一项实测改成查明的值；原来填的仍在台账里。"""
    of, _ = opened(folder, ledger=ledger)
    _needs_ledger(of)
    chosen = {"value": value, "inspector": inspector, "occasion": occasion}
    _tell(of, judge_item(of, Verdict.CORRECT, school, rubric, item, _by(by, why), **chosen))


@decisions.command("excuse")
def excuse(
    folder: RoundFolder,
    school: School,
    rubric: Rubric,
    item: Annotated[str, typer.Argument(metavar="指标", help="指标编号")],
    why: Why,
    inspector: Inspector = "",
    occasion: Occasion = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """合理缺项：这一项不适用于这所学校，不计入总分。"""
    of, _ = opened(folder, ledger=ledger)
    _needs_ledger(of)
    chosen = {"inspector": inspector, "occasion": occasion}
    _tell(of, judge_item(of, Verdict.EXCUSE, school, rubric, item, _by(by, why), **chosen))


@decisions.command("revoke")
def revoke_command(
    folder: RoundFolder,
    number: Annotated[int, typer.Argument(metavar="号", help="第几号决定")],
    why: Why,
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """撤销一个决定；它仍留在台账里。"""
    of, _ = opened(folder, ledger=ledger)
    _needs_ledger(of)
    _tell(of, revoke(of, number, _by(by, why)))


def _tell(opened: OpenRound, made: Made) -> None:
    one, problems = made
    if one is None:
        not_started(problems)
    say(f"已记入台账，第 {one.number} 号决定：{one.verdict.word}")
    say(f"按它重新计分、写报告：scoring run {opened.folder.root}")
    finish(problems)


@app.command("erase")
def erase(
    folder: RoundFolder,
    why: Why,
    school: Annotated[str, typer.Option(metavar="学校", help="删除这所学校的全部记录")] = "",
    name: Annotated[
        list[str] | None, typer.Option(metavar="姓名", help="删除写有这个姓名的内容，可写几次")
    ] = None,
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """按规定从台账删除一所学校或一个人：内容清空，校验码保留，台账仍可核验。"""
    if bool(school) == bool(name):
        raise typer.BadParameter("请写 --school 或 --name 中的一个")
    of, problems = opened(folder, ledger=ledger)
    _needs_ledger(of)
    done_by = _by(by, why)
    with ledger_of(of) as held:
        if school:
            target, wrong = find_target(of.roster, of.rubrics, school)
            done = erase_school(held, target.school.id if target else school, done_by)
            problems += [] if target or done.count or done.files else wrong
        else:
            done = erase_words(held, name or (), done_by)
    if done.files:
        files = "、".join(done.files[:6]) + ("等" if len(done.files) > 6 else "")
        said = {"count": len(done.files), "files": files}
        not_started([problem("erase-first", Place(of.ledger_name), **said)])
    say(f"已清空 {done.count} 处")
    say("results、reports、marked、reminders、evidence、备份里的，请另行删去")
    print_problems(problems)
    finish(problems)


def _needs_ledger(opened: OpenRound, as_json: bool = False) -> None:
    if not has_ledger(opened):
        told: list[Problem] = [problem("nothing-to-score", Place(opened.ledger_name))]
        not_started(told, as_json)
