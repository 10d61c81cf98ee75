"""Classes as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.voices.classes import SchoolClass, class_of, grade_of

GRADES = "一二三四五六七八九"
OF_GRADE_THREE = (
    "三(2)班", "三（2）班", "三年级2班", "三年级二班", "三年级（2）班", "3年级2班", "3-2", "3.2",
    "302", "302班", "三2班", "三二班", "三年级 2 班", "小学三年级（2）班", "三年级第2班",
    "３（２）班", "三年级-2班",
)  # fmt: skip


@pytest.mark.parametrize("text", OF_GRADE_THREE)
def test_a_class_has_one_name_however_it_is_written(text: str) -> None:
    assert class_of(text) == SchoolClass("三年级", "2班")


@pytest.mark.parametrize(
    ("text", "grade", "number"),
    [
        ("十二班", "", "12班"),
        ("二十班", "", "20班"),
        ("2", "", "2班"),
        ("（2）班", "", "2班"),
        ("初一（3）班", "七年级", "3班"),
        ("小一班", "小班", "1班"),
        ("中班2班", "中班", "2班"),
        ("大(3)班", "大班", "3班"),
        ("2025级3班", "2025级", "3班"),
        ("向日葵班", "", "向日葵班"),
        ("三年级向日葵班", "三年级", "向日葵班"),
        ("三年级第十二班", "三年级", "12班"),
    ],
)
def test_classes_of_other_kinds(text: str, grade: str, number: str) -> None:
    assert class_of(text) == SchoolClass(grade, number)


@pytest.mark.parametrize(
    "text", ["", "三年级", "小班", "不知道", "张三", "99班", "0班", "1204", "班"]
)
def test_what_names_no_class_is_none(text: str) -> None:
    assert class_of(text) is None


@given(st.integers(1, 9), st.integers(1, 60))
def test_the_usual_name_of_a_class_is_read_again(grade: int, number: int) -> None:
    name = f"{GRADES[grade - 1]}年级{number}班"
    found = class_of(name)
    assert found == SchoolClass(grade_of(str(grade)), f"{number}班") and "".join(found) == name


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_class_that_is_read_again_or_none(text: str) -> None:
    found = class_of(text)
    assert found is None or class_of("".join(found)) == found
