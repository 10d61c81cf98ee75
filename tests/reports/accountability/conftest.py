"""The sample county with its proposals, and as somebody decided on them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reports.steps.accountability import (
    collect_rulings,
    propose_measures,
    write_accountability_papers,
    write_example,
)
from reports.steps.reporting import report_round
from tests.reports.accountability.ruled import ACCEPTED, BY, DAY, NAMED, Typed, changed, rule

HOSTILE = "校长王建国态度恶劣，电话13912345678"


@pytest.fixture(scope="session")
def sample(finished_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accountability") / "county"
    shutil.copytree(finished_sample, folder)
    assert write_example(folder)[0] is not None
    proposed, _ = propose_measures(folder, DAY, BY)
    assert proposed is not None
    return folder


@pytest.fixture
def county(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "county"))


def choose(title: str, measure: str, number: int) -> Typed | None:
    """Nearly all is accepted; reasons and posts name a person wherever they can."""
    if title == "食堂考核不合格":
        reason = {"理由": HOSTILE}
        kinds = {0: "提请问责", 1: "限期整改", 2: "谈话提醒"}
        if number in kinds:
            return changed(kinds[number], **reason)
        if number == 3:
            return {"决定": "不同意", **NAMED, **reason}
        if number == 4 or number > 6:
            return None
        if number == 5:
            return {**ACCEPTED, "决定人（职务）": "局长王建国", "决定文号": "见王建国处分决定"}
    elif number > 1 and not measure.startswith("表彰"):
        return None
    if title == "双减触红线" and number == 0:
        return changed("取消评优评先资格", 年限=2, 理由=HOSTILE)
    if measure.startswith("取消"):
        return {**ACCEPTED, "决定文号": "青教[2026]18号"}
    return ACCEPTED


@pytest.fixture(scope="session")
def decided_once(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(sample, tmp_path_factory.mktemp("decided") / "county"))
    rule(folder, choose)
    ruled, problems = collect_rulings(folder, DAY, BY)
    assert ruled is not None
    assert "accountability-not-printed" in {one.code for one in problems}
    return folder


@pytest.fixture(scope="session")
def written(decided_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With its papers and its bulletin; to be read only."""
    folder = Path(shutil.copytree(decided_once, tmp_path_factory.mktemp("written") / "county"))
    made, _ = write_accountability_papers(folder, DAY)
    assert made is not None
    report_round(folder, only=["bulletin"])
    return folder


@pytest.fixture
def decided(decided_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(decided_once, tmp_path / "decided"))
