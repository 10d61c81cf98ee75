"""A rubric of one indicator of ten points, for what a single rule may say."""

from __future__ import annotations

from typing import Any

import yaml

from rubrics.checking import check
from rubrics.files.loading import loads_rubric
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem

Plain = dict[str, Any]


def plain(rule: Plain, **more: Any) -> Plain:
    indicator = {"id": "A1", "title": "一项", "points": 10, "basis": ["N"], "method": ["查阅档案"]}
    dimension = {
        "id": "A",
        "title": "一级",
        "points": 10,
        "indicators": [indicator | {"rule": rule}],
    }
    return {
        "id": "e", "version": "1", "title": "样例", "points": 10,
        "dimensions": [dimension],
        "grades": [{"grade": "全部", "range": "≥0"}], "documents": {"N": {"title": "文件"}},
        **more,
    }  # fmt: skip


def rubric(rule: Plain, **more: Any) -> Rubric:
    found = Rubric.model_validate(plain(rule, **more))
    assert check(found) == []
    return found


def problems(rule: Plain, **more: Any) -> list[Problem]:
    """What is wrong with it as a file, each with its place in the rubric."""
    text = yaml.safe_dump(plain(rule, **more), allow_unicode=True, sort_keys=False)
    made, found = loads_rubric(text)
    return found if made is None else check(made)


def told(rule: Plain, **more: Any) -> list[tuple[str, str]]:
    """The codes, and the ways down behind the indicator."""
    return [
        (item.code, item.place.cell.rpartition(".rule")[2].removeprefix("."))
        for item in problems(rule, **more)
    ]
