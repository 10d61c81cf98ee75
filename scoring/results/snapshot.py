"""The files of ``results/``: what scripts and other people rely on. Same inputs, same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import DecodeError, Raw, Struct, json

from inspections.chasing.severity import DRIFTED
from inspections.collecting.problem_table import FILE as PROBLEMS_FILE
from inspections.collecting.problem_table import RESULT, problems_csv
from inspections.round.regular_files import digest_there
from inspections.round.round import Round
from inspections.round.severity_correction import PLACES as CORRECTED_TO
from rubrics.language.rubric import Rubric
from rubrics.messages.csv_text import CsvTable, write_table
from rubrics.messages.json_text import json_bytes, json_part
from rubrics.messages.output import remove
from rubrics.messages.problems import Problem
from rubrics.values.points import fixed, plain
from scoring.engine.scale import turned
from scoring.engine.severity_correction import Correction
from scoring.results.corrected_words import CORRECTED
from scoring.results.inputs import Inputs
from scoring.results.own_scores import COLUMNS, own_rows
from scoring.results.own_scores import FILE as OWN_SCORES
from scoring.results.scores import (
    CompositeScore,
    DimensionScore,
    IndicatorScore,
    RedLineHit,
    RubricScores,
    SchoolCorrection,
    SchoolScore,
    Scores,
)
from scoring.results.tables import (
    FINE,
    INDICATORS,
    indicator_rows,
    score_headings,
    score_row,
)
from scoring.results.unsettled import own_reasons

FORMAT = 1

PUBLISHED = ("scores.csv", "indicators.csv", "result.json")
"""The files that say what was found; problems.csv is rewritten by every collecting."""


def write_results(
    folder: Path,
    settings: Round,
    scores: Scores,
    problems: Sequence[Problem],
    inputs: Inputs,
) -> list[Problem]:
    """Writes scores.csv, indicators.csv, problems.csv and result.json; returns what went wrong.

    Where a rubric asks schools to score themselves, self_assessment.csv too.

    result.json comes last: where its digests are not those of the tables, writing was cut short. A
    file that cannot be written costs no other. Where this program has written just these before,
    and nobody has changed them since, they are left as they are. Code: output-locked.
    """
    told_problems = problems_csv(problems, folder.parent.resolve().name)
    if _stands(folder, inputs, told_problems):
        return []
    heads = score_headings(scores.rubrics.values())
    ours, theirs = CsvTable(heads), CsvTable(INDICATORS)
    told: dict[str, list[Raw]] = {}
    for name, one in scores.rubrics.items():
        ours.add(score_row(one.rubric, school, heads) for school in one.schools)
        theirs.add(indicator_rows(one))
        told[name] = [json_part(_school(school, one.rubric.places)) for school in one.schools]
    tables = {
        "scores.csv": ours.data(),
        "indicators.csv": theirs.data(),
        PROBLEMS_FILE: told_problems,
    }
    compared = CsvTable(COLUMNS)
    asked = [one for one in scores.rubrics.values() if one.rubric.self_assessment]
    for one in asked:
        compared.add(own_rows(one))
    if asked:
        tables[OWN_SCORES] = compared.data()
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in tables.items()}
    whole = _result(settings, scores, told, inputs, digests) | _drifted(problems)
    tables[RESULT] = json_bytes(whole, indent=1) + b"\n"
    met: list[Problem] = []
    if not asked and (folder / OWN_SCORES).exists():
        met += remove(folder / OWN_SCORES, f"{folder.name}/{OWN_SCORES}")
    for name, data in tables.items():
        met += write_table(folder, name, data)
    return met


class _Written(Struct):
    """What a result on the disk says of itself."""

    format: int
    inputs: dict[str, Any]
    round: dict[str, str]
    files: dict[str, str]


def _stands(folder: Path, inputs: Inputs, problems: bytes) -> bool:
    """Whether the files of a folder are what these inputs give, as far as can be told."""
    try:
        held = json.decode((folder / RESULT).read_bytes(), type=_Written)
        there = {name: digest_there(folder / name) for name in held.files}
    except (OSError, DecodeError):
        return False
    made = {**held.files, PROBLEMS_FILE: hashlib.sha256(problems).hexdigest()}
    return (
        held.format == FORMAT
        and held.inputs == inputs.told()
        and held.round.get("digest") == inputs.round
        and there == made
    )


def _result(
    settings: Round,
    scores: Scores,
    schools: Mapping[str, list[Raw]],
    inputs: Inputs,
    files: Mapping[str, str],
) -> dict[str, object]:
    """Returns the snapshot of a result: what it rests on, and what it says of every school.

    ``schools`` by rubric; ``files`` are the digests of the tables beside it. Points are decimal
    texts; indicators are in indicators.csv only.
    """
    return {
        "format": FORMAT,
        "round": {
            "id": settings.id,
            "title": settings.title,
            "bureau": settings.bureau,
            "digest": inputs.round,
        },
        "inputs": inputs.told(),
        "files": dict(files),
        "rubrics": [_rubric(one, schools[name], inputs) for name, one in scores.rubrics.items()],
        "composite": [_composite(one) for one in scores.composite],
    }


def _drifted(problems: Sequence[Problem]) -> dict[str, object]:
    """What corrections that stand differ by from those measured now, for those who cannot score."""
    found = [dict(one.params) for one in problems if one.code == DRIFTED]
    return {DRIFTED: found} if found else {}


def _rubric(held: RubricScores, schools: list[Raw], inputs: Inputs) -> dict[str, object]:
    rubric, given = held.rubric, held.correction
    told = {"correction": _given(rubric, given)} if given else {}
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "digest": inputs.rubrics.get(rubric.id, ""),
        "scale": rubric.scale,
        "points": str(plain(rubric.points)),
        **told,
        "schools": schools,
    }


def _given(rubric: Rubric, given: Correction) -> dict[str, object]:
    """What totals are corrected by: by the numbers that inspectors go by, as it is told."""
    amounts = {given.numbers[code]: units for code, units in given.inspectors.items()}
    return {
        "note": CORRECTED,
        "groups": sorted(given.groups),
        "inspectors": {
            str(number): fixed(turned(rubric, amounts[number]), CORRECTED_TO)
            for number in sorted(amounts)
        },
        **({"late": sorted(given.numbers[it] for it in given.late)} if given.late else {}),
        **({"measured_again": given.held.day} if given.held and given.held.again else {}),
    }


def _school(score: SchoolScore, places: int) -> dict[str, object]:
    again = [one for one in score.indicators if one.repeated]
    told: dict[str, object] = {"repeated": [_repeated(one) for one in again]} if again else {}
    if score.own is not None and score.own.cost:
        told["self_assessment_penalty"] = fixed(score.own.cost, FINE)
    if score.correction is not None:
        told["correction"] = _correction(score.correction, places)
    return {
        "id": score.school.id,
        "name": score.school.name,
        "group": score.group,
        "status": score.status,
        "earned": fixed(score.earned, FINE),
        "applicable": fixed(score.applicable, FINE),
        "excused": fixed(score.excused, FINE),
        "unchecked": score.unchecked,
        "owed": score.owed,
        "pending": score.pending,
        "disputed": score.disputed,
        "provisional": list(own_reasons(score, names=True)),
        "group_open": score.group_open,
        "normalised": _text(score.normalised, places),
        "bonus": fixed(score.bonus, FINE),
        "penalty": fixed(score.penalty, FINE),
        "total": _text(score.total, places),
        "grade": score.grade,
        "limits": score.limits,
        "rank": score.rank,
        "group_size": score.group_size,
        "unranked": score.unranked,
        "tie_key": score.tie_key,
        "median": _text(score.median, FINE),
        "gap": _text(score.gap, FINE),
        "key_failed": score.key_failed,
        "red_lines": [_red_line(line) for line in score.red_lines],
        "red_lines_pending": [_red_line(line) for line in score.red_lines_pending],
        "award_eligible": score.award_eligible,
        "dimensions": [_dimension(part) for part in score.dimensions],
        "extras": [
            {"id": item.extra, "points": fixed(item.amount, FINE), "pending": item.pending}
            for item in score.extras
        ],
        **told,
    }


def _correction(held: SchoolCorrection, places: int) -> dict[str, object]:
    return {
        "plain_total": fixed(held.plain, places),
        "combined": fixed(held.combined, places),
        "applied": fixed(held.applied, places),
        "records": [
            {
                "occasion": it.occasion,
                "inspector": it.number,
                "points": fixed(it.amount, CORRECTED_TO),
            }
            for it in held.by
        ],
    }


def _repeated(one: IndicatorScore) -> dict[str, object]:
    """What was found again, and where it was before."""
    before = [
        {"round": it.round, "item": it.item, "kind": it.kind, "day": str(it.day or "")}
        for it in one.again
    ]
    return {"indicator": one.indicator, "before": before}


def _red_line(line: RedLineHit) -> dict[str, object]:
    return {"owner": line.owner, "title": line.title, "effect": line.effect}


def _dimension(part: DimensionScore) -> dict[str, object]:
    """Shares are shares of 1, with four decimals; None where it is untold."""
    return {
        "id": part.dimension,
        "earned": None if part.untold else fixed(part.earned, FINE),
        "applicable": fixed(part.applicable, FINE),
        "share": _text(part.share, FINE),
        "median": _text(part.median, FINE),
    }


def _composite(one: CompositeScore) -> dict[str, object]:
    return {
        "id": one.school.id,
        "name": one.school.name,
        "group": one.group,
        "total": _text(one.total, FINE),
        "rank": one.rank,
        "group_size": one.group_size,
        "weights": {name: fixed(weight, FINE) for name, weight in one.weights.items()},
        "unranked": one.unranked,
        "group_open": one.group_open,
    }


def _text(units: int | None, places: int) -> str | None:
    return None if units is None else fixed(units, places)
