"""From the files in ``results/`` of a round to its results, with the rubrics that they rest on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from inspections.collecting.problem_table import RESULT
from inspections.collecting.returned_files import file_digest
from inspections.records.record import State
from inspections.round.opened import OpenRound
from inspections.round.round import Ranking
from rubrics.language.digest import digest
from rubrics.language.rubric import Rubric
from rubrics.messages.csv_text import literal
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.points import to_units
from scoring.verdict.redlines import rank_after, red_lines
from scoring.years.held import COMPOSITE, HeldItem, HeldRound, HeldRubric, HeldSchool

_INDICATORS = "indicators.csv"
_SCORES = "scores.csv"
_COMPOSITE_TITLE = "综合分"
_WITHOUT = {"not_visited": "未查", "inapplicable": "不适用", "provisional": "未查完"}

Items: TypeAlias = dict[tuple[str, str], dict[str, HeldItem]]
"""(rubric, school as the table has it) -> indicator -> what was found."""


def read_results(
    opened: OpenRound, kept: Callable[[str], Rubric | None]
) -> tuple[HeldRound | None, list[Problem]]:
    """Returns the published results of a round.

    ``kept``: the rubric of a digest, where the round's folder has another version by now. Problems:
    year-unscored, results-torn, year-rubric-lost.
    """
    results = opened.folder.results
    place = Place(str(results / RESULT))
    try:
        told = json.loads((results / RESULT).read_bytes())
        whole = all(
            file_digest(results / name) == told["files"][name] for name in (_SCORES, _INDICATORS)
        )
    except FileNotFoundError:
        return None, [problem("year-unscored", place, name=opened.folder.root)]
    except (OSError, ValueError, LookupError, TypeError):
        whole = False
    if not whole:
        return None, [problem("results-torn", place, name=results)]
    items = _items(results / _INDICATORS)
    rubrics: dict[str, HeldRubric] = {}
    for one in told["rubrics"]:
        now = opened.rubrics.get(one["id"])
        rubric = now if now and digest(now) == one["digest"] else kept(one["digest"])
        if rubric is None:
            said = {"rubric": one["title"], "version": one["version"]}
            return None, [problem("year-rubric-lost", place, **said)]
        schools = {
            held["id"]: _school(
                held, rubric, items.get((one["id"], literal(held["id"])), {}), opened.round.ranking
            )
            for held in one["schools"]
        }
        rubrics[one["id"]] = HeldRubric(
            one["id"],
            rubric.title,
            rubric,
            one["digest"],
            rubric.places,
            schools,
            "correction" in one,
        )
    if told["composite"]:
        places = max(held.places for held in rubrics.values())
        schools = {one["id"]: _composite(one, rubrics) for one in told["composite"]}
        made = HeldRubric(COMPOSITE, _COMPOSITE_TITLE, None, "", places, schools)
        rubrics[COMPOSITE] = made
    own, window, publish = told["round"], opened.round.window, opened.round.ranking.publish
    named = (own["id"], own["title"], own["bureau"])
    asked = opened.round.contact.told, opened.round.bulletin.copied
    return HeldRound(*named, window.since, window.until, rubrics, publish, *asked), []


def _school(
    held: Mapping[str, Any], rubric: Rubric, items: dict[str, HeldItem], ranking: Ranking
) -> HeldSchool:
    total = _units(held["total"])
    lines = ranks_after(held["red_lines"], rubric, ranking)
    grades = [band.grade for band in rubric.grades]
    left_out = held["unranked"] if held["status"] == "not_planned" else ""
    without = left_out or _WITHOUT.get(held["status"]) or rubric.ungraded
    return HeldSchool(
        held["id"],
        held["name"],
        held["group"],
        total,
        "" if total is not None else without,
        held["grade"],
        held["rank"],
        held["group_size"],
        bool(held["provisional"]),
        held["group_open"],
        held["status"] != "inapplicable",
        items,
        len(lines),
        "unranked" in lines,
        len(grades) > 1 and held["grade"] == grades[-1],
        bool(left_out),
    )


def ranks_after(
    crossed: Sequence[Mapping[str, str]], rubric: Rubric, ranking: Ranking
) -> list[str]:
    """What becomes of the rank after each red line that was crossed, but for those that keep it.

    Within a round a red line that leaves the score alone leaves the rank alone. Over a year only
    the rubric's own word does that: who may win no award does not lead the county.
    """
    known = {(line.owner, line.line.title): line.line.consequence for line in red_lines(rubric)}
    found: list[str] = []
    for one in crossed:
        does = known.get((one["owner"], one["title"]))
        if does is None or does.rank != "kept":
            found.append(rank_after(does, ranking.red_line) if does else "last")
    return found


def _composite(held: Mapping[str, Any], rubrics: Mapping[str, HeldRubric]) -> HeldSchool:
    """The composite of a school; it is as open as the rubrics that it is made from."""
    total, id = _units(held["total"]), held["id"]
    own = [one.schools[id] for name, one in rubrics.items() if name in held["weights"]]
    left_out = own[0].without if own and all(one.left_out for one in own) else ""
    return HeldSchool(
        id,
        held["name"],
        held["group"],
        total,
        "" if total is not None else left_out or "没有综合分",
        rank=held["rank"],
        group_size=held["group_size"],
        open=any(one.open for one in own),
        group_open=held["group_open"],
        applies=bool(held["weights"]),
        red_lines=sum(one.red_lines for one in own),
        unranked=any(one.unranked for one in own),
        failed=any(one.failed for one in own),
        left_out=bool(left_out),
    )


def _items(path: Path) -> Items:
    found: Items = {}
    text = path.read_text(encoding="utf-8-sig")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        state, earned = State(row["state"]), _units(row["earned"])
        item = HeldItem(state, to_units(Decimal(row["points"])), earned)
        found.setdefault((row["rubric"], row["school_id"]), {})[row["indicator"]] = item
    return found


def _units(text: str | None) -> int | None:
    return to_units(Decimal(text)) if text else None
