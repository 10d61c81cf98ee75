"""round.yaml: written for a clerk, and read back as the same round."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.round.bulletin_settings import BulletinSettings
from inspections.round.contact import Contact
from inspections.round.keys import key_digest
from inspections.round.opened import read_round
from inspections.round.round import (
    Combining,
    Distribution,
    GradeQuota,
    Letters,
    Period,
    Ranking,
    Rectification,
    Round,
)
from inspections.round.settings import read_settings, settings_text
from inspections.round.voiced import Voiced
from rubrics.files.yaml_text import parse_yaml
from rubrics.values.points import parse_share
from tests.inspections.small_round import one_dimension

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=12)
NAMES = TEXT.filter(bool)
WEIGHTS = st.dictionaries(
    NAMES, st.integers(0, 1_000_000).map(lambda n: Decimal(n).scaleb(-4)), max_size=3
)
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))
PERIODS = st.builds(
    lambda since, days: Period(since=since, until=since + timedelta(days=days)),
    DAYS,
    st.integers(0, 400),
)
SHARES = st.sampled_from(["30%", "1/3", "0.125"]).map(parse_share)
QUOTAS = st.builds(
    GradeQuota, grade=NAMES, share=SHARES, then=NAMES, edge=st.sampled_from(["keep", "cut"])
)
RANKINGS = st.builds(
    Ranking,
    distribution=st.builds(
        Distribution,
        grades=st.permutations(["优秀", "C+", "不合格"]).map(
            lambda names: dict(zip(names, ["40%", "1/3", "4/15"], strict=True))
        ),
        round=st.sampled_from(["down", "half_up", "largest_remainder"]),
        edge=st.sampled_from(["keep", "cut"]),
        group_from=st.integers(1, 5),
        red_lined=st.sampled_from(["counted", "apart"]),
    ),
)
ROUNDS = st.builds(
    Round,
    id=NAMES,
    title=TEXT,
    bureau=TEXT,
    contact=st.builds(Contact, person=TEXT, phone=TEXT),
    bulletin=st.builds(
        BulletinSettings,
        copies=st.lists(NAMES, max_size=2).map(tuple),
        class_visits=st.none() | st.integers(1, 99),
        interviews=st.none() | st.integers(1, 99),
    ),
    voices=st.lists(
        st.builds(
            Voiced,
            item=st.sampled_from(["a/A1", "b/B2.满意"]),
            survey=NAMES,
            question=TEXT,
            satisfied=st.lists(NAMES, max_size=2).map(tuple),
            only=st.dictionaries(NAMES, st.lists(TEXT, max_size=2).map(tuple), max_size=2),
            at_least=st.integers(1, 9),
        ),
        max_size=2,
    ).map(tuple),
    rubrics=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    window=PERIODS,
    period=st.none() | PERIODS,
    elapsed=st.dictionaries(st.sampled_from(["week", "term", "year"]), st.integers(0, 60)),
    occasions=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    raters=st.sampled_from(["each", "team"]),
    combining=st.builds(
        Combining,
        level=st.sampled_from(["indicator", "total"]),
        inspectors=st.sampled_from(["mean", "trimmed", "weighted"]),
        trim=st.integers(1, 2),
        trim_from=st.integers(5, 9),
        inspector_weights=WEIGHTS,
        visits=st.sampled_from(["weighted", "latest", "trimmed"]),
        trim_visits=st.integers(1, 2),
        trim_visits_from=st.integers(5, 9),
        weights=WEIGHTS,
    ),
    unchecked=st.sampled_from(["exclude", "excuse"]),
    ranking=RANKINGS
    | st.builds(
        Ranking,
        groups=st.lists(NAMES, max_size=3).map(tuple),
        tie_keys=st.lists(NAMES, max_size=2).map(tuple),
        red_line=st.sampled_from(["last", "unranked"]),
        quotas=st.lists(QUOTAS, max_size=2).map(tuple),
        distribution=st.none(),
        publish=st.booleans(),
        certainty=st.booleans(),
    ),
    weights=WEIGHTS,
    letters=st.builds(
        Letters,
        number=TEXT,
        day=st.none() | DAYS,
        objection_working_days=st.integers(1, 60),
        objection_days=st.none() | st.integers(0, 60),
        objection_to=TEXT,
        report_days=st.integers(0, 60),
    ),
    rectification=st.builds(
        Rectification,
        count=st.sampled_from(["calendar", "working"]),
        offices=st.dictionaries(NAMES, TEXT, max_size=3),
        at_once_days=st.integers(0, 60),
    ),
    note=TEXT,
    key=TEXT,
)


@given(ROUNDS)
def test_what_is_written_is_read_back(made: Round) -> None:
    """All but the key, which has a file of its own: its digest stands here."""
    meant = made.model_copy(update={"key": "", "key_digest": key_digest(made.key)})
    assert Round.model_validate(parse_yaml(settings_text(made)).data) == meant


def minimal(**changes: object) -> Round:
    given = {
        "id": "甲",
        "title": "甲",
        "bureau": "局",
        "rubrics": ("canteen",),
        "window": Period(since=date(2026, 3, 1), until=date(2026, 3, 31)),
    }
    return Round.model_validate(given | changes)


def test_every_setting_stands_in_the_file() -> None:
    text = settings_text(minimal())
    for model in (Round, Contact, Combining, Ranking, Letters, GradeQuota):
        for name in model.model_fields:
            assert f"{name}:" in text, name


@pytest.mark.parametrize("which", ["trim", "trim_visits"])
def test_nobody_would_be_left_where_so_many_are_dropped(which: str) -> None:
    with pytest.raises(ValueError, match="至少要有 7 个"):
        Combining.model_validate({which: 3})
    assert Combining.model_validate({which: 3, f"{which}_from": 7})


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("raters: each", "raters: both", "raters"),
        ("raters: each", "rater: each", "rater"),
        ("window: {since: 2026-03-01", "window: {since: 2026-04-01", "window"),
        ("trim_from: 5\n", "trim_from: 2\n", "combining.trim_from"),
        ("publish: true", "publish: 是的", "ranking.publish"),
        ("certainty: false", "certainity: true", "ranking.certainity"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, before: str, after: str, place: str
) -> None:
    text = settings_text(minimal())
    assert text.count(before) == 1
    line = text[: text.index(before)].count("\n") + 1
    path = tmp_path / "round.yaml"
    path.write_text(text.replace(before, after), encoding="utf-8")
    made, problems = read_settings(path, "round.yaml")
    assert made is None
    assert [(item.code, item.place.file, item.place.cell) for item in problems] == [
        ("round-value", "round.yaml", f"第 {line} 行 {place}")
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "contact: {person: 督导室 李老师, phone: 87654321}",
            "联系人：督导室 李老师，电话：87654321",
        ),
        ("contact: {phone: 0000-1234567、1234568}", "电话：0000-1234567、1234568"),
        ("contact: {phone: 00001234}", "电话：00001234"),
        ("# contact: {}", ""),
    ],
)
def test_whom_to_ask_is_told_as_far_as_it_is_set(tmp_path: Path, written: str, told: str) -> None:
    path = tmp_path / "round.yaml"
    text = settings_text(minimal())
    unset = 'contact: {person: "", phone: ""}'
    assert text.count(unset) == 1
    path.write_text(text.replace(unset, written), encoding="utf-8")
    made, problems = read_settings(path)
    assert made is not None and not problems
    assert made.contact.told == told


def test_a_slip_of_the_pen_in_settings_is_told_once_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "round.yaml"
    for old, new, write in (
        ("title: ", "title：", "半角冒号"),
        ("id: 甲", "id: 甲\nweights: {甲：40}", "半角冒号"),
    ):
        text = settings_text(minimal())
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        made, (only,) = read_settings(path, "round.yaml")
        assert made is None
        assert only.code == "yaml-syntax"
        assert write in only.remedy


def test_a_file_that_is_no_settings_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "round.yaml"
    for text, code in [("- 甲\n", "round-value"), ("a: [", "yaml-syntax"), ("", "yaml-empty")]:
        path.write_text(text, encoding="utf-8")
        made, problems = read_settings(path, "round.yaml")
        assert (made, [item.code for item in problems]) == (None, [code])


def test_an_unknown_key_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "round.yaml"
    path.write_text("ranking:\n  distribution: {优秀: 40%, 良好: 60%}\n", encoding="utf-8")
    _, problems = read_settings(path, "round.yaml")
    told = [item.message for item in problems if "优秀" in item.message]
    assert len(told) == 1
    assert "不认识“优秀”，这里可以写：grades（还缺）、round、edge" in told[0]


@pytest.mark.parametrize(
    ("settings", "ranked", "told"),
    [
        ({}, 3, "3 所中 0 所"),
        ({}, 10, "10 所中 3 所"),
        ({"at_least": 1}, 3, "3 所中 1 所，每组至少 1 所"),
        ({"at_least": 1}, 10, "10 所中 3 所"),
        ({"round": "half_up"}, 3, "3 所中 1 所，四舍五入"),
        ({"round": "half_up"}, 4, "4 所中 1 所"),
        ({"round": "half_up", "at_least": 2}, 3, "3 所中 2 所，每组至少 2 所"),
    ],
)
def test_a_quota_that_allows_more_than_its_share_says_why(
    settings: dict[str, object], ranked: int, told: str
) -> None:
    quota = GradeQuota.model_validate({"grade": "优秀", "share": "30%", "then": "良好", **settings})
    assert quota.told(ranked) == told


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("ranking: {groups: [错字]}", "学段"),
        ("ranking: {tie_keys: [key_failed, dimension:错字]}", "dimension:A"),
        ("ranking: {quotas: [{grade: 错字, share: 30%, then: 合格}]}", "可以写：合格"),
        ("ranking: {quotas: [{grade: 合格, share: 30%, then: 错字}]}", "可以写：合格"),
        ("ranking: {distribution: {grades: {错字: 40%, 合格: 60%}}}", "可以写：合格"),
        ("combining: {weights: {错字: 40}}", "第1次"),
        ("combining: {inspector_weights: {错字: 2}}", "D1（督学一）"),
        ("weights: {错字: 40}", "demo"),
        ("rectification: {offices: {demo/错字: 安全股}}", "demo/A"),
        ("elapsed: {错字: 1}", "teaching_month"),
        ("voices: [{item: 错字/A1, survey: 问卷}]", "demo"),
        ("voices: [{item: demo/错字, survey: 问卷}]", "demo/A2"),
        ("voices: [{item: demo/A1.错字, survey: 问卷}]", "demo/A1.投诉"),
        ("bulletin: {错字: 3}", "class_visits"),
        ("letters: {错字: 3}", "objection_to"),
        ("unchecked: 错字", "exclude"),
    ],
)
def test_a_name_that_is_not_there_is_told_once_at_its_line(
    tmp_path: Path, written: str, known: str
) -> None:
    rubric = one_dimension(
        "demo",
        4,
        """
  - {id: A1, title: 投诉, points: 2, basis: [文1], method: [查阅档案],
     rule: {kind: deduct, faults: [{id: 投诉, label: 投诉, each: 1}]}}
  - {id: A2, title: 满意度, points: 2, basis: [文1], method: [问卷],
     rule: {kind: survey, full: 90%}}
""",
    )
    (tmp_path / "demo.yaml").write_text(rubric, encoding="utf-8")
    (tmp_path / "roster").mkdir()
    (tmp_path / "roster/schools.csv").write_text("学校代码,学校名称,学段\n1,一小,小学\n", "utf-8")
    (tmp_path / "roster/inspectors.csv").write_text(
        "督学代码,姓名,单位,检查组\nD1,督学一,,一组\n", "utf-8"
    )
    text = (
        "id: r\ntitle: 批次\nbureau: 局\nrubrics: [demo.yaml]\n"
        f"window: {{since: 2026-03-01, until: 2026-06-30}}\n{written}\n"
    )
    (tmp_path / "round.yaml").write_text(text, encoding="utf-8")
    _, problems = read_round(tmp_path)
    (found,) = (it for it in problems if it.code == "round-value")
    assert found.place.file == "round.yaml" and found.place.cell.startswith("第 6 行 ")
    assert "错字" in f"{found.place.cell}{found.message}" and known in found.message
