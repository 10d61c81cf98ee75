"""Rules that ship as examples, one file a rubric, put together for a round."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rubrics.language.rubric import Rubric
from scoring.accountability.rules import COMPOSITE

LIBRARY: Final = Path(__file__).parent / "library"
_ANY: Final = "any"
"""The example of rules that look at every rubric."""

_HEAD: Final = """\
# 问责和表彰规则：什么结果提什么建议，由程序比对，由人决定。下面是样例，不是哪一级的规定：
# 请局里逐条核定，改成自己的；不要的删去。写法见 scoring/README.md。
# verified: V 已核对原文；M 凭记忆或二手材料，待核原文；U 局里自己定，待确认。
# 文号由局里填写，不要编。

# 往轮的批次文件夹，从近到远，从本文件夹算起；有“连续几轮”的规则才要。
# previous: [../2026春]

rules:
"""


_WORST: Final = "最低的等次]"
"""What stands there for the worst grade of each rubric of the round."""


def example_text(rubrics: Mapping[str, Rubric], *, composite: bool) -> str:
    """Returns the text of an accountability.yaml for a round of these rubrics.

    Of rubrics of one's own there is no example; the rules for any rubric hold for them too.
    """
    names = [_ANY, *rubrics, *([COMPOSITE] if composite else [])]
    paths = [LIBRARY / f"{name}.yaml" for name in names]
    texts = [path.read_text(encoding="utf-8") for path in paths if path.is_file()]
    worst = dict.fromkeys(rubric.grades[-1].grade for rubric in rubrics.values())
    text = _HEAD + "\n".join(text.partition("rules:\n")[2] for text in texts)
    grades = ", ".join(json.dumps(grade, ensure_ascii=False) for grade in worst)
    return text.replace(_WORST, f"{grades}]")
