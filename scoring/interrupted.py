"""Ctrl-C while the program is still being loaded, which takes a moment: no traceback either."""

from __future__ import annotations

import sys
from types import TracebackType

ABORTED = "已中止：已写好的都完整；再运行一次同样的命令，就接着做完。"


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write(f"{ABORTED}\n")
    else:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _tell
