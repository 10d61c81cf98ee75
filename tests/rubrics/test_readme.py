"""Every example in rubrics/README.md loads, passes the check, and is worth what the page says."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import rubrics
from rubrics.checking import advise, check
from rubrics.files.loading import formed
from rubrics.files.yaml_text import Source, parse_yaml
from rubrics.language.places import Places
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.self_assessment import SelfAssessment
from rubrics.language.slots import address, rubric_slots
from rubrics.rules import KINDS
from rubrics.rules.rectify import Rectify
from rubrics.values.points import from_units, number_text
from rubrics.values.traits import known_traits
from scoring.trial.headings import own_column
from scoring.trial.tables import table_of
from scoring.trial.trying import try_table
from tests.rubrics.spoken import earned
from tests.scoring.case_files import rubric as small_rubric
from tests.scoring.small import points, school, visit

PAGE = (Path(rubrics.__file__).parent / "README.md").read_text(encoding="utf-8")
PIECE = re.compile(
    r"^```yaml\n(?P<yaml>.*?)^```\n"
    r"|分值 (?P<points>\S+)，填 `(?P<entries>[^`]+)` → 得 `(?P<earned>[^`]+)` 分",
    re.MULTILINE | re.DOTALL,
)


class Worked(NamedTuple):
    """A number on the page, and the example that stands above it."""

    example: Mapping[str, Any]
    points: Decimal
    entries: str
    earned: str


def examples() -> tuple[list[Mapping[str, Any]], list[Worked]]:
    found: list[Mapping[str, Any]] = []
    worked: list[Worked] = []
    for piece in PIECE.finditer(PAGE):
        if text := piece["yaml"]:
            source = parse_yaml(text)
            assert source.problems == []
            assert isinstance(source.data, dict)
            found.append(source.data)
        else:
            points = Decimal(piece["points"])
            worked.append(Worked(found[-1], points, piece["entries"], piece["earned"]))
    return found, worked


EXAMPLES, WORKED = examples()


def named(value: object) -> str:
    """How an example is called in the test's report."""
    if isinstance(value, Mapping):
        return str(value.get("rule", {}).get("kind") or "+".join(value))
    return str(value)


def completed(example: Mapping[str, Any], points: Decimal | None = None) -> Rubric:
    """The page's own rubric with the example put into its first indicator, or on top."""
    data = parse_yaml(PAGE.split("```yaml\n")[1].split("```\n")[0]).data
    assert isinstance(data, dict)
    dimension = data["dimensions"][0]
    first = dimension["indicators"][0]
    before = first["points"]
    if set(example) <= set(Indicator.model_fields):
        first |= example
        first["points"] = points or first["points"]
        for holder in (dimension, data):
            holder["points"] += first["points"] - before
    else:
        data |= example
        if data.get("scale") == "demerits":
            first["rule"] = {"kind": "all_or_none"}
    loaded = formed(Source(data, Places(), []))
    assert loaded.problems == []
    assert loaded.rubric is not None
    return loaded.rubric


def worth_of(example: Mapping[str, Any]) -> Decimal | None:
    return next((item.points for item in WORKED if item.example is example), None)


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_an_example_loads_and_passes_the_check(example: Mapping[str, Any]) -> None:
    assert check(completed(example, worth_of(example))) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_an_example_reads_well(example: Mapping[str, Any]) -> None:
    told = advise(completed(example, worth_of(example)))
    assert [it.message for it in told if it.code in ("rubric-label", "rubric-demand")] == []


@pytest.mark.parametrize(("example", "points", "entries", "wanted"), WORKED, ids=named)
def test_a_worked_number_is_what_the_engine_gives(
    example: Mapping[str, Any], points: Decimal, entries: str, wanted: str
) -> None:
    made = completed(example, points)
    assert earned(made, made.indicators[0], entries, {"学段": "小学"}) == wanted


def test_every_kind_has_a_worked_number() -> None:
    assert {item.example["rule"]["kind"] for item in WORKED} == set(KINDS)


def test_the_table_of_plain_rows_fits_its_rubric_and_its_totals() -> None:
    made = completed({})
    rows = list(csv.DictReader(PAGE.split("```csv\n")[1].split("```\n")[0].splitlines()))
    addresses = {address(owner, slot) for owner, slot in rubric_slots(made)}
    assert set(rows[0]) == {"school", *addresses, *(set(rows[0]) & set(known_traits()))}
    totals = []
    for row in rows:
        total = Decimal(0)
        for item in made.indicators:
            filled = {key: row[key] for key in row if key.split(".")[0] == item.id}
            entries = " ".join(f"{key.partition('.')[2]}={value}" for key, value in filled.items())
            total += Decimal(earned(made, item, entries, {"学段": row["学段"]}))
        totals.append(total)
    assert totals == [95, 20]
    assert "一小得 40 + 15 + 40 = 95 分" in PAGE
    assert "= 20 分" in PAGE


def test_weights_come_to_what_the_page_says() -> None:
    [nested] = [it for it in EXAMPLES if "excused" in it]
    typed = {"A1": 2, "A2": "NA", "A3": 3, "A4": 7, "B1": 50}
    made = completed(nested)
    score = school(made, visit("s", typed, of=made.id, evidence=list(typed)))
    assert points(score.total) == 68
    assert "= 68 分" in PAGE


CHARGED = PAGE.partition("**自评 `self_assessment`**")[2].partition("\n## ")[0]
"""What the page says of a school's own score."""


def charged(asks: object, own: str, review: str) -> str:
    """What being apart takes off, to two decimals, of a rubric of one indicator of 100 points."""
    written = {"points": 100, "rule": {"kind": "points", "step": "0.1"}}
    made = small_rubric({"self_assessment": asks, "indicators": {"A1": written}})
    row = {"school": "甲", "A1": review, own_column("A1"): own}
    scores, problems = try_table(made, table_of([row]))
    assert problems == []
    assert scores is not None
    return number_text(from_units(scores.schools[0].penalty))


def test_the_page_works_out_what_a_schools_own_score_costs() -> None:
    found = re.search(
        r"如 `self_assessment: (?P<asks>\{.*?\})`：自评 (?P<own>\S+) 分、复评 (?P<review>\S+) 分，"
        r"高 (?P<apart>\S+) 分，超过 (?P<free>\S+) 分的\s*部分 (?P<beyond>\S+) 分，"
        r"扣 (?P<cost>\S+) 分。",
        CHARGED,
    )
    assert found is not None
    asks = parse_yaml(found["asks"]).data
    assert isinstance(asks, dict)
    own, review = Decimal(found["own"]), Decimal(found["review"])
    assert Decimal(found["apart"]) == own - review
    assert Decimal(found["free"]) == asks["free"]
    assert Decimal(found["beyond"]) == own - review - asks["free"]
    assert charged(asks, found["own"], found["review"]) == found["cost"]


def test_the_page_says_what_each_word_of_it_does() -> None:
    rows = [row.strip("| ").split(" | ") for row in CHARGED.splitlines() if row.startswith("| `")]
    asks = [parse_yaml("\n".join(re.findall("`([^`]+)`", written))).data for written, _ in rows]
    each, above, counts, missing = (it for it in asks if isinstance(it, dict))
    said = [text for _, text in rows]
    for written, text in ((each, said[0]), (above, said[1]), (missing, said[3])):
        assert SelfAssessment.model_validate(written).describe_costs() == text
    assert charged(each, "91", "84.5") == charged(each | counts, "84.5", "91") == "0.7"
    assert charged(each, "84.5", "91") == "0"
    assert (charged(above, "91", "84.5"), charged(above, "87.5", "84.5")) == ("1", "0")


def test_the_page_and_the_checks_admit_the_same_days() -> None:
    bounds = {type(item).__name__: item for item in Rectify.model_fields["days"].metadata}
    least, most = bounds["Ge"].ge, bounds["Le"].le
    assert f"{least} 到 {most}" in PAGE.partition("`days`")[2][:40]
    assert Rectify(demand="请改", days=20).days == 20
