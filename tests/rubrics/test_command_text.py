"""Commands in messages: quoted for any shell, with the folder that is at hand."""

from __future__ import annotations

import re
import shlex

import pytest

from rubrics.messages.catalogue import CATALOGUE
from rubrics.messages.command_text import FOLDER, command, quoted
from rubrics.messages.problems import Place, in_folder, problem


@pytest.mark.parametrize(
    "word", ["2026秋", "2026 秋", "returned/一组/表（改）.xlsx", "a&b", "甲;乙"]
)
def test_a_word_is_typed_as_it_is_printed(word: str) -> None:
    assert shlex.split(command("run", word)) == ["scoring", "run", word]
    assert quoted(word) == (f'"{word}"' if re.search(r"[ &;]", word) else word)


def test_a_problem_names_the_folder_where_it_is_known() -> None:
    made = problem("ledger-stale", Place("ledger.db"))
    assert made.remedy.endswith(f"scoring collect {FOLDER}")
    (known,) = in_folder([made], "2026 秋")
    assert known.remedy.endswith('scoring collect "2026 秋"')
    assert known == made


def test_every_command_about_a_ledger_has_its_folder() -> None:
    for code, (_, *texts) in CATALOGUE.items():
        for said in re.findall(
            r"scoring (?:collect|run|ledger(?: \w+)+)[^；。]*", "。".join(texts)
        ):
            assert FOLDER in said, (code, said)
