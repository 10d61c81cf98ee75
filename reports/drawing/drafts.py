"""The template of a draw: its record, one page."""

from __future__ import annotations

from reports.official.draft import Cell, Draft


def record() -> Draft:
    """双随机抽取记录: from what, how, what came out of each stratum, and who signs."""
    made = Draft("双随机抽取记录")
    made.title("{{ 标题 }}")
    made.table(
        [Cell("项目", 1.3, "{{ 行.项目 }}"), Cell("内容", 9, "{{ 行.内容 }}", centred=False)],
        "行",
        "栏目",
    )
    made.say("各层抽取结果", "表题")
    made.table(
        [
            Cell("次别", 1.8, "{{ 行.次别 }}"),
            Cell("层", 3.9, "{{ 行.层 }}", centred=False),
            Cell("名单库", 1.3, "{{ 行.库 }}"),
            Cell("应抽", 1.1, "{{ 行.应抽 }}"),
            Cell("抽中", 1.1, "{{ 行.抽中 }}"),
            Cell("每所的机会", 2.9, "{{ 行.机会 }}"),
        ],
        "行",
        "行们",
    )
    made.say(
        "抽取人签字：　　　　　　　　见证人签字：　　　　　　　　年　　月　　日", "表注", keep=True
    )
    made.say("{{ 署名 }}（盖章）", "表注")
    return made


DRAFTS = {"双随机抽取记录.docx": record}
