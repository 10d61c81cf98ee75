"""The same answers in the exports of five sites give the same figures: those that were answered."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from inspections.records.voices import Rule
from inspections.voices.reading import Reader, Reading, read_voices
from inspections.voices.settings import VoicesSettings
from inspections.voices.tallying import Voices
from tests.conftest import Convert
from tests.inspections.voices.exports import ASKED, REMARKS, SITES, Answer, exported, invented
from tests.inspections.voices.figures import counted, figures

NAMES: Final = {
    f"9901{place:04}": f"第{han}小学" for place, han in enumerate("一二三四五六七八九十")
}
CODES: Final = {name: code for code, name in NAMES.items()}
KEYWORDS: Final = {"饭菜": ("饭", "菜"), "时间": ("晚",)}


def due(answers: list[Answer]) -> dict[str, dict[str, tuple[dict[str, int], int, int]]]:
    kinds = {"": [], REMARKS[0]: ["饭菜"], REMARKS[1]: ["时间"]}
    return counted(
        (
            CODES[one.school],
            {"Q2": one.grade}
            | {f"Q{place}": level for place, level in enumerate(one.levels, 3)}
            | {"Q12": one.activities, "Q13.1": one.matrix[0], "Q13.2": one.matrix[1]}
            | {"Q14": kinds.get(one.remark, ["其他"])},
        )
        for one in answers
    )


def read(path: Path, **settings: object) -> Reading:
    made = VoicesSettings.model_validate({"keywords": KEYWORDS, **settings})
    return read_voices(path, Reader(made, NAMES))


@pytest.mark.parametrize("program", SITES)
@pytest.mark.parametrize("count", [300, 33_095])
def test_every_site_gives_the_figures_that_were_answered(
    program: str, count: int, tmp_path: Path
) -> None:
    answers = invented(count, [*CODES])
    made = read(exported(program, answers, tmp_path))
    assert made.file is not None and made.problems == []
    assert (made.file.program, made.file.answers.name) == (program, "家长问卷")
    found = made.file.answers
    assert figures(Voices(found)) == due(answers)
    assert found.serial.tolist() == [one.serial for one in answers]
    assert found.seconds.tolist() == [one.seconds for one in answers]
    assert len(set(found.source.tolist())) == count
    assert found.submitted[1] - found.submitted[0] == 7
    assert not found.flagged().any()
    assert made.file.rules.keys() == set(Rule)


@pytest.mark.parametrize("program", SITES)
def test_what_people_wrote_stands_apart_from_the_answers(program: str, tmp_path: Path) -> None:
    answers = invented(60, [*CODES])
    made = read(exported(program, answers, tmp_path))
    assert made.file is not None
    told = str(made.file.answers) + str(made.file.rules)
    assert not any(remark in told for remark in REMARKS) and "10.0.0." not in told
    kept = [set(made.file.private[place].values()) for place in range(len(answers))]
    for one, texts in zip(answers, kept, strict=True):
        assert {text.split("(")[0] for text in texts} >= {
            one.ip,
            *([one.remark] * bool(one.remark)),
        }


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_an_export_that_somebody_opened_and_saved(
    kind: str, tmp_path: Path, soffice: Convert
) -> None:
    answers = invented(60, [*CODES])
    sources = [exported("金数据", answers, tmp_path)]
    sources.append(exported("问卷星", answers, tmp_path))
    for saved in soffice(*sources, to=kind, into=tmp_path / "saved"):
        made = read(saved)
        assert made.file is not None and made.problems == []
        assert figures(Voices(made.file.answers)) == due(answers)
        assert made.file.answers.submitted[0] == 1791792007


def test_answers_by_grade_and_school_add_up(tmp_path: Path) -> None:
    answers = invented(300, [*CODES])
    made = read(exported("问卷星", answers, tmp_path))
    assert made.file is not None
    voices = Voices(made.file.answers)
    tally = voices.tally("Q3", ("", "年级"))
    at = tally.keys.index((CODES["第一小学"], "三年级"))
    mine = [one for one in answers if (one.school, one.grade) == ("第一小学", "三年级")]
    pleased = [one.levels[0] for one in mine if one.levels[0] in ("非常满意", "满意")]
    opinions = [one.levels[0] for one in mine if one.levels[0] not in ("", "不清楚")]
    assert ASKED[0] in tally.question.text
    assert (tally.satisfied[at], tally.opinions[at]) == (len(pleased), len(opinions))
    assert tally.counts.sum() == voices.tally("Q3", ()).counts.sum()
