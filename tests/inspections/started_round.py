"""The small round as a folder on disk, for what opens it by its files."""

from __future__ import annotations

from pathlib import Path

from inspections.round.opened import OpenRound
from inspections.round.starting import start_round
from tests.inspections.small_round import INSPECTORS, KITCHEN, PARTY, SCHOOLS, small_round


def started(folder: Path, **changes: object) -> OpenRound:
    """A round on disk: two schools, two rubrics, nothing returned."""
    base = folder.parent
    files = {"kitchen.yaml": KITCHEN, "party.yaml": PARTY}
    files["schools.csv"] = "学校代码,学校名称,学段,有食堂,寄宿\n" + "".join(
        f"{s.id},{s.name},{s.traits['学段']},{s.traits['有食堂']},{s.traits['寄宿']}\n"
        for s in SCHOOLS
    )
    files["inspectors.csv"] = "督学代码,姓名,单位,检查组\n" + "".join(
        f"{i.id},{i.name},{i.office},{i.team}\n" for i in INSPECTORS
    )
    for name, text in files.items():
        (base / name).write_text(text, encoding="utf-8")
    rubrics = tuple(str(base / name) for name in ("kitchen.yaml", "party.yaml"))
    settings = small_round(folder, **changes).round.model_copy(update={"rubrics": rubrics})
    of, problems = start_round(folder, settings, base / "schools.csv", base / "inspectors.csv")
    assert of is not None, [item.message for item in problems]
    return of
