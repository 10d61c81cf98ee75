"""Earlier rounds, as their results/result.json tells of them: what rules on rounds running need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError, json

from inspections.collecting.problem_table import RESULT
from inspections.round.school import School
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.points import to_units
from scoring.accountability.proposing import Earlier
from scoring.accountability.rules import COMPOSITE
from scoring.accountability.standing import Kept, Standing


class _Line(Struct):
    owner: str = ""
    title: str = ""


class _Dimension(Struct):
    id: str
    applicable: str
    earned: str | None = None


class _School(Struct):
    id: str
    name: str = ""
    group: str = ""
    total: str | None = None
    grade: str = ""
    rank: int | None = None
    group_size: int = 0
    key_failed: list[str] = []
    red_lines: list[_Line] = []
    award_eligible: bool = True
    dimensions: list[_Dimension] = []
    correction: dict[str, object] | None = None


class _Rubric(Struct):
    id: str
    title: str = ""
    scale: str = "merits"
    schools: list[_School] = []


class _Result(Struct):
    round: dict[str, str]
    rubrics: list[_Rubric]
    composite: list[_School] = []


def read_earlier(
    folder: Path, schools: Mapping[str, School], name: str
) -> tuple[Earlier | None, list[Problem]]:
    """Returns what the round in ``folder`` came to; schools that are no more are left out.

    ``name``: how the folder is called in accountability.yaml. Code: accountability-previous.
    """
    try:
        held = json.decode((folder / "results" / RESULT).read_bytes(), type=_Result)
    except (OSError, DecodeError, ValidationError):
        return None, [problem("accountability-previous", Place(name), name=name)]
    return Earlier(held.round.get("title", name), list(_standings(held, schools))), []


def _standings(held: _Result, schools: Mapping[str, School]) -> Iterator[Standing]:
    lost: dict[str, bool] = {}
    lines: dict[str, list[tuple[str, str]]] = {}
    keys: dict[str, list[str]] = {}
    corrected: set[str] = set()
    for rubric in held.rubrics:
        for one in rubric.schools:
            if one.id not in schools:
                continue
            made = _standing(rubric, one, schools[one.id])
            lost[one.id] = lost.get(one.id, False) or not one.award_eligible
            lines.setdefault(one.id, []).extend(made.red_lines)
            corrected |= {one.id} if made.corrected else set()
            keys.setdefault(one.id, []).extend(f"{rubric.title} {key}" for key in one.key_failed)
            yield made
    for one in held.composite:
        if one.id in schools:
            yield Standing(
                one.id, one.name, COMPOSITE, "综合分", schools[one.id].traits, one.group,
                _units(one.total), rank=one.rank, group_size=one.group_size,
                red_lines=tuple(lines.get(one.id, ())), award_eligible=not lost.get(one.id),
                key_failed=tuple(keys.get(one.id, ())), corrected=one.id in corrected,
            )  # fmt: skip


def _standing(rubric: _Rubric, one: _School, school: School) -> Standing:
    kept = {
        part.id: Kept(part.id, _share(rubric, part))
        for part in one.dimensions
        if part.earned is not None and Decimal(part.applicable)
    }
    return Standing(
        one.id, one.name, rubric.id, rubric.title, school.traits, one.group, _units(one.total),
        demerits=rubric.scale == "demerits", grade=one.grade, rank=one.rank,
        group_size=one.group_size,
        red_lines=tuple((line.owner, line.title) for line in one.red_lines),
        award_eligible=one.award_eligible, key_failed=tuple(one.key_failed), kept=kept,
        dimensions=tuple(part.id for part in one.dimensions),
        corrected=one.correction is not None,
    )  # fmt: skip


def _share(rubric: _Rubric, part: _Dimension) -> Fraction:
    earned, due = Fraction(part.earned or 0), Fraction(part.applicable)
    return (due - earned if rubric.scale == "demerits" else earned) / due


def _units(text: str | None) -> int | None:
    return None if text is None else to_units(Decimal(text))
