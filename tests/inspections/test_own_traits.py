"""A bureau's own traits in a round: in the roster, in conditions, in the groups of the ranking."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from inspections.round.opened import read_round
from inspections.round.roster_template import write_templates
from inspections.round.starting import start_round
from rubrics.files.loading import load_rubric
from rubrics.files.trait_file import read_traits
from tests.inspections.small_round import KITCHEN, small_round

OWN = "片区: {type: choice, options: [东片, 西片], words: {东片: [河东]}, headings: [所属片区]}\n"
ROSTER = """\
学校代码,学校名称,学段,有食堂,寄宿,所属片区
01,甲校,小学,是,否,河东
02,乙校,初中,是,否,西片
"""
INSPECTORS = "督学代码,姓名,检查组\nA1,张一,一组\nA2,周二,一组\n"


def begun(base: Path, *rubrics: Path, groups: tuple[str, ...] = ()) -> tuple[object, list[str]]:
    (base / "s.csv").write_text(ROSTER, encoding="utf-8")
    (base / "i.csv").write_text(INSPECTORS, encoding="utf-8")
    settings = small_round(base / "r").round
    ranking = settings.ranking.model_copy(update={"groups": groups})
    names = tuple(map(str, rubrics))
    settings = settings.model_copy(update={"rubrics": names, "ranking": ranking})
    opened, problems = start_round(base / "r", settings, base / "s.csv", base / "i.csv")
    return opened, [item.code for item in problems]


def kitchen(folder: Path, name: str = "kitchen", own: str | None = OWN) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    text = KITCHEN.replace("id: kitchen", f"id: {name}")
    path.write_text(text.replace("when: {有食堂: 是}", "when: {片区: 东片}"), encoding="utf-8")
    if own is not None:
        (folder / "traits.yaml").write_text(own, encoding="utf-8")
    return path


def test_the_file_goes_with_the_round(tmp_path: Path) -> None:
    opened, codes = begun(tmp_path, kitchen(tmp_path / "细则"), groups=("片区",))
    assert opened is not None, codes
    assert (tmp_path / "r" / "traits.yaml").read_text(encoding="utf-8") == OWN
    again, problems = read_round(tmp_path / "r")
    assert again is not None, problems
    assert [school.traits["片区"] for school in again.roster.schools.values()] == ["东片", "西片"]
    assert {item.school for item in again.plan} == {"01"}
    assert again.rubrics["kitchen"].traits.keys() == {"片区"}


def test_two_files_that_differ_are_told_and_nothing_is_made(tmp_path: Path) -> None:
    first = kitchen(tmp_path / "一")
    second = kitchen(tmp_path / "二", "other", OWN.replace("西片", "北片"))
    opened, codes = begun(tmp_path, first, second)
    assert opened is None
    assert "round-traits" in codes
    assert not (tmp_path / "r" / "round.yaml").exists()


def test_a_mistake_in_the_file_of_a_round_is_told(tmp_path: Path) -> None:
    begun(tmp_path, kitchen(tmp_path / "细则"))
    (tmp_path / "r" / "traits.yaml").write_text("片区: {type: choice}\n", encoding="utf-8")
    opened, problems = read_round(tmp_path / "r")
    assert opened is None
    assert {(item.code, item.place.cell[:5]) for item in problems} == {("rubric-value", "第 1 行")}


def test_a_blank_roster_has_their_columns(tmp_path: Path) -> None:
    path = kitchen(tmp_path / "细则")
    rubric, _ = load_rubric(path)
    own, _ = read_traits(path.parent / "traits.yaml")
    assert rubric is not None
    written, problems = write_templates(tmp_path / "样表", [rubric], own)
    assert written is not None, problems
    assert "片区" in [cell.value for cell in load_workbook(written[0]).worksheets[0][1]]
