"""Columns of every paper hold the longest date, rank, rate and score without a break."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.official.rendering import render
from reports.official.shelf import copy_shipped, shipped
from reports.official.values import Value
from reports.type.archival import About
from tests.conftest import Convert
from tests.reports.official.exemplary import exemplary
from tests.reports.official.printed import layout_of, printed

DAY = "2026年12月31日"
WHOLE = {
    "日期": DAY, "期限": DAY, "起止": f"2年\n{DAY}至\n{DAY}", "年限": f"2年\n至{DAY}",
    "占比": "100.0%", "销号率": "100.0%", "总分": "100.00", "年度分": "100.00",
    "折算分": "100.00", "原得分": "100.00", "屡犯": "－10.00", "可得": "＋10.00",
    "名次": "22（暂列）", "较上轮": "－10.00", "变化": "降10.00", "等次": "不合格",
    "序号": "99", "编号": "B12", "结论": "复查销号", "各轮": "100.00／100.00",
}  # fmt: skip
"""The longest that a column is filled with, by its name in the template."""

WORDS = {"期限": {"限期整改通知": "30日内"}, "名次": {"年度通报": "22"},
         "各轮": {"年度通报": "99.99／99.99"}, "等次": {"通报": "不合格"},
         "结论": {"回头看报告": "反弹"}, "序号": {"回头看报告": "0123"}}  # fmt: skip
NAMES = [one.name for one in shipped()]


def with_whole(value: Value, paper: str, name: str = "", *, cell: bool = False) -> Value:
    """The values with the longest in the cells of rows; other texts as they are."""
    if isinstance(value, dict):
        return {key: with_whole(held, paper, key, cell=True) for key, held in value.items()}
    if isinstance(value, list):
        return [with_whole(one, paper, name) for one in value[:3]]
    if cell and isinstance(value, str) and name in WHOLE:
        return WORDS.get(name, {}).get(paper, WHOLE[name])
    return value


@pytest.fixture(scope="module")
def lines(
    soffice: Convert, writer: None, pdftotext: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("columns")
    for name in NAMES:
        template = folder / f"{name}-template.docx"
        assert copy_shipped(name, template) == ()
        values = {key: with_whole(one, name, key) for key, one in exemplary(template).items()}
        made, problems = render(template, values, About(name))
        assert problems == () and made is not None
        (folder / f"{name}.docx").write_bytes(made)
    soffice(*(folder / f"{name}.docx" for name in NAMES), to="pdf", into=folder / "pdf")
    return {
        name: [
            line.text
            for page in printed(layout_of(folder / "pdf" / f"{name}.pdf", pdftotext))
            for line in page
        ]
        for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_date_rank_rate_or_score_is_broken(
    lines: dict[str, list[str]], name: str, tmp_path: Path
) -> None:
    copy_shipped(name, tmp_path / "template.docx")
    wanted: set[str] = set()

    def collect(value: Value, key: str = "", *, cell: bool = False) -> None:
        if isinstance(value, dict):
            for own, held in value.items():
                collect(held, own, cell=True)
        elif isinstance(value, list):
            for one in value:
                collect(one, key)
        elif cell and key in WHOLE:
            wanted.update(str(with_whole("x", name, key, cell=True)).splitlines())

    for key, value in exemplary(tmp_path / "template.docx").items():
        collect(value, key)
    found = "\n".join(lines[name])
    assert [text for text in sorted(wanted) if text not in found] == []
