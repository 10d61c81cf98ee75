"""What the page shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import yaml

from inspections.records.voices import Rule
from inspections.voices.reading import Reader, read_voices
from inspections.voices.settings import FlagSettings, read_voices_settings
from inspections.voices.tallying import Voices
from tests.inspections.voices.exports import written
from tests.inspections.voices.figures import figures

HOME: Final = Path(__file__).parents[3] / "inspections" / "voices"
PAGE: Final = (HOME / "README.md").read_text(encoding="utf-8")
NAMES: Final = {"99010101": "第一小学"}


def test_the_example_reads_a_table(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "voices.yaml"
    path.write_text(example, encoding="utf-8")
    settings, problems = read_voices_settings(path, schools=NAMES)
    assert settings is not None and problems == []
    rows = [["您孩子的学校", "您对食堂满意吗", "作业", "参加的活动", "您的意见", "联系电话"]]
    rows += [["老校区", "一般", "正好", "书法、体育", "饭凉了", "13812345678"]]
    rows += [["第一小学", "满意", "太多", "体育", "", ""]]
    made = read_voices(written(tmp_path / "家长1.xlsx", iter(rows)), Reader(settings, NAMES))
    assert made.file is not None and made.problems == []
    assert made.file.answers.name == "家长问卷"
    voices = Voices(made.file.answers)
    assert {id: held["99010101"] for id, held in figures(voices).items()} == {
        "Q1": ({"一般": 1, "满意": 1}, 2, 0),
        "Q2": ({"正好": 1, "太多": 1}, 2, 0),
        "Q3": ({"书法": 1, "体育": 2}, 2, 0),
        "Q4": ({"饭菜": 1}, 1, 1),
    }
    assert voices.tally("Q2").satisfied.tolist() == [1]
    assert made.file.private == {0: {"Q4": "饭凉了", "联系电话": "13812345678"}}


def test_the_page_names_every_rule_and_what_holds_without_settings() -> None:
    assert set(re.findall(r"^\| (\w+) \| ", PAGE, re.MULTILINE)) >= {rule.value for rule in Rule}
    held = FlagSettings()
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert FlagSettings.model_validate(yaml.safe_load(example)["flags"]) == held
