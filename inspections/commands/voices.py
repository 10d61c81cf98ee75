"""Commands of what many people said: files taken in, how they stand, flagged answers decided on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from inspections.command_line import AsJson, LedgerUrl, RoundFolder
from inspections.commands.acting import Who, by_whom
from rubrics.messages.problems import spoken
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
    from inspections.steps.voices import SurveyStatus, VoicesStatus

_LISTED = 20


def import_files(
    folder: RoundFolder,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="问卷网站导出的表，或自己的表（Excel、CSV）"),
    ],
    survey: Annotated[
        str,
        typer.Option(
            "--survey", metavar="名称", help="这是哪份问卷，不写就按 voices.yaml 或文件名"
        ),
    ] = "",
    kind: Annotated[
        Literal["", "问卷", "电话访谈", "热线来访", "民主测评", "发放数", "班级人数"],
        typer.Option(
            "--kind",
            metavar="种类",
            help="问卷、电话访谈、热线来访、民主测评、发放数、班级人数",
        ),
    ] = "",
    replacing: Annotated[
        bool, typer.Option("--replace", help="代替已经收过的同名文件、同一批答卷，原来的不再算")
    ] = False,
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """收问卷、电话访谈、热线来访、民主测评的表：认出学校，标出要看的答卷，记入台账。"""
    from inspections.ledger.chain import By, by_user
    from inspections.steps.voices import import_voices

    taken, problems = import_voices(
        folder,
        files,
        By(by.strip() or by_user().who),
        survey=survey.strip(),
        kind=kind,
        replacing=replacing,
        ledger=ledger,
        watcher=WATCHER,
    )
    if taken is None:
        not_started(problems)
    for number, name, called, count, unit in taken.files:
        say(f"第 {number} 号文件 {name}：“{called}” {count} {unit}")
    print_problems(problems)
    if taken.files:
        say(f"{spoken('各校多少')}、哪些要看：scoring voices status {folder}")
    finish(problems)


def status(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """各份问卷收了多少，各校多少，哪些答卷要看，哪些学校没有认出来。"""
    from inspections.steps.voices import voices_status

    found, problems = voices_status(folder, ledger=ledger)
    if found is None:
        not_started(problems, as_json)
    if as_json:
        told = {"surveys": [_data(one) for one in found.surveys], "classes": _classes(found)}
        print_json(with_problems(told, problems))
        finish(problems)
    for one in found.surveys:
        _print_survey(found, one)
    for name, rows in _classes(found).items():
        say(f"{name}（班级人数），{spoken(f'{len(rows)} 所学校')}")
        keys = ("school", "name", "classes", "pupils")
        print_table(
            ("代码", "学校", "班数", "学生数"), [[row[key] for key in keys] for row in rows]
        )
    for old in found.replaced:
        say(f"第 {old.number} 号文件 {old.name} 已被代替，不再算")
    print_problems(problems)
    finish(problems)


def decide(
    folder: RoundFolder,
    survey: Annotated[str, typer.Argument(metavar="问卷", help="问卷的名称，见 voices status")],
    rule: Annotated[
        Literal["重复", "同选", "过快", "期外", "测试"],
        typer.Option("--rule", metavar="规则", help="哪一条：重复、同选、过快、期外、测试"),
    ],
    why: Annotated[str, typer.Option("--reason", "--why", metavar="理由", help="为什么，记入台账")],
    counts: Annotated[
        bool | None, typer.Option("--count/--leave-out", help="算在内，或不算；原来的数都留着")
    ] = None,
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """决定一条规则标出的答卷算不算，每份问卷每条规则一次；以后的决定代替以前的。"""
    from inspections.records.voices import Rule
    from inspections.steps.voices import decide_voices

    if counts is None:
        raise typer.BadParameter("请写 --count（算）或 --leave-out（不算）")
    done, problems = decide_voices(
        folder, survey, Rule(rule), counts, by_whom(by, why), ledger=ledger, watcher=WATCHER
    )
    if done is None:
        not_started(problems)
    answers, unit = done.answers, done.answers.kind.unit
    which = int(answers.weight[answers.flags[Rule(rule)]].sum())
    valid = int(answers.weight[done.counted].sum())
    word = "算在内" if counts else "不算"
    say(f"已记入台账：“{survey}”按“{rule}”标出的 {which} {unit}{word}；有效 {valid} {unit}")
    print_problems(problems)
    finish(problems)


def _print_survey(found: VoicesStatus, one: SurveyStatus) -> None:
    from rubrics.messages.outgoing import outgoing

    returned = one.voices.returns()
    unit = one.kind.unit
    say(f"{one.name}（{one.kind.value}），收回 {returned.returned.sum()} {unit}，"
        f"有效 {returned.valid.sum()} {unit}")  # fmt: skip
    rules = [(rule, said) for file in one.files for rule, said in file.rules.items()]
    lines = []
    for rule, said in dict(rules).items():
        on = one.voices.answers.flags.get(rule)
        decided = one.voices.decided.get(rule)
        word = "未决定，暂算" if decided is None else "算在内" if decided else "不算"
        count = int(one.voices.answers.weight[on].sum()) if on is not None else 0
        lines.append(
            (rule.value, count if on is not None else "", word if count else "", spoken(said))
        )
    if lines:
        print_table(("规则", unit, "决定", "怎样认"), lines)
    names = found.opened.roster.schools
    rows = [
        (
            code,
            names[code].name if code in names else code or spoken("（没有认出学校）"),
            sent if sent >= 0 else "",
            back,
            valid,
        )
        for code, sent, back, valid in zip(
            returned.schools,
            returned.sent.tolist(),
            returned.returned.tolist(),
            returned.valid.tolist(),
            strict=True,
        )
    ]
    print_table(("代码", "学校", "发放", "收回", "有效"), rows)
    unknown = [
        (outgoing(typed), count, "、".join(f"{names[it].name}（{it}）" for it in maybe))
        for typed, (count, maybe) in [*one.unknown.items()][:_LISTED]
    ]
    if unknown:
        print_table(("没有认出的写法", unit, "会不会是"), unknown)


def _classes(found: VoicesStatus) -> dict[str, list[dict[str, Any]]]:
    """How many classes and pupils each school has, by table."""
    names = {code: school.name for code, school in found.opened.roster.schools.items()}
    return {
        table: [
            {"school": code, "name": names.get(code, code), "classes": len(own),
             "pupils": sum(own.values())}
            for code, own in pupils.items()
        ]
        for table, pupils in found.classes.items()
    }  # fmt: skip


def _data(one: SurveyStatus) -> dict[str, Any]:
    from rubrics.messages.outgoing import outgoing

    returned = one.voices.returns()
    flags = one.voices.answers.flags
    return {
        "survey": one.name,
        "kind": one.kind.value,
        "files": [
            {"number": it.number, "name": it.name, "program": it.program, "rows": it.rows}
            for it in one.files
        ],
        "schools": [
            {
                "school": code,
                "sent": sent if sent >= 0 else None,
                "returned": back,
                "valid": valid,
            }
            for code, sent, back, valid in zip(
                returned.schools,
                returned.sent.tolist(),
                returned.returned.tolist(),
                returned.valid.tolist(),
                strict=True,
            )
        ],
        "flags": {
            rule.value: {"count": int(on.sum()), "counts": one.voices.decided.get(rule)}
            for rule, on in flags.items()
        },
        "unknown": [
            {"text": outgoing(typed), "count": count, "maybe": list(maybe)}
            for typed, (count, maybe) in one.unknown.items()
        ],
    }


def form(
    rubric: Annotated[str, typer.Argument(metavar="细则", help="自带细则的代码，或 YAML 文件")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个文件夹")] = Path(),
    of_round: Annotated[
        Path | None,
        typer.Option("--round", metavar="DIR", help="哪个批次的学校来答，按它的设置分组"),
    ] = None,
    grade: Annotated[bool, typer.Option("--grade", help="还问年级")] = False,
    by_class: Annotated[bool, typer.Option("--class", help="还问年级和班级")] = False,
    role: Annotated[bool, typer.Option("--role", help="还问身份（家长、学生、教师）")] = False,
) -> None:
    """按细则写出问卷：贴到问卷网站的表、文字和 XLSForm；不问姓名。"""
    from inspections.steps.voices import write_form

    asked = (("年级", grade or by_class), ("班级", by_class), ("身份", role))
    by = [name for name, wanted in asked if wanted]
    written, problems = write_form(rubric, out, of_round=of_round, by=by)
    for path in written:
        say(f"已写出 {path}")
    print_problems(problems)
    finish(problems)
