"""Scores as tables in a notebook: of a round, and of a table without one."""

from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import scoring
from inspections.steps.collecting import collect_round
from rubrics.files.loading import loads_rubric
from rubrics.language.rubric import Rubric
from rubrics.messages.refused import RefusedError
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import SCHOOLS
from tests.killing.rounds import returned_round
from tests.scoring.test_trial import RULES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = returned_round(tmp_path_factory.mktemp("notebook") / "春季")
    taken, _ = collect_round(made)
    assert taken is not None
    write_scores(made)
    return made


@pytest.fixture(scope="module")
def rules() -> Rubric:
    made, _ = loads_rubric(RULES)
    assert made is not None
    return made


def refusal(error: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [item.code for item in error.value.problems]


def test_a_round_gives_the_tables_that_scoring_writes(folder: Path) -> None:
    tables = scoring.open_round(folder)
    results = folder / "results"
    assert_frame_equal(tables.scores(), scoring.scores_frame(results))
    assert_frame_equal(tables.indicators(), scoring.indicators_frame(results))
    written = pd.read_csv(results / "problems.csv", dtype=str, keep_default_na=False)
    assert_frame_equal(tables.problems(), written.astype(object), check_dtype=False)


def test_points_are_exact_and_what_is_not_there_is_none(folder: Path) -> None:
    scores = scoring.open_round(str(folder)).scores()
    assert {type(value) for value in scores["total"]} <= {Decimal, type(None)}
    assert str(scores["rank"].dtype) == "Int64"


def test_a_figure_explains_itself(folder: Path) -> None:
    tables = scoring.open_round(folder)
    assert SCHOOLS[0].name in tables.explain(SCHOOLS[0].id, "party", "A1")
    with pytest.raises(RefusedError) as met:
        tables.explain("没有这所学校")
    assert refusal(met) == ["school-unknown"]


def test_no_round_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="不是一个检查批次") as met:
        scoring.open_round(tmp_path)
    assert refusal(met) == ["round-missing"]
    assert pickle.loads(pickle.dumps(met.value)).problems == met.value.problems


def test_a_frame_and_dictionaries_and_a_file_score_alike(rules: Rubric, tmp_path: Path) -> None:
    rows = [
        {"school": "一小", "A1": np.int64(1), "A2": "5; 9; 6", "A3": None, "A4": 2},
        {"school": "二小", "寄宿": "是", "A1": Decimal(2), "A3": "NA"},
    ]
    frame = pd.DataFrame(rows)
    file = tmp_path / "表.csv"
    frame.to_csv(file, index=False)
    tables = [
        scoring.score(rules, table).scores()
        for table in (rows, frame, frame.set_index("school"), file)
    ]
    assert tables[0]["earned"].tolist() == [Decimal("22.0000"), Decimal("6.0000")]
    for table in tables[1:]:
        assert_frame_equal(table, tables[0])


@pytest.mark.parametrize(
    ("rubric", "table", "code"),
    [
        ("没有这份", [{"school": "一小"}], "rubric-missing"),
        ("canteen", [{"校": "一小"}], "trial-school-missing"),
        ("canteen", [], "trial-school-missing"),
        ("canteen", Path("没有.csv"), "file-missing"),
    ],
)
def test_what_cannot_be_scored_is_refused(rubric: str, table: object, code: str) -> None:
    with pytest.raises(RefusedError) as met:
        scoring.score(rubric, table)
    assert code in refusal(met)


def test_what_is_wrong_in_a_table_is_told_by_its_cell(rules: Rubric) -> None:
    tried = scoring.score(rules, [{"school": "一小", "A1": "许多"}])
    assert ("entry-not-understood", "B2") in set(
        tried.problems()[["code", "cell"]].itertuples(index=False, name=None)
    )
