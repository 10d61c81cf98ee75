"""voices.yaml beside round.yaml: how a bureau's own tables are read, and what flags answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError, model_validator

from inspections.round.round import Period
from rubrics.files.limits import oversized
from rubrics.files.refusals import by_key, refusals, whole_detail
from rubrics.files.yaml_text import read_yaml
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.rules.strict_model import StrictModel

FILE: Final = "voices.yaml"
DRAFT: Final = "voices-draft.yaml"

KindName = Literal["问卷", "电话访谈", "热线来访", "民主测评", "发放数", "班级人数"]


class QuestionSetting(StrictModel):
    """One question. ``columns``: its heading, or those that it has in several editions.

    ``options``: what stands in the cells -> what it means; ``scale``: on which its options stand;
    ``many``: what parts the options that somebody chose together; ``open``: free text;
    ``group``: what it divides people by (年级).
    """

    columns: Annotated[tuple[str, ...], Field(min_length=1)]
    text: str = ""
    scale: str = ""
    options: dict[str, str] = Field(default_factory=dict)
    many: str = ""
    open: bool = False
    group: str = ""


class SurveySetting(StrictModel):
    """One survey. It is known by the names of its ``files`` (``家长*.xlsx``), or by its columns.

    ``school`` ... ``pupils``: the headings of columns that are no questions; ``link``: which has
    the address by which somebody came; ``weight``: how many people a row stands for; ``private``:
    columns that nobody else sees; ``ignored``: those that are not kept. ``period``: when it was
    open.
    """

    kind: KindName = "问卷"
    files: tuple[str, ...] = ()
    school: str = ""
    link: str = ""
    serial: str = ""
    submitted: str = ""
    started: str = ""
    seconds: str = ""
    source: str = ""
    weight: str = ""
    sent: str = ""
    pupils: str = ""
    item: str = ""
    private: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    questions: dict[str, QuestionSetting] = Field(default_factory=dict)
    period: Period | None = None

    @property
    def headings(self) -> frozenset[str]:
        """All columns that it names, one of each question apart."""
        own = (getattr(self, field) for field in FIELDS)
        return frozenset(filter(None, (*own, *self.private, *self.ignored)))


FIELDS: Final = (
    "school", "link", "serial", "submitted", "started", "seconds", "source", "weight", "sent",
    "pupils", "item",
)  # fmt: skip
"""What a column can be that is no question."""


class ScaleSetting(StrictModel):
    """A scale: the words of each level, the best first; how many of them count as satisfied.

    ``by_name``: is used only where voices.yaml names it; ``divides``: its answers say who somebody
    is.
    """

    levels: Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]
    satisfied: Annotated[int, Field(ge=0)] = 0
    by_name: bool = False
    divides: bool = False

    @model_validator(mode="after")
    def _levels_are_there(self) -> ScaleSetting:
        if self.satisfied > len(self.levels):
            raise ValueError("satisfied 比档数还多")
        return self


class FlagSettings(StrictModel):
    """What flags an answer. ``fast``: below which share of the median time; ``doubled_minutes``:
    within how long the same answers from one source; ``straight``: from how many questions of one
    scale that all have the same answer.
    """

    fast: Annotated[Decimal, Field(gt=0, lt=1)] = Decimal("0.3")
    doubled_minutes: Annotated[int, Field(ge=1)] = 10
    straight: Annotated[int, Field(ge=3)] = 8


class VoicesSettings(StrictModel):
    """The whole of ``voices.yaml``; all of it may be left out.

    ``aliases``: what people call a school -> its code; ``keywords``: kinds of open answers -> the
    words by which they are known.
    """

    surveys: dict[str, SurveySetting] = Field(default_factory=dict)
    aliases: dict[str, str] = Field(default_factory=dict)
    scales: dict[str, ScaleSetting] = Field(default_factory=dict)
    keywords: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    flags: FlagSettings = FlagSettings()


def read_voices_settings(
    path: Path,
    name: str = FILE,
    schools: Mapping[str, str] | None = None,
    scales: Collection[str] | None = None,
) -> tuple[VoicesSettings | None, list[Problem]]:
    """Returns the settings; those that hold without a file where there is none.

    ``schools``: code -> name; aliases lead to these. ``scales``: those that there are beside the
    file's own. None with at least one error. Codes:
    voices-value (with line and path), voices-alias, and those of ``read_yaml``.
    """
    if not path.is_file():
        return VoicesSettings(), []
    source = read_yaml(path)
    told = [Problem(_at(it.place, name), it.code, it.params) for it in source.problems]
    if source.data is None or has_errors(told):
        # A file that only has remarks says nothing, which is allowed.
        empty = [it.code for it in told] == ["yaml-empty"]
        return (VoicesSettings(), []) if empty else (None, told)
    if not isinstance(source.data, dict):
        return None, [*told, _wrong(Place(name), "应是一组“名称: 值”")]
    if too_much := list(oversized(source.data)):
        return None, [_wrong(_at(source.places.at(keys), name), it) for keys, _, it in too_much]
    try:
        made = VoicesSettings.model_validate(source.data)
    except ValidationError as error:
        found = refusals(error, VoicesSettings, source.data, source.places, by_key)
        return None, [*told, *(_wrong(_at(it.place, name), whole_detail(it)) for it in found)]
    for alias, code in made.aliases.items():
        if schools is not None and code not in schools:
            at = _at(source.places.at(("aliases", alias)), name)
            told.append(problem("voices-alias", at, name=alias, id=code))
    wrong = []
    known = list(dict.fromkeys((*made.scales, *(scales or ()))))
    for survey, said in made.surveys.items():
        for id, one in said.questions.items():
            if scales is not None and one.scale and one.scale not in known:
                at = _at(source.places.at(("surveys", survey, "questions", id, "scale")), name)
                wrong.append(_wrong(at, f"量表“{one.scale}”不认识，可以写：{'、'.join(known)}"))
    return (None if wrong else made), [*told, *wrong]


def _wrong(place: Place, detail: str) -> Problem:
    return problem("voices-value", place, detail=detail)


def _at(place: Place, name: str) -> Place:
    return Place(name, place.sheet, place.cell)
