"""Who decided and by which document, as papers for everybody may say it: never a person's name.

Names cannot be told from other words, so it goes the other way round: only what consists wholly of
the words for posts, offices and meetings is printed.
"""

from __future__ import annotations

import re
from typing import Final

from rubrics.messages.plain_text import one_line

_WORDS: Final = (
    "教育体育局|教育和体育局|教育局|教体局|教育行政部门|人民政府|政府|县委|区委|市委|"
    "党委会|党委|党组会|党组|党总支|党支部|局务会|办公会议|办公会|联席会议|专题会议|专题会|会议|会|"
    "教育督导委员会|督导委员会|督导委|委员会|领导小组|领导班子|工作组|领导|小组|班子|"
    "总督学|督学|督导室|督导科|督导股|办公室|局长|主任|书记|科长|股长|处长|组长|"
    "副|总|常务|分管|主要|负责人|负责同志|人事|基础教育|机关|安全|管理|食品|校园|"
    "纪检监察|纪检|监察|派驻|教育|督导|党建|工作|主持|扩大|集体|研究|审定|批准|签批|"
    "局|科|股|室|处|县|市|区|省|组|第|届|次|年|月|日|和|、|（|）|"
    "0|1|2|3|4|5|6|7|8|9|一|二|三|四|五|六|七|八|九|十"
)
# The longest word first, and none is tried again: a text is gone through once.
_POST: Final = re.compile(f"(?>{'|'.join(sorted(_WORDS.split('|'), key=len, reverse=True))})++")
_PLACE: Final = re.compile("^.{1,6}?[县市区旗州]")
_DOCUMENT: Final = re.compile(
    r"([\u4e00-\u9fff]{1,12})[〔\[［（(【](\d{4})[〕\]］）)】]第?(\d{1,5})(号|期)"
)


def post_of(text: str, bureau: str = "") -> str:
    """Returns a post, an office or a meeting as it may be printed; empty where a name may be in it.

    ``bureau``: what the bureau is called, so that its county is no strange word.

    >>> post_of("青禾县教育局党组会", "青禾县教育局"), post_of("局长王某某", "青禾县教育局")
    ('青禾县教育局党组会', '')
    """
    said = "".join(one_line(text).split())
    left = said.replace(bureau, "") if bureau else said
    place = _PLACE.match(bureau)
    if place is not None:
        left = left.replace(place[0], "")
    return said if said and (not left or _POST.fullmatch(left)) else ""


def document_of(text: str) -> str:
    """Returns the number of a document as it is written; empty where it is none.

    >>> document_of("青教[2026] 18号"), document_of("见王某某处分决定")
    ('青教〔2026〕18号', '')
    """
    found = _DOCUMENT.fullmatch("".join(one_line(text).split()))
    return f"{found[1]}〔{found[2]}〕{found[3]}{found[4]}" if found else ""
