"""What the sample's year tells whoever opens it: each step, what came of it, and its command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inspections.demo.year_folder import OLD_LETTER
from reports.steps.closing_year import WrittenYear


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the cycle: by what name it is told, by which commands it is done, what to open."""

    name: str
    commands: tuple[str, ...]
    files: str


STEPS: Final = (
    Step("双随机抽取", ("round draw DIR --why 理由", "round draw DIR --verify"),
         "reports/双随机/ 抽取记录、公示、派组表，roster/teams.csv 抽出的检查组"),
    Step("检查", ("collect", "score"), "workbooks/ 空白表，returned/ 收回的，marked/ 退改的"),
    Step("初步意见", ("report DIR --stage 初步",), "reports/first-opinions/"),
    Step("异议", ("objection add DIR 学校 细则 --text 原文", "objection decide DIR 号 采纳"),
         "scoring objection list DIR"),
    Step("意见书、排名表和通报", ("report",), "reports/letters/、排名表.xlsx、通报.docx"),
    Step("立整改台账", ("rectify open", "rectify send"), "rectify/sent/"),
    Step("复核换发", ("objection decide DIR 号 采纳", "score", "report"),
         f"scoring verify {OLD_LETTER} DIR"),
    Step("其他来源的整改事项", ("rectify template", "rectify add DIR 表"),
         "rectify/其他来源的整改事项.xlsx"),
    Step("问责和表彰",
         ("accountability propose", "accountability collect", "accountability papers"),
         "accountability/、reports/问责/"),
    Step("收整改清单", ("rectify collect",), "rectify/returned/、整改审核.xlsx"),
    Step("审核、延期", ("rectify decide DIR --from 表", "rectify extend DIR 编号"),
         "reports/整改台账.xlsx（rectify book）"),
    Step("回头看", ("followup draw", "followup send", "followup collect", "followup report"),
         "followup/、reports/回头看报告.xlsx"),
    Step("月报", ("monthly DIR --month 2026-11",), "reports/月报/"),
)  # fmt: skip
"""The steps of a round in their order; DIR stands for the folder of a round."""

_SEASONS: Final = {"spring": "春季", "autumn": "秋季"}


def guide(
    folder: Path,
    rounds: Mapping[str, Path],
    done: Mapping[str, Mapping[str, str]],
    year: WrittenYear,
) -> str:
    """Returns the text of the file that stands first in the folder, and ends the command."""
    return "\n".join(_lines(folder, rounds, done, year)) + "\n"


def _lines(
    folder: Path,
    rounds: Mapping[str, Path],
    done: Mapping[str, Mapping[str, str]],
    year: WrittenYear,
) -> Iterator[str]:
    named = {name: str(root.relative_to(folder)) for name, root in rounds.items()}
    yield "青禾县一年的督导（样例，纯属虚构）：春、秋两个批次，各走一遍，再合成一年"
    for name, root in named.items():
        yield f"{_SEASONS[name]}批次：{root}"
    yield "下面的命令在这个文件夹里运行，换成另一个批次的名字也一样"
    for number, step in enumerate(STEPS, 1):
        yield ""
        # The last round in which there was such a step.
        root = [named[name] for name, told in done.items() if step.name in told][-1]
        commands = "；".join(f"scoring {_about(one, root)}" for one in step.commands)
        yield f"{number}. {step.name}    {commands}"
        for name, told in done.items():
            if step.name in told:
                yield f"   {_SEASONS[name]}：{told[step.name]}"
        yield f"   看：{step.files.replace('DIR', root)}"
    yield ""
    names = "、".join(path.name for path in year.files)
    two = " ".join(named.values())
    yield f"{len(STEPS) + 1}. 一年    scoring year {two} --weights 0.4,0.6"
    yield f"   看：{year.folder.name}/{names}，schools/ 每校一页 {year.pages} 份"


def _about(command: str, root: str) -> str:
    return command.replace("DIR", root) if "DIR" in command else f"{command} {root}"
