"""Methods that a rubric adds: what follows from what is said of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rubrics.checking import check
from rubrics.files.loading import loads_rubric
from rubrics.files.writing import dump_yaml
from rubrics.files.yaml_text import read_yaml
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Rubric
from rubrics.language.statistics import figures

SAMPLE = Path(__file__).with_name("sample.yaml")


def rubric(method: list[str], methods: dict[str, Any], **more: object) -> Rubric:
    data = read_yaml(SAMPLE).data
    assert isinstance(data, dict)
    first = data["dimensions"][0]["indicators"][0]
    first |= {"method": method, "rule": {"kind": "all_or_none"}, "material": "", **more}
    for name in ("key", "red_lines", "effective"):
        first.pop(name, None)
    return Rubric.model_validate(data | {"methods": methods})


def test_what_is_checked_by_secret_methods_alone_is_confidential() -> None:
    methods = {"电话访谈": {"secret": True}, "暗访": {}}
    assert confidential(rubric(["电话访谈"], methods).indicators[0])
    assert confidential(rubric(["电话访谈", "个别谈话"], methods).indicators[0])
    assert not confidential(rubric(["电话访谈", "暗访"], methods).indicators[0])
    assert not confidential(rubric(["暗访"], methods).indicators[0])


def test_what_methods_ask_for_stands_in_for_material() -> None:
    methods = {"听课": {"asks": "听课记录"}, "暗访": {"asks": "照片"}}
    assert rubric(["听课", "暗访"], methods).indicators[0].material == "听课记录、照片"
    assert rubric(["听课"], methods, material="教案").indicators[0].material == "教案"
    assert rubric(["查阅档案"], methods).indicators[0].material == ""


def test_figures_count_what_is_found_by_judgement() -> None:
    points = rubric(["查阅档案"], {}).indicators[0].points
    fact = figures(rubric(["听课"], {"听课": {}}))
    opinion = figures(rubric(["听课"], {"听课": {"judgement": True}}))
    both = figures(rubric(["听课", "查阅档案"], {"听课": {"judgement": True}}))
    assert opinion.judgement.points == fact.judgement.points + points
    assert both.judgement == fact.judgement
    assert fact.methods["听课"].points == points


def test_a_method_that_nobody_added_is_told_with_the_line_to_write() -> None:
    (found,) = check(rubric(["听课"], {}))
    assert found.code == "rubric-method-unknown"
    assert "听课: {}" in found.remedy
    assert check(rubric(["听课"], {"听课": {}})) == []


def test_methods_that_say_nothing_are_written_and_read() -> None:
    made = rubric(["暗访"], {"暗访": {}, "自评": {"judgement": True}})
    assert loads_rubric(dump_yaml(made)) == (made, [])
