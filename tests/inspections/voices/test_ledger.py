"""Files of answers in the ledger: once each, corrected, decided on, erased, read forever."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from inspections.ledger import voices
from inspections.ledger.bodies.forms import FORMS, decode
from inspections.ledger.bodies.voices import Answers, Asked, Sifting, Survey
from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.tables import facts
from inspections.ledger.voices import held_files, private_of, siftings
from inspections.records.voices import Kind, Rule
from inspections.round.opened import OpenRound
from inspections.steps.erasing import erase_names, erase_school
from inspections.steps.looking_back import ledger_acts, verify_ledger
from inspections.steps.voices import decide_voices, import_voices, voices_status
from inspections.voices.tallying import surveys, voices_of
from scoring.__main__ import app
from tests.inspections.small_round import SCHOOLS
from tests.inspections.started_round import started
from tests.inspections.voices.exports import exported, invented, written
from tests.inspections.voices.figures import figures

BY = By("张主任", "核对过")
NAMES = [school.name for school in SCHOOLS]


@pytest.fixture(params=["sqlite", "postgresql"])
def of(tmp_path: Path, request: pytest.FixtureRequest) -> OpenRound:
    shared: dict[str, Any] = {}
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql")
        shared = {"ledger": url, "id": "声音" + uuid.uuid4().hex}
    started(tmp_path / "轮", **shared)
    opened, problems = open_round(tmp_path / "轮")
    assert opened is not None and problems == []
    return opened


def take(of: OpenRound, *files: Path, **said: Any) -> list[str]:
    """Imports files; returns the codes of what is told."""
    taken, problems = import_voices(of.folder.root, files, BY, **said)
    assert taken is not None
    return [one.code for one in problems]


def told(of: OpenRound, survey: str = "家长问卷") -> Any:
    with ledger_of(of) as held:
        return figures(voices_of(held, survey))


def verified(of: OpenRound) -> bool:
    checked, problems = verify_ledger(of.folder.root)
    return checked is not None and checked.chain.broken is None and problems == []


def parents(folder: Path, count: int = 60, **more: Any) -> Path:
    return exported("问卷星", invented(count, NAMES, **more), folder)


def test_the_ledger_gives_what_was_read_and_the_same_file_counts_once(
    of: OpenRound, tmp_path: Path
) -> None:
    path = parents(tmp_path)
    assert take(of, path) == []
    before = told(of)
    assert sum(held[1] for held in before["Q12"].values()) > 0
    assert take(of, path, path) == ["voices-known"] * 2
    other = path.rename(path.with_name("改了名.xlsx"))
    assert take(of, other) == ["voices-known"]
    assert told(of) == before and verified(of)
    status, problems = voices_status(of.folder.root)
    assert status is not None and problems == []
    (one,) = status.surveys
    assert (one.name, one.kind, one.voices.returns().valid.sum()) == ("家长问卷", "问卷", 60)


def test_a_corrected_file_takes_the_place_of_the_earlier_by_decision(
    of: OpenRound, tmp_path: Path
) -> None:
    take(of, parents(tmp_path))
    longer = parents(tmp_path, 80)
    assert take(of, longer) == ["voices-name-known"]
    later = longer.rename(longer.with_name("123_家长问卷.xlsx"))
    assert take(of, later) == ["voices-overlap"]
    assert take(of, later, replacing=True) == ["voices-replaced"]
    with ledger_of(of) as held:
        assert [(one.number, one.counts) for one in held_files(held)] == [(1, False), (2, True)]
        assert len(voices_of(held, "家长问卷").answers) == 80
    # Another batch of the same form is added.
    assert take(of, exported("腾讯问卷", invented(20, NAMES, day=20), tmp_path)) == []
    with ledger_of(of) as held:
        assert len(voices_of(held, "家长问卷").answers) == 100


def test_an_alias_read_later_recognises_the_school(of: OpenRound, tmp_path: Path) -> None:
    path = exported("问卷星", invented(60, [*NAMES, "老校区"]), tmp_path)
    assert take(of, path) == ["voices-school-unknown"]
    status, _ = voices_status(of.folder.root)
    assert status is not None
    ((typed, (count, _)),) = status.surveys[0].unknown.items()
    assert typed == "老校区" and count > 0
    of.folder.voices.write_text(f'aliases: {{老校区: "{SCHOOLS[0].id}"}}', encoding="utf-8")
    assert take(of, path) == ["voices-read-again"]
    status, _ = voices_status(of.folder.root)
    assert status is not None and not status.surveys[0].unknown
    assert status.surveys[0].voices.returns().valid.sum() == 60


def test_what_a_rule_flags_is_decided_once_and_both_counts_stay(
    of: OpenRound, tmp_path: Path
) -> None:
    answers = invented(60, NAMES)
    for one in answers[:7]:
        one.seconds = 3
    take(of, exported("金数据", answers, tmp_path))
    status, problems = voices_status(of.folder.root)
    assert status is not None and [it.code for it in problems] == ["voices-undecided"]
    assert status.surveys[0].voices.undecided == (Rule.FAST,)
    root = of.folder.root
    assert decide_voices(root, "家长", Rule.FAST, False, BY)[1][0].code == "voices-survey-unknown"
    refused = decide_voices(root, "家长问卷", Rule.TEST, False, BY)
    assert refused[0] is None and refused[1][0].code == "voices-nothing-flagged"
    done, problems = decide_voices(root, "家长问卷", Rule.FAST, False, BY)
    assert done is not None and problems == []
    returns = done.returns()
    assert (returns.returned.sum(), returns.left_out.sum(), returns.valid.sum()) == (60, 7, 53)
    assert returns.flagged[Rule.FAST].sum() == 7
    assert done.tally("Q2", ()).answered == [53]
    assert done.tally("Q2", (), with_flagged=True).answered == [60]
    again = decide_voices(root, "家长问卷", Rule.FAST, False, BY)[1]
    assert [it.code for it in again] == ["voices-decided-so"]
    done, _ = decide_voices(root, "家长问卷", Rule.FAST, True, BY)
    assert done is not None and done.returns().valid.sum() == 60
    with ledger_of(of) as held:
        assert [(it.counts, it.reason, it.decided_by) for it in siftings(held)] == [
            (False, "核对过", "张主任"), (True, "核对过", "张主任"),
        ]  # fmt: skip
    acts, _ = ledger_acts(root)
    assert acts is not None and [one.kind for one in acts][-2:] == ["sift", "sift"]
    assert verified(of)


def test_a_renamed_question_is_counted_apart(of: OpenRound, tmp_path: Path) -> None:
    rows = [["学校", "1、食堂满意吗"], [NAMES[0], "满意"]]
    take(of, written(tmp_path / "旧.csv", iter(rows)), survey="甲")
    rows = [["学校", "1、作业满意吗", "2、安全吗"], [NAMES[0], "一般", "是"]]
    again = take(of, written(tmp_path / "新.csv", iter(rows)), survey="甲")
    assert again == ["voices-question-differs"]
    school = SCHOOLS[0].id
    assert told(of, "甲") == {
        "Q1": {school: ({"满意": 1}, 1, 0)},
        "Q1（2）": {school: ({"一般": 1}, 1, 0)},
        "Q2": {school: ({"是": 1}, 1, 0)},
    }


def test_interviews_are_not_added_to_questionnaires(of: OpenRound, tmp_path: Path) -> None:
    take(of, parents(tmp_path))
    rows = [["访谈时间", "学校", "2、满意吗"], ["2026-10-12", NAMES[0], "满意"]]
    path = written(tmp_path / "访谈.csv", iter(rows))
    assert take(of, path, survey="家长问卷") == ["voices-other-kind"]
    assert take(of, path) == []
    sent = written(tmp_path / "发放.csv", iter([["学校", "发放份数"], [NAMES[0], "50"]]))
    assert take(of, sent, survey="家长问卷") == []
    with ledger_of(of) as held:
        assert surveys(held) == ("家长问卷", "访谈")
        returns = voices_of(held, "家长问卷").returns()
        assert dict(zip(returns.schools, returns.sent.tolist(), strict=True)) == {
            SCHOOLS[0].id: 50, SCHOOLS[1].id: -1,
        }  # fmt: skip
        assert voices_of(held, "访谈").answers.kind is Kind.INTERVIEW


def test_a_school_is_erased_and_the_others_stay(of: OpenRound, tmp_path: Path) -> None:
    take(of, parents(of.folder.answers))
    gone, kept = SCHOOLS[0].id, SCHOOLS[1].id
    before = told(of)
    count, problems = erase_school(of.folder.root, gone, BY)
    assert count is None and [it.code for it in problems] == ["erase-first"]
    path = next(of.folder.answers.iterdir()).rename(tmp_path / "移走.xlsx")
    count, _ = erase_school(of.folder.root, gone, BY)
    assert count
    after = told(of)
    assert {id: {kept: held[kept]} for id, held in before.items()} == after
    assert verified(of)
    assert take(of, path) == ["voices-erased"]
    with ledger_of(of) as held, held.connect() as connection:
        bodies = connection.execute(select(facts.c.body, facts.c.leaves)).all()
    assert not any(gone in body for body, _ in bodies if '"codes"' in body)


def test_a_person_is_erased_and_the_answer_counts_on(of: OpenRound, tmp_path: Path) -> None:
    rows = [["学校", "家长姓名", "2、满意吗", "3、您的建议"]]
    rows += [[NAMES[0], "王某某", "满意", "请李某某老师继续"], [NAMES[0], "赵某", "一般", "没有"]]
    take(of, written(tmp_path / "家长.csv", iter(rows)))
    before = told(of, "家长")
    assert erase_names(of.folder.root, ["王某某"], BY)[0] == 1
    with ledger_of(of) as held:
        (one,) = held_files(held)
        assert private_of(held, one) == {3: {"家长姓名": "赵某", "Q3": "没有"}} and one.erased
    assert told(of, "家长") == before and verified(of)


def test_a_survey_whose_name_is_erased_can_still_be_counted(of: OpenRound, tmp_path: Path) -> None:
    rows = [["学校", "2、对王某某老师满意吗"], [NAMES[0], "满意"]]
    take(of, written(tmp_path / "王某某.csv", iter(rows)))
    assert erase_names(of.folder.root, ["王某某"], BY)[0] == 3
    with ledger_of(of) as held:
        (name,) = surveys(held)
        (question,) = voices_of(held, name).answers.questions
        assert "王某某" not in name + question.text
        assert voices_of(held, name).tally(question.id).counts.tolist() == [[1]]


def test_a_file_that_is_not_recognised_costs_no_other(of: OpenRound, tmp_path: Path) -> None:
    strange = written(tmp_path / "甲.csv", iter([["单位", "评分"], ["某校", "好"]]))
    assert take(of, strange, parents(tmp_path)) == ["voices-unrecognised", "voices-draft"]
    assert (of.folder.root / "voices-draft.yaml").is_file()
    assert told(of)


def test_settings_with_a_mistake_stop_before_anything_is_read(
    of: OpenRound, tmp_path: Path
) -> None:
    of.folder.voices.write_text("surveys: {甲: {kinds: 问卷}}", encoding="utf-8")
    taken, problems = import_voices(of.folder.root, [parents(tmp_path)], BY)
    assert taken is None and [it.code for it in problems] == ["voices-value"]
    of.folder.voices.write_text("# 还没有写\n", encoding="utf-8")
    assert take(of, parents(tmp_path)) == []


SURVEY = """
{"number":1,"kind":"问卷","program":"问卷星","digest":"d","basis":"b","rows":2,
"questions":[["one",2,[1,2,0]],["open",0,[]]],"rules":{"过快":"用时"},"replaces":[3]}"""
ANSWERS = """
{"survey":7,"school":"01","row":[2,3],"codes":[[0,-1],[1,-1]],"serial":[1,2],"submitted":[9,9],
"seconds":[5,6],"source":[0,0],"weight":[2,1],"flags":{"过快":[1]}}"""
ASKED = [Asked("one", 2, [1, 2, 0]), Asked("open", 0, [])]
BODIES: dict[tuple[str, int], tuple[str, Any]] = {
    ("survey", 1): (
        SURVEY,
        Survey(1, "问卷", "问卷星", "d", "b", 2, ASKED, {"过快": "用时"}, [3]),
    ),
    ("answers", 1): (
        ANSWERS,
        Answers(
            7, "01", [2, 3], [[0, -1], [1, -1]], [1, 2], [9, 9], [5, 6], [0, 0], [2, 1],
            {"过快": [1]},
        ),
    ),
    ("sifting", 1): ('{"rule":"过快","counts":false}', Sifting("过快", False)),
}  # fmt: skip
"""Bodies as the first form wrote them; what is here is never changed, only added to."""


@pytest.mark.parametrize("key", BODIES)
def test_what_the_first_form_wrote_is_read_forever(key: tuple[str, int]) -> None:
    text, body = BODIES[key]
    assert key in FORMS and decode(*key, text) == body


def test_a_file_is_in_the_ledger_whole_or_not_at_all(
    of: OpenRound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = voices._by_school

    def stopped(*said: Any) -> Iterator[Any]:
        yield next(iter(whole(*said)))
        raise RuntimeError

    take(of, parents(tmp_path))
    before = told(of)
    with monkeypatch.context() as during:
        during.setattr(voices, "_by_school", stopped)
        with pytest.raises(RuntimeError):
            take(of, exported("腾讯问卷", invented(20, NAMES, day=20), tmp_path))
    assert told(of) == before and verified(of)
    assert take(of, tmp_path / "家长问卷.csv") == []
    with ledger_of(of) as held:
        assert [one.number for one in held_files(held)] == [1, 2]


def test_the_commands_do_it(tmp_path: Path) -> None:
    of = started(tmp_path / "轮")
    root, run = str(of.folder.root), CliRunner().invoke
    answers = invented(60, [*NAMES, "13812345678"])
    for one in answers[:3]:
        one.seconds = 3
    path = exported("WPS表单", answers, tmp_path)
    assert run(app, ["voices", "status", root]).exit_code == 2
    done = run(app, ["voices", "import", root, str(path), "--by", "张"])
    assert done.exit_code == 0 and "60 份" in done.output
    seen = run(app, ["voices", "status", root])
    assert seen.exit_code == 0 and "138****5678" in seen.output
    assert "13812345678" not in seen.output and "微信用户" not in seen.output
    decided = ["voices", "decide", root, "家长问卷", "--rule", "过快", "--reason", "不认真"]
    assert run(app, decided).exit_code == 2
    assert run(app, [*decided, "--leave-out"]).exit_code == 0
    shown = run(app, ["voices", "status", root, "--json"])
    assert '"counts": false' in shown.output and '"count": 3' in shown.output
