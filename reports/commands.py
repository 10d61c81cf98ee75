"""The room's door for the command line: what the bureau publishes and each school receives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from inspections.command_line import AsJson, LedgerUrl, NoMarks, Recheck, RoundFolder, marked_line
from reports.kinds import FIRST_OPINIONS, REPORTS
from rubrics.messages.problems import spoken
from rubrics.messages.terminal import (
    WATCHER,
    counted,
    finish,
    not_started,
    print_json,
    print_problems,
    print_table,
    say,
    with_problems,
)

if TYPE_CHECKING:
    from reports.steps.reporting import Reported
    from reports.steps.running import Ran
    from reports.steps.verifying import Verified
    from rubrics.messages.problems import Problem

Word = Annotated[
    bool, typer.Option("--word", help="另把意见书写成可以改的 Word 文件（.docx），在 word/")
]

app = typer.Typer(no_args_is_help=True)
template_app = typer.Typer(
    no_args_is_help=True, help="文书的模板：通报等，可以取出来在 Word 里改。"
)

EXAMPLES = 6
"""Problems that the demo prints; all of them are in its files."""

_KINDS = "；".join(f"{key} {name}" for key, name in REPORTS.items())


def _known(only: list[str] | None) -> list[str] | None:
    for name in only or ():
        if name not in REPORTS:
            raise typer.BadParameter(f"没有“{name}”，可以写：{_KINDS}")
    return only


@app.command("report")
def report(
    folder: RoundFolder,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", callback=_known, help=f"只写这一种，可写几次；不写则全部：{_KINDS}"
        ),
    ] = None,
    school: Annotated[
        list[str] | None,
        typer.Option(metavar="学校", help="只写这所学校的意见书，写校名、其中一段或代码，可写几次"),
    ] = None,
    envelopes: Annotated[
        bool, typer.Option("--envelopes", help="另把每所学校的意见书装订成一份，在 envelopes/")
    ] = False,
    together: Annotated[
        bool, typer.Option("--together", help="另把全部意见书装订成一份，供双面打印")
    ] = False,
    word: Word = False,
    stage: Annotated[
        Literal["初步", "正式"],
        typer.Option(help="初步：先写初步意见，请学校陈述申辩；正式：写意见书"),
    ] = "正式",
    draft: Annotated[
        bool, typer.Option("--draft", help="还没有编号的意见书先不编号，每页印“草稿”")
    ] = False,
    issue: Annotated[
        bool, typer.Option("--issue", help="照发：有未定事项、没有写日期的意见书也编号")
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="通报的模板，局里在 Word 里改过的（.docx）；不写则用自带的"
        ),
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(metavar="DIR", help="上一批次的文件夹，排名表和通报据此写升降")
    ] = None,
    fonts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="放公文字体的文件夹；不写则用开源字体")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, metavar="N", help="写意见书用几个进程；0 为自动")
    ] = 0,
    ledger: LedgerUrl = "",
) -> None:
    """写排名表、意见书和通报，放在 reports/；按台账里已收的检查表计算。"""
    from inspections.ledger.letters import FIRST
    from reports.letter.on_demand import LETTERS
    from reports.steps.reporting import report_round

    if draft and issue:
        raise typer.BadParameter("--draft 不编号，--issue 要编号，请只写一个")
    made, problems = report_round(
        folder,
        only=only or (),
        schools=school or (),
        envelopes=envelopes,
        together=together,
        word=word,
        stage=stage,
        draft=draft,
        issue=issue,
        template=template,
        previous=previous,
        fonts=fonts,
        workers=workers,
        ledger=ledger,
        watcher=WATCHER,
    )
    if made is None:
        not_started(problems)
    print_problems(problems)
    if not made.kinds and not made.unwritten:
        raise typer.Exit(1)
    for line in _replaced(made):
        say(line)
    first = stage == FIRST
    where = made.folder.reports / LETTERS[FIRST] if first else made.folder.reports
    if made.kinds:
        say(f"已写{'、'.join(_called(kind, first=first) for kind in made.kinds)}，在 {where}")
    if made.unwritten:
        lost = (
            _called(kind, first=first) + (f" {count} 份" if kind == "letters" else "")
            for kind, count in made.unwritten.items()
        )
        say(f"没有写成：{'、'.join(lost)}，原因见上")
    elif first:
        said = spoken("下一步：发给学校；学校有异议的，登记")
        say(f"{said}：scoring objection add")
    finish(problems)


def _called(kind: str, *, first: bool) -> str:
    """What a kind of report is called; letters may be first opinions."""
    return FIRST_OPINIONS if first else REPORTS[kind]


def _replaced(made: Reported) -> Iterator[str]:
    """Which new number takes the place of which."""
    for new in made.replaced[:_TOLD]:
        yield f"{new.number}替换{new.replaces}：{new.school}，{new.rubric}"
    if len(made.replaced) > _TOLD:
        yield f"……共 {len(made.replaced)} 份意见书换了编号，每份末页写明替换哪个号"


_TOLD = 10
"""Letters that were replaced which are named one by one."""


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="要核验的意见书（PDF）")],
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="批次文件夹；文件就在批次文件夹里的不用写"),
    ] = None,
    as_json: AsJson = False,
    ledger: LedgerUrl = "",
) -> None:
    """核验一份意见书：是不是原件，改没改过，有没有被别的编号替换；只看文件和台账。"""
    from dataclasses import asdict

    from reports.steps.verifying import Verdict, verify_letter

    found, problems = verify_letter(file, folder, ledger=ledger)
    if found is None:
        not_started(problems, as_json)
    if as_json:
        print_json(with_problems(asdict(found), problems))
    else:
        print_problems(problems)
        say(f"{found.verdict.value}：{found.number or file.name}")
        if found.school:
            say(f"{found.school}，{found.rubric}，{found.stage}，{found.day or '没有写日期'}")
        if found.final:
            say(f"这是初步意见；正式意见书是{found.final}")
        for line in _signed_by(found):
            say(line)
    if found.verdict not in (Verdict.GENUINE, Verdict.UNNUMBERED):
        raise typer.Exit(1)


def _signed_by(found: Verified) -> Iterator[str]:
    for one in found.signatures:
        issuer = f"由{one.issuer}签发" if one.issuer else "自己签发"
        clock = "时间戳服务器的时间" if one.stamped else "签名人自己的时钟"
        at = f"，{one.at} 签（{clock}）" if one.at else ""
        yield f"电子签名：{one.by}{at}，{'有效' if one.valid else f'无效：{one.reason}'}"
        yield f"证书：{issuer}，指纹 {one.fingerprint[:_PRINT]}；是不是原件以台账为准，不看签名"
    if not found.signatures and found.to_be_signed and found.number:
        yield "没有电子签名：是设置签名以前写的"


_PRINT = 16
"""Digits of the fingerprint of a certificate that are printed."""


@template_app.command("list")
def list_templates(as_json: AsJson = False) -> None:
    """列出自带的模板，和每个模板里填什么。"""
    from reports.official.shelf import shipped

    held = shipped()
    if as_json:
        print_json({"templates": [{"name": one.name, "tags": one.tags} for one in held]})
    else:
        print_table(("模板", "填什么"), [(one.name, "；".join(one.tags)) for one in held])


@template_app.command("copy")
def copy_template(
    name: Annotated[str, typer.Argument(metavar="模板", help="模板的名称，如 通报")],
    target: Annotated[Path, typer.Argument(metavar="FILE.docx", help="写到哪个文件")],
) -> None:
    """取一份自带的模板，在 Word 里改好，再用 report --template 写通报。"""
    from reports.official.shelf import copy_shipped

    if problems := copy_shipped(name, target):
        not_started(problems)
    say(f"已写 {target}；改好后运行 scoring report DIR --only bulletin --template {target}")


# These two stand first in the program's list, so that the program hangs them up itself.
def run(
    folder: RoundFolder,
    no_marks: NoMarks = False,
    recheck: Recheck = False,
    word: Word = False,
    ledger: LedgerUrl = "",
) -> None:
    """一次做完：收表、计分、写排名表、意见书和通报。"""
    from reports.steps.running import run_round

    ran, problems = run_round(
        folder, ledger=ledger, marks=not no_marks, recheck=recheck, word=word, watcher=WATCHER
    )
    if ran is None:
        not_started(problems)
    _tell_scores(ran)
    print_problems([it for it in problems if it not in ran.changed])
    _tell_where(ran, problems)
    finish(problems)


def demo(
    folder: RoundFolder,
    year: Annotated[
        bool,
        typer.Option(
            "--year", help="走完一年：春、秋两个批次，初步意见、异议、问责、整改、回头看，再到年度"
        ),
    ] = False,
) -> None:
    """生成一个虚构的县，像督学那样填好检查表（常见的错也有），从收表到意见书走一遍。"""
    if year:
        _demo_year(folder)
        return
    from reports.steps.sample import run_sample

    made, problems = run_sample(folder, watcher=WATCHER)
    if made is None:
        not_started(problems)
    opened, sample = made.sample.opened, made.sample
    schools = opened.roster.schools
    say(f"{opened.round.title}：学校 {len(schools)} 所，安排检查 {len(opened.plan)} 次")
    say(
        f"双随机抽出检查组 {len(opened.roster.drawn)} 个，抽取记录和公示在"
        f" {opened.folder.reports / '双随机'}；自己重算一遍：scoring round draw {folder} --verify"
    )
    say(f"收回检查表 {sample.returned} 份，其中 {sample.faulty} 份故意留了常见的错")
    say("两名督学记的事实不一致的有 3 处：1 处待核，1 处由局里核定，1 处在成绩写出后更正重交")
    _tell_scores(made.ran)
    say(f"读表发现的问题，先看 {EXAMPLES} 条：")
    print_problems([it for it in problems if it not in made.ran.changed], EXAMPLES)
    _tell_where(made.ran, problems)
    for beside in made.beside:
        count = len(beside.rubrics)
        say(f"另有 {count} 份细则的小批次，检查表、成绩和意见书在 {beside.folder.root}")
    if made.fairness and made.lenient:
        say(f"有一名督学评等编得明显偏松，看分析找出来没有：{made.fairness[0]}")
        say(f"给这名督学本人看的一页：scoring fairness {folder} --inspector {made.lenient}")
    first = next(iter(schools.values())).name
    say(f"想知道一个数从哪里来：scoring explain {folder} {first}")
    if late := sample.differences.late:
        corrected = schools[late.school].name
        say(f"想看一份表怎样更正：scoring ledger history {folder} {corrected}")


def _demo_year(folder: Path) -> None:
    from inspections.demo.year_folder import GUIDE
    from reports.steps.sample_year.year import run_sample_year

    made, problems = run_sample_year(folder, watcher=WATCHER)
    if made is None:
        not_started(problems)
    # Its commands name folders themselves.
    typer.echo(made.guide)
    say(f"各步都故意留了常见的错，报出的问题：{counted(problems)}")
    say(f"上面这些也写在 {made.folder / GUIDE}")


def _tell_scores(ran: Ran) -> None:
    from scoring.results.summary import print_scores

    held = ran.taken.held
    say(f"共 {held.files} 个文件，计入检查记录 {len(held.visits)} 份")
    if ran.scores is not None:
        print_scores(ran.scores)
    print_problems(ran.changed)


def _tell_where(ran: Ran, problems: Sequence[Problem]) -> None:
    if ran.scores is not None:
        folder, summary = ran.taken.opened.folder, counted(problems)
        say(f"问题：{summary}" if summary else "没有发现问题")
        say(f"结果在 {folder.results}，排名表、意见书和通报在 {folder.reports}")
    if line := marked_line(ran.taken):
        say(line)
