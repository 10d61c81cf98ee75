"""Whom to ask (附注) and who else receives a paper (抄送), where nobody has set it: room to write.

A paper names nobody on its own; what is left open is seen on the page and filled in with Word.
"""

from __future__ import annotations

from typing import Final

_ROOM: Final = "　" * 8
NO_CONTACT: Final = f"联系人：{_ROOM}电话：{_ROOM}"
NO_COPIES: Final = _ROOM * 2
