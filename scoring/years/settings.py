"""``year.yaml``: how the rounds of a year weigh, and what counts as a slide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from rubrics.files.refusals import by_key, refusals, whole_detail
from rubrics.files.slips import slips_first
from rubrics.files.yaml_text import read_yaml
from rubrics.language.places import Keys
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.rules.strict_model import StrictModel
from rubrics.values.points import Points

FILE = "year.yaml"
_WHOLE = (1, 100)


class YearSettings(StrictModel):
    """The whole of ``year.yaml``.

    ``title``: of the year, before 年度成绩. ``weights``: a share for each round, by the round's id,
    1 or 100 in all; without them rounds weigh the same. ``slide``: from how many points down a
    school is listed as having slid (percentage points where rubrics changed), 0 for any.
    ``red_line``: how a school stands that crossed a red line in any round, ``last`` behind all
    others of its group or ``unranked``; where it is not written, unranked where it was so in that
    round, and last otherwise.
    """

    title: str = ""
    weights: dict[str, Points] = Field(default_factory=dict)
    slide: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    red_line: Literal["last", "unranked"] | None = None


def read_year_settings(path: Path) -> tuple[YearSettings | None, list[Problem]]:
    """Returns the settings of a file.

    Codes: those of ``read_yaml``, year-value.
    """
    source = read_yaml(path)
    problems = list(source.problems)
    if source.data is None and not problems:
        return YearSettings(), []
    if not isinstance(source.data, dict):
        return None, problems or [
            problem("year-value", Place(path.name), detail="应是一组“名称: 值”")
        ]
    try:
        made = YearSettings.model_validate(source.data)
    except ValidationError as error:
        found = refusals(error, YearSettings, source.data, source.places, by_key)
        return None, [
            *problems,
            *(
                item
                if item.code == "yaml-syntax"
                else problem("year-value", item.place, detail=whole_detail(item))
                for item in slips_first(found, source.lines)
            ),
        ]
    return (None if has_errors(problems) else made), problems


def shares(
    settings: YearSettings,
    ids: Sequence[str],
    given: Sequence[Decimal] = (),
    written: Path | None = None,
) -> tuple[tuple[Fraction, ...], list[Problem]]:
    """Returns what share of the year each round has; they add up to 1.

    ``given``: in the order of the rounds, in place of those in the settings; ``written``: the file
    that these were read of. Code: year-weights, with the line.
    """
    if not given and not settings.weights:
        return (Fraction(1, len(ids)),) * len(ids), []
    parts = list(given or (settings.weights.get(name, Decimal()) for name in ids))
    wrong = list(_wrong_parts(parts, ids) if given else _wrong_weights(settings.weights, ids))
    if not wrong and sum(parts) not in _WHOLE:
        wrong = [(("weights",), f"合计是 {sum(parts)}，应是 1 或 100")]
    if wrong:
        if given or not written:
            return (), [problem("year-weights", Place("--weights" if given else FILE), detail=it)
                        for _, it in wrong]  # fmt: skip
        places = read_yaml(written).places
        return (), [problem("year-weights", places.at(keys), detail=it) for keys, it in wrong]
    return tuple(Fraction(one) / Fraction(sum(parts)) for one in parts), []


def _wrong_parts(parts: Sequence[Decimal], ids: Sequence[str]) -> Iterator[tuple[Keys, str]]:
    if len(parts) != len(ids):
        yield (), f"写了 {len(parts)} 个，批次有 {len(ids)} 个"
    elif any(one <= 0 for one in parts):
        yield (), "每个批次的权重都要大于 0"


def _wrong_weights(
    weights: Mapping[str, Decimal], ids: Sequence[str]
) -> Iterator[tuple[Keys, str]]:
    for name, weight in weights.items():
        if name not in ids:
            yield ("weights", name), f"没有 id 是“{name}”的批次；批次的 id 是 {'、'.join(ids)}"
        elif weight <= 0:
            yield ("weights", name), f"“{name}”的权重要大于 0"
    if left := [name for name in ids if name not in weights]:
        yield ("weights",), f"没有写 {'、'.join(left)} 的权重"
