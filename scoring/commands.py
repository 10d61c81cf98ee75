"""The room's door for the command line: scores of a round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer

from inspections.collecting import Collected, collected, uncollected
from inspections.commands import AsJson, RoundFolder, opened
from inspections.console import counted, finish, print_json, print_problems, print_table
from inspections.folder import OpenRound
from rubrics.points import fixed
from rubrics.problems import Place, Problem, problem
from scoring.inputs import inputs_of
from scoring.results import write_results
from scoring.rounds import score_round
from scoring.scores import RubricScores, SchoolScore, Scores

app = typer.Typer(no_args_is_help=True)

FIRST = 3
"""How many of each group are printed; all of them are in the files."""

STATUSES = {
    "complete": "完整",
    "provisional": "暂定",
    "not_visited": "未检查",
    "inapplicable": "不适用",
}


@app.command("score")
def score(folder: RoundFolder, as_json: AsJson = False) -> None:
    """计分：按台账里已收的检查表计分、排名，写在 results/。"""
    of, problems = opened(folder, as_json)
    scores, met = score_and_write(of, problems, collected(of))
    if scores is None:
        _print(met, {}, as_json)
        raise typer.Exit(1)
    if as_json:
        print_json({"results": str(of.folder.results), "rubrics": list(_counts(scores))}, met)
        finish(met)
    print_scores(scores)
    if left := uncollected(of):
        typer.echo(f"returned 里还有 {left} 个文件没有收，请运行 scoring collect")
    print_problems(met)
    summary = counted(met)
    typer.echo(
        f"结果在 {of.folder.results}；" + (f"问题：{summary}" if summary else "没有发现问题")
    )
    finish(met)


def score_and_write(
    of: OpenRound, problems: Sequence[Problem], held: Collected
) -> tuple[Scores | None, list[Problem]]:
    """Scores what was collected and writes ``results/``; returns the scores and all problems.

    ``problems``: what opening the round met. Code of its own: nothing-to-score, and no scores.
    """
    met = [*problems, *held.problems]
    if not held.visits:
        return None, [*met, problem("nothing-to-score", Place(of.folder.name(of.folder.ledger)))]
    scores, found = score_round(of.round, of.rubrics, of.roster, of.plan, held.visits)
    met = list(dict.fromkeys([*met, *found]))
    met += write_results(of.folder.results, of.round, scores, met, inputs_of(of, held.visits))
    return scores, met


def print_scores(scores: Scores) -> None:
    """Prints the first places of each group, rubric by rubric, and who is not ranked."""
    for held in scores.rubrics.values():
        typer.echo(f"《{held.rubric.title}》{held.rubric.version} 版：{_told(held)}")
        places = held.rubric.places
        rows = [
            (
                it.group,
                f"{it.rank}/{it.group_size}",
                it.school.name,
                fixed(it.total, places),
                it.grade,
            )
            for it in _first(held)
            if it.total is not None
        ]
        if rows:
            print_table(("组", "名次", "学校", "总分", "等次"), rows)


def _first(held: RubricScores) -> Iterator[SchoolScore]:
    """The first places of each group, groups in roster order."""
    groups = dict.fromkeys(it.group for it in held.schools)
    for group in groups:
        ranked = [it for it in held.schools if it.group == group and it.rank is not None]
        ranked.sort(key=lambda it: it.rank or 0)
        yield from (it for it in ranked if (it.rank or 0) <= FIRST)


def _told(held: RubricScores) -> str:
    found = [it.status for it in held.schools]
    ranked = sum(it.rank is not None for it in held.schools)
    others = "，".join(
        f"{word} {found.count(status)} 所" for status, word in STATUSES.items() if status in found
    )
    return f"排名 {ranked} 所（{others}）"


def _counts(scores: Scores) -> Iterator[dict[str, object]]:
    for held in scores.rubrics.values():
        found = [it.status for it in held.schools]
        yield {
            "id": held.rubric.id,
            "version": held.rubric.version,
            "ranked": sum(it.rank is not None for it in held.schools),
            **{status: found.count(status) for status in STATUSES},
        }


def _print(problems: Sequence[Problem], content: dict[str, object], as_json: bool) -> None:
    if as_json:
        print_json(content, problems)
    else:
        print_problems(problems)
