"""``scoring rubric``: the rubric language at the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rubrics.messages.terminal import as_dict, finish, print_json, print_problems, print_table

if TYPE_CHECKING:
    from rubrics.language.rubric import Rubric
    from rubrics.language.statistics import Figures, Tally
    from rubrics.messages.problems import Problem

app = typer.Typer(help="考核细则：查看、检查、用 Excel 修改。", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用。")]
Name = Annotated[str, typer.Argument(metavar="细则", help="自带细则的代码，或 YAML 文件。")]

Out = Annotated[
    Path | None, typer.Option(metavar="FILE", help="加 --json 时，写到这个文件；不写就打印出来。")
]

UNGROUPED = "其他"
"""Under what rubrics are listed that do not say what they check."""


def _tell(problems: Sequence[Problem]) -> None:
    """Prints all problems beside what the command itself prints."""
    print_problems(problems, len(problems), aside=True)


@app.command("list")
def list_rubrics(as_json: Json = False, out: Out = None) -> None:
    """列出自带的细则，按检查的内容归类，写明适用哪些学校。"""
    from rubrics.files.loading import load_rubric
    from rubrics.files.shipped import shipped

    _only_json(out, as_json)
    rows, problems = [], []
    for name, path in shipped().items():
        rubric, found = load_rubric(path)
        problems += found
        if rubric:
            rows.append(_summary(name, rubric))
    groups = list(dict.fromkeys(row["group"] for row in rows))
    rows.sort(key=lambda row: (not row["group"], groups.index(row["group"])))
    if as_json:
        problems += _tell_json(rows, out)
    else:
        headings = {"group": "检查内容", "id": "代码", "title": "名称", "for": "适用",
                    "version": "版本", "indicators": "指标数", "points": "总分"}  # fmt: skip
        for row in rows:
            row["group"] = row["group"] or UNGROUPED
        cells = [[row[key] for key in headings] for row in rows]
        print_table(list(headings.values()), cells, right=("指标数", "总分"))
    _tell(problems)
    finish(problems)


@app.command()
def show(name: Name, as_json: Json = False, out: Out = None) -> None:
    """显示一份细则：指标、分值、计分规则、红线、等次和统计。"""
    from rubrics.files.loading import load_rubric

    _only_json(out, as_json)
    rubric, problems = load_rubric(_existing(name))
    if rubric and as_json:
        problems += _tell_json(rubric.model_dump(mode="json"), out)
    _tell(problems)
    if rubric and not as_json:
        _print_rubric(rubric)
        _print_figures(rubric)
    finish(problems)


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(metavar="文件", help="YAML 文件或自带代码。")],
    traits: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="自加的特征；不写就用细则旁边的 traits.yaml"),
    ] = None,
    as_json: Json = False,
    out: Out = None,
) -> None:
    """检查细则文件：逐条指出错在哪一行、怎样改，并列出统计。"""
    from rubrics.files.loading import advised_rubric
    from rubrics.files.shipped import find_rubric
    from rubrics.language.statistics import figures

    _only_json(out, as_json)
    problems: list[Problem] = []
    results: list[dict[str, Any]] = []
    for name in files:
        rubric, found = advised_rubric(find_rubric(name, Path()), traits)
        problems += found
        result: dict[str, Any] = {"file": name, "problems": [as_dict(item) for item in found]}
        if rubric:
            result |= _summary(rubric.id, rubric) | {"figures": _figures(figures(rubric))}
        results.append(result)
        if as_json:
            continue
        _tell(found)
        if rubric:
            typer.echo(f"{name}：没有错误。{rubric.title} {rubric.version} 版。")
            _print_figures(rubric)
        else:
            typer.echo(f"{name}：有错误，不能使用。")
    if as_json:
        unwritten = _tell_json(results, out)
        _tell(unwritten)
        problems += unwritten
    finish(problems)


@app.command()
def export(
    name: Name, target: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="写到哪里。")]
) -> None:
    """把细则写成 Excel 工作簿，供修改。"""
    from rubrics.files.loading import load_rubric
    from rubrics.workbook import export_workbook

    if target.suffix.lower() != ".xlsx":
        raise typer.BadParameter("文件名应以 .xlsx 结尾")
    rubric, problems = load_rubric(_existing(name))
    if rubric:
        problems += _written(target, export_workbook(rubric))
    _tell(problems)
    finish(problems)


@app.command("import")
def import_(
    source: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="改好的工作簿。")],
    target: Annotated[Path, typer.Argument(metavar="细则.yaml", help="写到哪里。")],
) -> None:
    """把改好的 Excel 工作簿转成细则文件；有错时不写，并指出错在哪一格。"""
    from rubrics.files.writing import dump_yaml
    from rubrics.workbook import import_workbook

    rubric, problems = import_workbook(source)
    if rubric:
        problems += _written(target, dump_yaml(rubric).encode())
    _tell(problems)
    finish(problems)


@app.command()
def schema() -> None:
    """输出细则文件的 JSON Schema，供编辑器补全和检查。"""
    from rubrics.language.schema import schema_text

    typer.echo(schema_text(), nl=False)


def _existing(name: str) -> Path:
    from rubrics.files.shipped import find_rubric, shipped
    from rubrics.messages.problems import Place, problem

    path = find_rubric(name, Path())
    if not path.is_file():
        known = "、".join(shipped())
        _tell([problem("rubric-missing", Place(), name=name, known=known)])
        raise typer.Exit(2)
    return path


def _written(target: Path, data: bytes) -> tuple[Problem, ...]:
    """Writes, and says so; a target that cannot be written is a problem."""
    from rubrics.messages.output import write_whole

    problems = write_whole(target, data, str(target), private=False)
    if not problems:
        typer.echo(f"已写入 {target}")
    return problems


def _only_json(out: Path | None, as_json: bool) -> None:
    if out is not None and not as_json:
        raise typer.BadParameter("--out 要同 --json 一起写")


def _tell_json(data: object, out: Path | None) -> list[Problem]:
    """Prints data as JSON, or writes it; what went wrong is returned."""
    from rubrics.messages.json_text import json_bytes
    from rubrics.messages.output import write_whole

    if out is None:
        print_json(data)
        return []
    return list(write_whole(out, json_bytes(data, 2), str(out), private=False))


def _summary(name: str, rubric: Rubric) -> dict[str, Any]:
    from rubrics.language.digest import digest
    from rubrics.values.points import plain

    return {
        "id": name,
        "title": rubric.title,
        "group": rubric.group,
        "for": _for_whom(rubric),
        "version": rubric.version,
        "indicators": len(rubric.indicators),
        "points": str(plain(rubric.points)),
        "digest": digest(rubric),
    }


def _for_whom(rubric: Rubric) -> str:
    name = rubric.subject.name
    return f"{rubric.when}的{name}" if rubric.when else f"各类{name}"


def _print_rubric(rubric: Rubric) -> None:
    from rubrics.language.bonuses import describe_extra
    from rubrics.language.repeating import repeat_of
    from rubrics.language.self_assessing import self_assessed
    from rubrics.language.wording import (
        describe_consequence,
        describe_excused,
        describe_key,
        describe_weights,
    )
    from rubrics.language.worth import by_points_alone
    from rubrics.values.points import plain
    from rubrics.values.range_words import span_text

    demerits = rubric.scale == "demerits"
    typer.echo(f"{rubric.title}（{rubric.id} {rubric.version} 版，{plain(rubric.points)} 分）")
    group = f"检查内容：{rubric.group}；" if rubric.group else ""
    typer.echo(f"{group}适用：{_for_whom(rubric)}")
    for dimension in rubric.dimensions:
        rows = []
        for item in dimension.indicators:
            marks = [f"组：{item.group}"] if item.group else []
            marks += [f"关键项：{describe_key(item)}"] if item.key else []
            marks += [f"红线：{line.title}" for line in item.red_lines]
            marks += [f"只查{item.when}的{rubric.subject.name}"] if item.when else []
            repeat = repeat_of(rubric, item) if item.repeat else None
            marks += [f"屡查屡犯：{repeat.describe(demerits=demerits)}"] if repeat else []
            marks += ["屡查屡犯：不处理"] if rubric.repeat and item.repeat is False else []
            rule = item.rule.describe(item.points, demerits=demerits)
            rows.append((item.id, item.title, plain(item.points), rule, "\n".join(marks)))
        weight = "" if dimension.weight is None else f"，权重 {plain(dimension.weight)}"
        title = f"{dimension.id} {dimension.title}（{plain(dimension.points)} 分{weight}）"
        headings = ("编号", "指标", "分值", "计分规则", "备注")
        print_table(headings, rows, title=title, right=("分值",))
    if not by_points_alone(rubric):
        typer.echo("；".join(filter(None, (describe_weights(rubric), describe_excused(rubric)))))
    if rubric.repeat:
        reached = [it.id for it in rubric.indicators if repeat_of(rubric, it) is rubric.repeat]
        told = rubric.repeat.describe(demerits=demerits)
        typer.echo(f"屡查屡犯（{len(reached)} 项：{'、'.join(reached)}）：{told}")
    if rubric.self_assessment:
        count = len(self_assessed(rubric))
        typer.echo(f"自评（{count} 项）：{rubric.words.said(rubric.self_assessment.describe())}")
    lines = [line for item in rubric.indicators for line in item.red_lines] + [*rubric.red_lines]
    if lines:
        effects = [(line.title, describe_consequence(line.consequence)) for line in lines]
        print_table(("红线", "后果"), effects, title="红线")
    extras = [(extra.title, describe_extra(rubric, extra)) for extra in rubric.extras]
    if extras:
        print_table(("项目", "规则"), extras, title="加分和附加扣分")
    bands = [(band.grade, span_text(band.range, unit="分")) for band in rubric.grades]
    print_table(("等次", "总分"), bands, title="等次")


def _print_figures(rubric: Rubric) -> None:
    from rubrics.language.statistics import figures
    from rubrics.values.points import plain, share_text

    found = figures(rubric)

    def row(name: str, part: Tally) -> tuple[object, ...]:
        percent = share_text(round(found.share(part), 3))
        return name, part.indicators, plain(part.points), percent

    rows = [row(name, part) for name, part in found.methods.items()]
    rows.append(row("单凭判断的", found.judgement))
    rows.append(row("已核实依据的", found.verified))
    headings: tuple[str, ...] = ("核查方法", "指标数", "分值", "占满分")
    title = "指标和分值（一个指标有几种方法的各计一次）"
    print_table(headings, rows, title=title, right=headings[1:])
    if not rubric.subject.is_school:
        typer.echo(f"关键项 {found.key_items} 个，红线 {found.red_lines} 条。")
        return
    stages = [
        (stage, part.indicators if part else "不适用", plain(part.points) if part else "")
        for stage, part in found.stages.items()
    ]
    headings = ("学段", "指标数", "应得分")
    title = "各学段适用的指标（其他条件都具备时）"
    print_table(headings, stages, title=title, right=headings[1:])
    typer.echo(f"关键项 {found.key_items} 个，红线 {found.red_lines} 条。")


def _figures(found: Figures) -> dict[str, Any]:
    from rubrics.values.points import plain, share_text

    def part(tally: Tally | None) -> dict[str, Any] | None:
        if tally is None:
            return None
        return {"indicators": tally.indicators, "points": str(plain(tally.points))}

    def parts(tallies: Mapping[str, Tally | None]) -> dict[str, Any]:
        return {name: part(tally) for name, tally in tallies.items()}

    return {
        "whole": part(found.whole),
        "methods": parts(found.methods),
        "kinds": parts(found.kinds),
        "judgement": part(found.judgement),
        "judgement_share": share_text(found.share(found.judgement)),
        "verified": part(found.verified),
        "stages": parts(found.stages),
        "key_items": found.key_items,
        "red_lines": found.red_lines,
    }
