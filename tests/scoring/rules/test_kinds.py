"""What every rule kind must bring; a kind that lacks a piece is told which, and where it goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from inspections.demo.answers import answers
from inspections.demo.facts import fault_text
from inspections.records.record import Observation, State
from inspections.round.elapsed import FULL_YEAR
from rubrics.language.glossary import KIND_NAMES, MODELS, meaning
from rubrics.language.rubric import Indicator
from rubrics.rules import KINDS, Cells, Entry, Outcome, RuleKind, Value
from rubrics.rules.formulas import (
    CONTRADICTION,
    EXCUSED_WORDS,
    NO_QUORUM,
    Rows,
    Setting,
)
from rubrics.rules.strict_model import Explained
from rubrics.values.points import to_units
from rubrics.workbook.rule_rows import OWN, keys_of
from rubrics.workbook.sheets import RULE_ROW, RULE_ROWS, RULES
from scoring.results.one_entry import cells_of
from tests.reference.exact import exact
from tests.reference.rules import outcome
from tests.rubrics import rule_strategies
from tests.rubrics.strategies import rules
from tests.rubrics.test_readme import WORKED
from tests.rubrics.test_wording import MERITS
from tests.scoring.case_files import all_cases
from tests.scoring.entered import observation

P: Final = Decimal(5)


class Example(NamedTuple):
    """A generated rule, and an entry that an inspector could make."""

    indicator: Indicator
    values: dict[str, Value]

    @property
    def rule(self) -> RuleKind:
        return self.indicator.rule

    @property
    def entry(self) -> Entry:
        return Entry(self.values, FULL_YEAR)


def examples(kind: str) -> list[Example]:
    """Twenty rules of a kind, always the same, each with an entry."""
    made: list[Example] = []

    @seed(1)
    @settings(
        max_examples=20,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(rules(P, [kind]))
    def draw(rule: RuleKind) -> None:
        indicator = Indicator.model_validate(
            {
                "id": "A1",
                "title": "指标",
                "points": P,
                "rule": rule.model_dump(),
                "basis": ["法1"],
                "method": ["现场查看"],
            }
        )
        random = Random(len(made))
        seen = observation(random, indicator, {})
        while not seen.values:
            seen = observation(random, indicator, {})
        made.append(Example(indicator, dict(seen.values)))

    draw()
    return made


def kinds_in_cases() -> set[str]:
    """The kinds of all rules in worked cases."""
    return set(re.findall(r"'kind': '(\w+)'", repr(list(all_cases().values()))))


def named_and_explained(kind: str) -> bool:
    model = KINDS[kind]
    held = {item for item in MODELS if item == model.__name__}
    own = [key for key in model.model_fields if meaning(model.__name__, key) == key]
    return bool(held) and not own and KIND_NAMES[kind] == model.name == RULES[kind]


def stands_alone(kind: str) -> bool:
    model = KINDS[kind]
    return issubclass(model, Explained) and not model.__abstractmethods__ and bool(model.demerits)


def known_words(kind: str) -> bool:
    return set(KINDS[kind].words) <= {*EXCUSED_WORDS, NO_QUORUM, CONTRADICTION}


def has_columns(kind: str) -> bool:
    headed = {key for column in RULE_ROWS.columns for key in column.keys}
    rows = [RULE_ROW] + [KINDS[kind].content[1]] * bool(KINDS[kind].content[1])
    wanted = frozenset().union(*(keys_of(kind, row) for row in rows))
    return wanted - OWN <= headed


def is_filled_in(kind: str) -> bool:
    for item in examples(kind):
        keys = [slot.key for slot in item.rule.slots_for(P)]
        if not keys or len(keys) != len(set(keys)) or not set(item.values) <= set(keys):
            return False
    return True


def same_as_reference(kind: str) -> bool:
    for item in examples(kind):
        reference = outcome(
            item.rule, exact(P), item.values, elapsed=FULL_YEAR, traits={}, merits=True
        )
        for entered in (item.entry, columns(item)):
            found: Outcome = item.rule.score(to_units(P), entered)
            counts = not (first(found.excused) or first(found.void))
            if counts != isinstance(reference, type(exact(P))):
                return False
            if counts and first(found.earned) != reference * 10_000:
                return False
    return True


def says_what_is_in_order(kind: str) -> bool:
    """Nothing that has to be entered is left out, and nothing is lost; or nobody can say."""
    for item in examples(kind):
        values = item.rule.in_order()
        if values is None:
            continue
        asked = item.rule.slots_for(P)
        needed = {slot.key for slot in asked if not slot.optional}
        if not needed <= values.keys() <= {slot.key for slot in asked}:
            return False
        entry = Entry(values, FULL_YEAR)
        if item.rule.costs(P, entry) or any(item.rule.contradictions(entry, "")):
            return False
    return True


def columns(item: Example) -> Cells:
    seen = Observation("A1", State.CHECKED, item.values)
    return cells_of(item.indicator, seen, FULL_YEAR, {})


def first(value: Any) -> Any:
    """A number or a truth as it is, or the first of a column."""
    return value[0] if isinstance(value, np.ndarray) else value


def says_how_points_were_lost(kind: str) -> bool:
    lost = [item for item in examples(kind) if item.rule.costs(P, item.entry)]
    return bool(lost) and all(list(item.rule.losses(P, item.entry)) for item in lost)


def has_a_formula(kind: str) -> bool:
    for item in examples(kind):
        keys = [slot.key for slot in item.rule.slots_for(P)]
        at = {key: row for row, key in enumerate(keys, 7)}
        rows = Rows(at, Setting({}, FULL_YEAR), "N{}".format, "O{}".format)
        if "N7" not in item.rule.formula(P, rows) + "".join(
            item.rule.part_formulas(P, rows).values()
        ):
            return False
    return True


def has_sample_answers(kind: str) -> bool:
    """What the demo types is understood, of good schools and of bad ones."""
    for number, item in enumerate(examples(kind)):
        slots = {slot.key: slot for slot in item.rule.slots_for(P)}
        for quality in (0.2, 1.0):
            typed = answers(item.rule, P, {}, FULL_YEAR, quality, Random(number))
            if not typed or not typed.keys() <= slots.keys():
                return False
            fault_text(item.indicator, typed, {}, FULL_YEAR, False)
    return True


def has_sample_facts(kind: str) -> bool:
    """An inspector of the demo who took something off writes down what was found."""
    told = []
    for number, item in enumerate(examples(kind)):
        typed = answers(item.rule, P, {}, FULL_YEAR, 0.2, Random(number))
        told.append(fault_text(item.indicator, typed, {}, FULL_YEAR, False))
    return any(told) or not KINDS[kind].on_site


WANTED: dict[str, Callable[[str], bool]] = {
    "its class in rubrics/rules/, with everything that rubrics.rules.kind asks for": stands_alone,
    "`name`, `about` and `meanings` in Chinese for all of its keys": named_and_explained,
    "`words` that rubrics.rules.formulas knows": known_words,
    "a column for each of its keys in rubrics/workbook/sheets.py": has_columns,
    "a name in tests/rubrics/rule_strategies.py, and how it is generated": (
        lambda kind: kind in rule_strategies.KINDS
    ),
    "what is entered for it in tests/scoring/entered.py, in the slots that it has": is_filled_in,
    "the reference's arithmetic in tests/reference/rules.py, which comes to the same": (
        same_as_reference
    ),
    "what its slots hold where all is in order, or that nobody can say (`in_order`)": (
        says_what_is_in_order
    ),
    "words for how points were lost (`losses`)": says_how_points_were_lost,
    "a formula of the cells that it is entered in (`formula`)": has_a_formula,
    "sample answers in inspections/demo/answers.py": has_sample_answers,
    "sample facts in inspections/demo/facts.py, unless it is not `on_site`": has_sample_facts,
    "a worked case in tests/scoring/cases/*.yaml": lambda kind: kind in kinds_in_cases(),
    "its wording in tests/rubrics/test_wording.py": lambda kind: f"{{kind: {kind}" in MERITS,
    "a worked example in rubrics/README.md": (
        lambda kind: kind in {item.example["rule"]["kind"] for item in WORKED}
    ),
    "a mention in rubrics/rubric.schema.json (`scoring rubric schema`)": (
        lambda kind: f'"{kind}"' in Path("rubrics/rubric.schema.json").read_text(encoding="utf-8")
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_brings_all_that_is_wanted(kind: str) -> None:
    lacking = [piece + why for piece, brings in WANTED.items() if (why := missing(brings, kind))]
    assert not lacking, "\n- ".join([f"the rule kind {kind!r} lacks", *lacking])


def missing(brings: Callable[[str], bool], kind: str) -> str:
    """Nothing where a piece is there; one that is not there at all may fail in any way."""
    try:
        return "" if brings(kind) else " (as it should be)"
    except Exception as error:
        return f" ({type(error).__name__}: {error})"


def test_what_is_generated_are_the_kinds_that_there_are() -> None:
    assert list(rule_strategies.KINDS) == list(KINDS)
    usable = [kind for kind, model in KINDS.items() if model.demerits != "refused"]
    assert list(rule_strategies.DEMERIT_KINDS) == usable
