"""What is killed after scores: every command of hearing, putting right, looking again, deciding."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.killing.cycle_round import STEPS, cycle, scored, step
from tests.killing.rounds import Struck
from tests.killing.sweeping import DIR, Case

DONE = (0, 1, 2)
"""How a command may end that has been carried out already: it says so, and does nothing."""

TOLD_AGAIN = {"extend", "close", "draw"}
"""What cannot be done a second time."""


def cycle_cases(base: Path, program: Struck) -> list[Case]:
    """All cases; ``base`` keeps the folders that they begin with."""
    kept = base / "cycle"
    kept.mkdir()
    made = cycle(kept / DIR, program)
    (kept / "春").mkdir()
    rounds = {
        "春": scored(kept / "春" / DIR, program),
        "秋": _autumn(kept / "秋", program),
    }
    cases = [
        Case(
            _named(name), step(name, DIR), _copied(made.before[name]),
            ends=DONE if name in TOLD_AGAIN else (0, 1),
        )
        for name in STEPS
    ]  # fmt: skip
    blank = ("rectify", "template", DIR)
    copied = ("template", "copy", "通报", f"{DIR}/通报.docx")
    whole = ("year", f"{DIR}/春", f"{DIR}/秋", "--out", f"{DIR}/年度")
    return [
        *cases,
        Case("rectify template", blank, _copied(made.before["add"]), ends=DONE),
        Case("template copy", copied, Path.mkdir, ends=DONE),
        Case("year", whole, _both(rounds)),
        *(
            Case(f"{_named(name)} again", step(name, DIR), _copied(made.after))
            for name in ("send", "replies", "look", "looked", "propose", "rule", "papers")
        ),
    ]


def _named(name: str) -> str:
    """What the command of a step is called; of those that are run twice, with the step."""
    words = [word for word in STEPS[name] if word != "{}"][:2]
    called = " ".join(word for word in words if not word.startswith("-"))
    return f"{called}: {name}" if called in {"report", "rectify decide"} else called


def _autumn(folder: Path, program: Struck) -> Path:
    folder.mkdir()
    return scored(
        folder / DIR, program, id="2026秋", title="秋季督导",
        window={"since": "2026-03-02", "until": "2026-03-31"},
    )  # fmt: skip


def _copied(source: Path) -> Callable[[Path], object]:
    return lambda folder: shutil.copytree(source, folder)


def _both(rounds: dict[str, Path]) -> Callable[[Path], object]:
    def start(folder: Path) -> None:
        for name, source in rounds.items():
            shutil.copytree(source, folder / name)

    return start


def names() -> Sequence[str]:
    """The names of the steps' cases, in order."""
    return [_named(name) for name in STEPS]
