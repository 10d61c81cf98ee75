"""Commands of self-assessment (自评): sent, collected, who is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

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
    from collections.abc import Iterable

    from inspections.round.opened import OpenRound
    from inspections.self_assessment.standing import OwnStanding


def send(folder: RoundFolder, ledger: LedgerUrl = "") -> None:
    """发自评表：细则写了自评的，一校一份，在 selfassess/sent/；交过的，填过的还在。"""
    from inspections.steps.self_assessing import send_self_assessment

    sent, problems = send_self_assessment(folder, ledger=ledger, watcher=WATCHER)
    if sent is None:
        not_started(problems)
    say(f"自评表 {len(sent.files)} 份，在 {sent.folder}")
    back = f"{spoken('学校交回的')}放进 {sent.folder.parent / 'returned'}"
    say(f"{back}，再运行 scoring selfassess collect")
    print_problems(problems)
    finish(problems)


def collect(folder: RoundFolder, by: Who = "", ledger: LedgerUrl = "") -> None:
    """收自评表：读 selfassess/returned/，记入台账；一校交过几份的，以最后收的为准。"""
    from inspections.steps.self_assessing import collect_self_assessment

    took, problems = collect_self_assessment(
        folder, by_whom(by, "收自评表"), ledger=ledger, watcher=WATCHER
    )
    if took is None:
        not_started(problems)
    say(f"自评表文件 {took.assessments.files} 份，新收 {len(took.assessments.taken)} 份")
    _say_counts(took.opened, took.stands)
    say(f"检查表上要有自评的，再运行一次 scoring workbooks {folder}")
    print_problems(problems)
    finish(problems)


def status(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """看自评进度：谁没有交，谁还缺几项；催交通知在 reminders/自评通知/。"""
    from inspections.steps.self_assessing import self_assessment_status

    found, problems = self_assessment_status(folder, ledger=ledger, watcher=WATCHER)
    if found is None:
        not_started(problems, as_json)
    rows = [_row(found.opened, one) for one in found.stands]
    headings = ("细则", "学校", "应填", "缺", "状态", "合计", "收到")
    if as_json:
        lines = [dict(zip(headings, row, strict=True)) for row in rows]
        print_json(with_problems({"selfassess": lines}, problems))
        finish(problems)
    owing = [row for row, one in zip(rows, found.stands, strict=True) if one.missing]
    print_table(headings, owing, right=("应填", "缺", "合计"))
    _say_counts(found.opened, found.stands)
    if found.reminders:
        say(f"催交通知在 {found.reminders}")
    print_problems(problems)
    finish(problems)


def _say_counts(opened: OpenRound, stands: Iterable[OwnStanding]) -> None:
    unit = opened.words.measure
    counts: dict[str, Counter[str]] = {}
    for one in stands:
        word = "未交" if one.held is None else "缺项" if one.missing else "已交"
        counts.setdefault(one.rubric, Counter())[word] += 1
    for rubric, found in counts.items():
        said = "，".join(f"{word} {found[word]}" for word in ("已交", "缺项", "未交"))
        say(f"《{opened.rubrics[rubric].title}》应交 {found.total()} {unit}：{said}")


def _row(opened: OpenRound, one: OwnStanding) -> tuple[object, ...]:
    from inspections.ledger.local_time import local_time
    from rubrics.values.points import number_text

    title, school = opened.rubrics[one.rubric].title, opened.roster.schools[one.school].name
    whole = "" if one.total is None else number_text(one.total)
    at = local_time(one.held.at) if one.held else ""
    return title, school, one.asked, len(one.missing), one.word, whole, at
