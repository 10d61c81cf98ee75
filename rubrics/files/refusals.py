"""What pydantic refuses, said in Chinese and at the place where it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rubrics.language.glossary import KIND_NAMES, meaning
from rubrics.language.places import Keys, Places
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules.strict_model import YES_OR_NO

_DETAILS = {
    "string_type": "应是文字",
    "string_pattern_mismatch": "只能用字母、数字、汉字和下划线",
    "string_too_short": "不能空着",
    "string_too_long": "太长了，最多 {max_length} 个字",
    "decimal_parsing": "应是数",
    "decimal_type": "应是数",
    "decimal_max_places": "小数最多 {decimal_places} 位",
    "decimal_max_digits": "数太大",
    "decimal_whole_digits": "数太大",
    "finite_number": "应是数",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "int_from_float": "应是整数",
    "bool_parsing": "应写 true 或 false",
    "bool_type": "应写 true 或 false",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    "too_short": "至少要有 {min_length} 项",
    "tuple_type": "应是一个列表：各项写在方括号里，或每行以“- ”开头",
    "dict_type": "应是一组“名称: 值”",
    "model_type": "应是一组“名称: 值”",
    "model_attributes_type": "应是一组“名称: 值”",
    "fraction_type": "应是一个比例，如 60%",
    "is_instance_of": "写法不对",
    "dataclass_type": "应是区间，如 ≤60、(60, 70]、[0, 8]",
    "dataclass_exact_type": "应是区间，如 ≤60、(60, 70]、[0, 8]",
}


Names: TypeAlias = Callable[[Place, str], str]
"""Where a part was written, and its key -> what the key is called there."""


def by_key(place: Place, key: str) -> str:
    """Returns the key: so it is called in a rubric file."""
    return key


def refusals(
    error: ValidationError,
    model: type[BaseModel],
    data: object,
    places: Places,
    names: Names,
) -> list[Problem]:
    """Returns one problem per mistake that pydantic found in ``data``, however often it is used.

    ``names``: what a key is called where the data were written.

    Codes: rubric-unknown-key (lists the known ones), rubric-missing-key, rubric-value.
    """
    entries = [entry for entry in error.errors(include_url=False) if not _follows(entry)]
    missing = _missed(entries, data)
    told = (
        _refusal(entry, model, data, places, names, missing)
        for entry in entries
        if not (entry["type"] == "missing" and _down(data, entry["loc"])[:-1] in missing)
    )
    return list(dict.fromkeys(told))


def whole_detail(item: Problem) -> str:
    """Returns what a refusal says, and of an unknown key what may stand in its place: for files
    whose messages have a remedy of their own.
    """
    return f"{item.message}，{item.remedy}" if item.code == "rubric-unknown-key" else item.message


def _missed(entries: Sequence[ErrorDetails], data: object) -> dict[Keys, list[str]]:
    """What is missing where something unknown stands: most likely it is called by another name."""
    found: dict[Keys, list[str]] = {}
    for kind in ("extra_forbidden", "missing"):
        for entry in entries:
            *owner, last = _down(data, entry["loc"]) or ("",)
            if kind == entry["type"] == "extra_forbidden":
                found[tuple(owner)] = []
            elif kind == entry["type"] and tuple(owner) in found:
                found[tuple(owner)].append(str(last))
    return found


def _follows(entry: ErrorDetails) -> bool:
    """Whether a list is called too short only because its items are refused themselves."""
    if entry["type"] != "too_short" or not isinstance(entry["input"], (list, dict)):
        return False
    return len(entry["input"]) >= int(entry["ctx"]["min_length"])


def _refusal(
    entry: ErrorDetails,
    model: type[BaseModel],
    data: object,
    places: Places,
    names: Names,
    missing: Mapping[Keys, Sequence[str]],
) -> Problem:
    keys = _down(data, entry["loc"])
    kind, context = entry["type"], dict(entry.get("ctx", {}))
    last = str(keys[-1]) if keys else ""
    if kind == "extra_forbidden":
        instead = getattr(_model_at(model, data, keys[:-1]), "instead", {}).get(last)
        if instead:
            at = places.at(keys)
            return problem("rubric-value", at, value=names(at, last), detail=instead)
        at, lacking = places.at(keys), missing.get(keys[:-1], ())
        listed = [f"{names(at, name)}（还缺）" for name in lacking]
        listed += [name for name in _known(model, data, keys[:-1]) if name not in lacking]
        known = "、".join(listed)
        return problem("rubric-unknown-key", at, key=names(at, last), known=known)
    if kind == "union_tag_not_found":
        kind, keys, last = "missing", (*keys, "kind"), "kind"
    if kind == "missing":
        owner = _model_at(model, data, keys[:-1])
        name = owner.__name__ if owner else ""
        # A workbook has a cell for what is missing, a text has not.
        at = places.at(keys)
        return problem("rubric-missing-key", at, key=names(at, last), meaning=meaning(name, last))
    value = shown(entry["input"])
    if kind == "union_tag_invalid":
        value, keys = str(context["tag"]), (*keys, "kind")
        kinds = context["expected_tags"].replace("'", "").split(", ")
        detail = "可以写：" + "、".join(f"{kind} {KIND_NAMES[kind]}" for kind in kinds)
    elif kind == "string_pattern_mismatch" and context["pattern"].startswith("^["):
        detail = "只能用小写字母、数字和下划线，以字母开头"
    elif kind == "literal_error":
        detail = "可以写：" + context["expected"].replace("'", "").replace(" or ", "、").replace(
            ", ", "、"
        )
    elif kind == "value_error":
        detail = str(context["error"])
        if isinstance(entry["input"], Mapping):
            value = next((key for key in reversed(keys) if isinstance(key, str)), "")
    elif kind == "bool_parsing" and value.strip() in YES_OR_NO:
        detail = f"是非写 true、false，这里应写 {YES_OR_NO[value.strip()]}"
    else:
        detail = _DETAILS.get(kind, entry["msg"]).format_map(context)
        if kind in ("decimal_parsing", "int_parsing") and re.fullmatch(r"[\d.]+\D{1,4}", value):
            detail += "，不带单位和标点"
    return problem("rubric-value", places.at(keys), value=value, detail=detail)


def shown(value: object) -> str:
    """Returns what was written, as a message quotes it."""
    match value:
        case None:
            return "（空）"
        case bool():
            return str(value).lower()
        case Mapping():
            return "一组“名称: 值”"
        case list():
            return "一个列表"
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def _down(data: object, location: tuple[int | str, ...]) -> Keys:
    """The way through the data, without what pydantic adds: tags of a union, ``[key]``.

    The last step of a missing or unknown key need not be in the data.
    """
    keys: list[str | int] = []
    tagged = False
    for number, step in enumerate(location, 1):
        if isinstance(data, Mapping) and step == data.get("kind") and not tagged:
            tagged = True
            continue
        if _leads_on(data, step):
            data = data[step]  # type: ignore[index]
        elif number < len(location) or step == "[key]" or not isinstance(data, Mapping):
            continue
        keys.append(step)
        tagged = False
    return tuple(keys)


def _leads_on(data: object, step: int | str) -> bool:
    if isinstance(data, Mapping):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _known(model: type[BaseModel], data: object, keys: Keys) -> Iterator[str]:
    owner = _model_at(model, data, keys)
    return iter(owner.model_fields if owner else ())


def _model_at(model: type[BaseModel], data: object, keys: Keys) -> type[BaseModel] | None:
    """The model that describes the data at ``keys``."""
    annotation: Any = model
    for key in keys:
        held = _container(annotation)
        if held is not None:
            annotation = held
        elif (owner := _member(annotation, data)) is not None and key in owner.model_fields:
            annotation = owner.model_fields[str(key)].annotation
        else:
            return None
        data = data[key] if isinstance(data, (Mapping, list)) else None  # type: ignore[index]
    return _member(annotation, data)


def _container(annotation: Any) -> Any:
    """What a tuple or dict annotation holds; None for any other."""
    parts = get_args(annotation)
    if get_origin(annotation) in (tuple, dict):
        return parts[0] if get_origin(annotation) is tuple else parts[1]
    return next((held for part in parts if (held := _container(part)) is not None), None)


def _member(annotation: Any, data: object) -> type[BaseModel] | None:
    """The model that an annotation holds; among several, the one of the data's ``kind``."""
    kind = data.get("kind") if isinstance(data, Mapping) else None
    found = list(_models(annotation))
    if len(found) > 1:
        found = [item for item in found if kind in get_args(item.model_fields["kind"].annotation)]
    return found[0] if found else None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _models(part)
