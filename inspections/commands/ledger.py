"""Commands of the ledger: check it, look back, erase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from inspections.command_line import AsJson, LedgerUrl, RoundFolder, School
from inspections.commands.acting import Who, Why, by_whom
from rubrics.messages.terminal import (
    finish,
    not_started,
    print_json,
    print_problems,
    print_table,
    say,
    with_problems,
)

if TYPE_CHECKING:
    from inspections.ledger.decisions import Decision
    from inspections.ledger.past import Entry
    from inspections.steps.looking_back import Past


def verify(
    folder: RoundFolder,
    head: Annotated[
        str, typer.Option(metavar="校验码", help="以前抄下的校验码（开头几位也可以），看它还在不在")
    ] = "",
    as_json: AsJson = False,
    ledger: LedgerUrl = "",
) -> None:
    """核验台账：有没有哪一条被改过、删去、挪动或添上，指出第一处；收过的、写出的文件有没有变。"""
    from dataclasses import asdict

    from inspections.steps.looking_back import verify_ledger

    checked, problems = verify_ledger(folder, head, ledger=ledger)
    if checked is None:
        not_started(problems, as_json)
    found = checked.chain
    if as_json:
        print_json(with_problems(asdict(found), problems))
        finish(problems)
    problems += checked.changed
    if not found.broken and found.met:
        say(f"台账完好：{found.acts} 笔，{found.facts} 条")
        say(f"最后一笔的校验码：{found.head}")
        say("请抄在纸上或会议纪要里；以后用 --head 核对，就知道台账没有被截短或重写")
    print_problems(problems)
    finish(problems)


def log(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """列出每一笔：什么时候，谁，做了什么，为什么。"""
    from dataclasses import asdict

    from inspections.steps.looking_back import ledger_acts

    acts, problems = ledger_acts(folder, ledger=ledger)
    if acts is None:
        not_started(problems, as_json)
    if as_json:
        print_json(with_problems({"acts": [asdict(one) for one in acts]}, problems))
        finish(problems)
    print_table(("笔", "时间", "经手人", "事项", "理由", "校验码"), map(_line, acts))
    print_problems(problems)
    finish(problems)


_SAID = {
    "versions": "存入细则、名册、安排、设置 {} 份",
    "read": "读入 {} 个文件",
    "sweep": "清点 returned：{} 个文件",
    "look": "清点 evidence：{} 个文件",
    "decide": "决定 {} 项",
    "rectify-open": "列入整改台账 {} 条",
    "rectify": "整改进展 {} 条",
    "follow-up": "抽取回头看 {} 次",
    "propose": "问责和表彰建议 {} 条",
    "rule": "对建议的决定 {} 条",
    "publish": "写出结果、报告 {} 个文件",
    "letters": "给意见书编号 {} 份",
    "severity": "重新测定宽严校正 {} 套",
    "object": "登记异议 {} 件",
    "answer": "答复异议 {} 件",
    "voices": "收入答卷文件（{} 条记录）",
    "self-assess": "收入学校自评 {} 份",
    "sift": "决定异常答卷 {} 项",
    "upgrade": "台账换为新的格式（原有 {} 笔）",
    "erase": "删除（{} 处）",
    "resume": "以前记的有几笔缺少，接着记账",
    "release": "不再算一台电脑收的",
}
_DRAWS = {
    "commitment": "双随机：承诺一个种子",
    "plan_draw": "双随机：公开种子，抽取",
    "plan_change": "双随机：抽取以后改派",
}
"""Acts of one kind that differ by what they add."""

_COUNTED = {
    "read": "file",
    "sweep": "sweep",
    "look": "look",
    "decide": "decision",
    "letters": "letter",
    "publish": "published",
    "erase": "erasure",
}
"""Kinds of facts that are counted; of other acts all are."""


def _line(one: Entry) -> tuple[object, ...]:
    counted = [_COUNTED[one.kind]] if one.kind in _COUNTED else list(one.counts)
    said = _SAID.get(one.kind) or next((_DRAWS[it] for it in one.counts if it in _DRAWS), one.kind)
    what = said.format(sum(one.counts.get(kind, 0) for kind in counted))
    from inspections.ledger.local_time import local_time

    return one.act, local_time(one.at), one.who, what, one.why, one.digest[:12]


def history(
    folder: RoundFolder,
    school: School,
    rubric: Annotated[str, typer.Argument(metavar="[细则]", help="细则代码或名称")] = "",
    as_json: AsJson = False,
    ledger: LedgerUrl = "",
) -> None:
    """一所学校的检查记录的来历：每一份、每次改动、每个决定。"""
    from dataclasses import asdict

    from inspections.steps.looking_back import school_history

    past, problems = school_history(folder, school, rubric, ledger=ledger)
    if past is None:
        not_started(problems, as_json)
    if as_json:
        content = asdict(past.history)
        content["decisions"] = list(map(_decision, past.history.decisions))
        print_json(with_problems(content, problems))
        finish(problems)
    for line in _told(past):
        say(line)
    print_problems(problems)
    finish(problems)


def _decision(listed: tuple[Decision, bool]) -> dict[str, object]:
    """A decision as JSON has it: what is stored of it, and whether it is in force."""
    from dataclasses import asdict

    one, stands = listed
    told: dict[str, object] = asdict(one)
    del told["changes"]
    return {**told, "in_force": stands}


def _told(past: Past) -> Iterator[str]:
    from inspections.collecting.deciding import in_words
    from inspections.ledger.local_time import local_time

    found, rubrics = past.history, past.opened.rubrics
    yield f"{found.name}（{found.school}）"
    if not found.steps:
        yield "  台账里没有检查记录"
    key = None
    for step in found.steps:
        if key != (step.rubric, step.occasion, step.inspector):
            key = (step.rubric, step.occasion, step.inspector)
            title = rubrics[step.rubric].title if step.rubric in rubrics else step.rubric
            yield f"《{title}》{step.occasion} {step.inspector}"
        yield (
            f"  第 {step.act} 笔 {local_time(step.at)} {step.who}：{step.file}（{step.sheet}），"
            f"检查日期 {step.day or '没有'}，{step.standing}，文件校验码 {step.digest[:12]}"
        )
        if step.why:
            yield f"    没有计入，因为：{step.why}"
        for one in step.changed:
            yield f"    {one.item}：“{one.before}” → “{one.after}”"
    for decision, stands in found.decisions:
        yield f"  {in_words(decision)}{'' if stands else '（已撤销）'}"


def list_decisions(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """列出全部决定，撤销了的也在。"""
    from inspections.collecting.deciding import in_words
    from inspections.steps.looking_back import ledger_decisions

    made, problems = ledger_decisions(folder, ledger=ledger)
    if made is None:
        not_started(problems, as_json)
    if as_json:
        print_json(with_problems({"decisions": list(map(_decision, made))}, problems))
        finish(problems)
    for one, stands in made:
        say(in_words(one) + ("" if stands else "（已撤销）"))
    if not made:
        say("还没有作过决定")
    print_problems(problems)
    finish(problems)


def resume(folder: RoundFolder, why: Why, by: Who = "", ledger: LedgerUrl = "") -> None:
    """台账缺了以前的几笔、确实找不回来时，记下缺了什么、为什么，接着记账。"""
    from inspections.steps.looking_back import resume_ledger

    once, problems = resume_ledger(folder, by_whom(by, why), ledger=ledger)
    if once is None:
        not_started(problems)
    say(f"已记入台账：以前曾记到第 {once.acts} 笔（校验码 {once.head[:12]}…），现在接着记")
    say("请运行 scoring collect 重新读入检查表；缺少的决定要重新作")
    print_problems(problems)
    finish(problems)


def release(
    folder: RoundFolder,
    computer: Annotated[
        str, typer.Argument(metavar="电脑", help="round status 里的名称，如 电脑2")
    ],
    why: Why,
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """几台电脑共用台账的：有一台不再用了，它收的不再算进来；它再收表，就又算。"""
    from inspections.steps.computers import release_computer

    done, problems = release_computer(folder, computer, by_whom(by, why), ledger=ledger)
    if done is None:
        not_started(problems)
    say(f"{done.name}收的不再算进来；只在那台电脑上有的检查表，不再计入")
    print_problems(problems)
    finish(problems)


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
    from inspections.steps.erasing import erase_names, erase_school

    if bool(school) == bool(name):
        raise typer.BadParameter("请写 --school 或 --name 中的一个")
    who = by_whom(by, why)
    if school:
        count, problems = erase_school(folder, school, who, ledger=ledger)
    else:
        count, problems = erase_names(folder, name or (), who, ledger=ledger)
    if count is None:
        not_started(problems)
    say(f"已清空 {count} 处")
    say("results、reports、marked、reminders、evidence、备份里的，请另行删去")
    print_problems(problems)
    finish(problems)
