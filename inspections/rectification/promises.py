"""Whether what a school calls measures are acts, or only promises: 加强领导、提高认识、今后注意.

Stock phrases, intentions and small words are taken out of a text; what is left names an act. Who
says that something is done is asked for what was done, so there clauses of what is to come count
for nothing either. In doubt a text names an act: whether that is enough, the bureau decides.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_STOCK: Final = (
    "加强培训 强化培训 加强 强化 提高 提升 增强 统一 思想 站位 政治 意识 认识 重视 高度 引起"
    " 充分 认真 对待 整改 改正 纠正 落实 学习 执行 严格 要求 立即 立行立改 马上 尽快 限期 彻底"
    " 积极 逐步 到位 明确 压实 压紧 扛牢 夯实 主体 责任到人 责任心 责任 注意 引以为戒 举一反三"
    " 吸取 教训 杜绝 避免 防止 发生 再次 再犯 类似 问题 此类 情况 情形 现象 确保 保证 做到 做好"
    " 抓好 抓紧 完善 健全 规范 加大 力度 大力 狠抓 进一步 切实 不断 持续 继续 坚决 务必 努力"
    " 今后 以后 将来 将要 将会 及时 工作 有关 相关 规定 制度 管理 学校 我校 我园 本校 本园 全体"
    " 全校 全园 领导 教师 老师 班子 教职工 师生 人员 方面 对此 这个 该项 此项 各项 上级 文件"
    " 精神 标准 检查 监督 监管 管控 教育 督促 宣传 沟通 巡查 虚心 接受 意见 建议 感谢 督导组"
    " 检查组 督导 指导 放心 召开 会议 开会 研究 部署 安排 专人 负责 专班 建立 建章立制 机制"
    " 长效 常态化 全面 深入 排查 对照 自查 反思 剖析 日常 平时 承诺 一定 绝不 决不 不再 出现"
    " 下次 下一步 下步 按照 完毕 完成 已经 近期 近日 正在 计划 准备 打算 争取 早日 支持 理解"
    " 上报 同意 收到 已阅 知晓 照办 不存在 没有 责成 组织"
)
_GONE: Final = re.compile("|".join(sorted(map(re.escape, _STOCK.split()), key=len, reverse=True)))
_SMALL: Final = re.compile(
    r"[一二三四五六七八九十首先其次再者是]{1,2}是|[的了在对和与及并要会将已正把向从为以按照着位地得我们其此该等"
    r"再请好改于无拟由就也都还有\W_]+"
)
_NUMBERED: Final = re.compile(r"(?:^|(?<=[。；;\n]))\s*[(（]?\d{1,2}[、.)）]|20\d\d ?年(?! ?\d)")
"""Numbers that count paragraphs, and years alone: no figure of what was done."""

_TO_COME: Final = re.compile(
    "将于|将在|将会|将要|拟(?![定写制])|计划|打算|准备|争取|承诺|今后|以后|下一步|下步|下学期|下学年|下个月|近期|尽快|再解决|再改"
)
_DONE: Final = re.compile("已|完成|完毕|了")
_CLAUSE: Final = re.compile(r"[，。；;!！\n]+")

_SAYS: Final = 2
"""Characters that are left at least where something is said."""


def only_promises(text: str, *, done: bool = False) -> bool:
    """Returns whether a text names no act; ``done``: it is to say what was done already.

    >>> only_promises("高度重视，加强领导，提高认识，今后注意。")
    True
    >>> only_promises("高度重视；10月9日更换留样柜，由专人登记。")
    False
    >>> only_promises("计划采购冷柜"), only_promises("计划采购冷柜", done=True)
    (False, True)
    """
    plain = _NUMBERED.sub("", unicodedata.normalize("NFKC", text))
    clauses = _CLAUSE.split(plain)
    if done:
        clauses = [one for one in clauses if _DONE.search(one) or not _TO_COME.search(one)]
    return not any(_says(one) for one in clauses)


def _says(clause: str) -> bool:
    left = _SMALL.sub("", _GONE.sub("", clause))
    return len(left) >= _SAYS or any(mark.isdecimal() for mark in clause)
