"""The one program: typer's own words in Chinese, and usage errors with status 2."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

import typer
from rich.columns import Columns
from rich.table import Table
from rich.text import Text
from typer.main import get_command

from rubrics.messages.terminal import print_problems
from scoring.interrupted import ABORTED, heed_no_more, interrupted_status, is_interrupted

USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises on bad usage; it exports only the special cases."""

_CHINESE = re.compile("[\u4e00-\u9fff]")

_PANELS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "ERRORS_PANEL_TITLE": "用法不对",
    "REQUIRED_LONG_STRING": "[必填]",
    "DEFAULT_STRING": "[默认：{}]",
    "ENVVAR_STRING": "[环境变量：{}]",
    "DEPRECATED_STRING": "（不再使用）",
    "ABORTED_TEXT": "已中止。",
    "RICH_HELP": "加 {help_option} 看说明",
}
_USAGE = (
    ("Usage: ", "用法："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 ..."),
)
_TYPES = {
    "str": "文字",
    "int": "整数",
    "float": "数",
    "Path": "路径",
    "path": "路径",
    "date": "日期",
    "bool": "",
}
"""What an option wants, where it has no word of its own; what is only there or not wants none."""

_ERRORS = (
    (r"No such command '(.*)'\.?", r"没有命令“\1”"),
    (r"Missing command\.", "缺少命令"),
    (r"No such option: (\S+?)\.?(?: \(Possible options: (.*)\))?", r"没有选项 \1§\2"),
    (r"Missing (?:argument|option|parameter):? '?([^']*?)'?(?: / .*?)?\.?(?:\s.*)?", r"缺少 \1"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"多出了“\1”"),
    (r"Option '?(\S+?)'? requires (?:an argument|(\d+) arguments)\.?", r"选项 \1 后面要有值"),
    (r"Option '?(\S+?)'? does not take a value\.?", r"选项 \1 后面不能有值"),
    (r"Argument '?(\S+?)'? takes (\d+) values\.?", r"\1 要写 \2 个值"),
    (r"Could not open file '(.*?)': .*", r"打不开文件“\1”"),
    (r"Invalid value for '?([^':]*)'?: (.*[\u4e00-\u9fff].*)", r"\1：\2"),
    (r"Invalid value: (.*[\u4e00-\u9fff].*)", r"\1"),
    (r"Invalid value for '([^']*)': (?:Value (?:error, )?)?'([^']*)' is not one of (.*?)\.?",
     r"\1 不能是“\2”，可以是 \3"),
    (r"Invalid value for '([^']*)': .*valid integer.*", r"\1：要写整数"),
    (r"Invalid value for '([^']*)': .*(?:valid number|valid float).*", r"\1：要写数"),
    (r"Invalid value for '([^']*)': .*valid boolean.*", r"\1：要写 true 或 false"),
    (r"Invalid value for '([^']*)': .*(?:greater than|less than|range).*", r"\1：超出了范围"),
    (r"Invalid value for '([^']*)': \S+ '([^']*)' does not exist\.?", r"\1：没有“\2”"),
    (r"Invalid value for '([^']*)': \S+ '([^']*)' is a file\.?", r"\1：“\2”是文件，要写文件夹"),
    (r"Invalid value for '([^']*)': \S+ '([^']*)' is a directory\.?",
     r"\1：“\2”是文件夹，要写文件"),
    (r"Invalid value for '([^']*)': \S+ '([^']*)' is not (?:readable|writable)\.?",
     r"\1：“\2”没有读写的权限"),
    (r"Invalid value for '([^']*)': (?:Value )?'([^']*)'.*", r"\1 不能是“\2”"),
    (r"Invalid value for '?([^':]*)'?: .*", r"\1 的值不对"),
)  # fmt: skip


class _Folding(Table):
    """A table of the help in which no text is cut: Chinese has no blanks to break a line at."""

    def add_row(self, *cells: Any, **options: Any) -> None:
        """Adds a row; whatever is wider than its column goes on in the next line."""
        super().add_row(*cells, **options)
        for column in self.columns:
            column.overflow = "fold"


class _FoldingParts(Columns):
    """The parts of one help text (the text, the default), none of which is cut."""

    def __init__(self, renderables: Any = None, *more: Any, **options: Any) -> None:
        parts = list(renderables or ())
        for part in parts:
            if isinstance(part, Text):
                part.overflow = "fold"
        super().__init__(parts, *more, **options)


def run(app: typer.Typer) -> None:
    """Runs the program and exits: 2 on bad usage, 130 and 143 interrupted, else as it says."""
    try:
        status = _status(app)
    finally:
        heed_no_more()
    sys.exit(status)


def _status(app: typer.Typer) -> int:
    command = get_command(app)
    _translate(command)
    try:
        status = command.main(prog_name="scoring", standalone_mode=False)
    except USAGE_ERROR as error:
        said: Any = error
        message = in_chinese(said.format_message())
        context = getattr(said, "ctx", None)
        # A group without a command has shown its help, and has nothing more to say.
        if message and context is not None:
            typer.echo(context.get_usage(), err=True)
        if message:
            typer.echo(f"用法不对：{message}。加 --help 看说明。", err=True)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return _broken_off()
    except Exception as error:
        if is_interrupted():
            return _broken_off()
        if isinstance(error, BrokenPipeError):  # whoever read what we print has gone, as `head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        from inspections.ledger.stopping import stopped

        met = stopped(error)
        if met is None:
            raise
        print_problems([met], aside=True)
        return 1
    if is_interrupted():  # typer makes a status of its own of it
        return _broken_off()
    return status if isinstance(status, int) else 0


def _broken_off() -> int:
    heed_no_more()
    typer.echo(ABORTED, err=True)
    return interrupted_status()


def in_chinese(message: str) -> str:
    """Returns what typer says about bad usage in Chinese, whatever it says."""
    if not message.strip():
        return ""
    said, _, like = message.strip().partition(" Did you mean ")
    for pattern, ours in _ERRORS:
        found = re.fullmatch(pattern, said, re.DOTALL)
        if found:
            told, _, possible = found.expand(ours).partition("§")
            # Bare words in quotes: the next line shows how they are typed.
            meant = (like.rstrip("?") or possible).replace("'", "").replace(", ", "、")
            return told + (f"（是不是 {meant}？）" if meant else "")
    # A saying that is new to us: at least the reader learns in Chinese what happened.
    return said if _CHINESE.search(said) else f"命令写得不对（{said}）"


def _translate(command: Any) -> None:
    """Puts the help of a command, and of those below it, into Chinese."""
    usage, option, whole = command.get_usage, command.get_help_option, command.format_help

    def get_usage(context: Any) -> str:
        text: str = usage(context)
        for theirs, ours in _USAGE:
            text = text.replace(theirs, ours)
        return text

    def get_help_option(context: Any) -> Any:
        found = option(context)
        if found is not None:
            found.help = "显示这份说明。"
            _name_type(found)
        return found

    def format_help(context: Any, formatter: Any) -> None:
        from typer import rich_utils

        for name, text in _PANELS.items():
            setattr(rich_utils, name, text)
        # What is wider than its place goes on in the next line; theirs would be cut off.
        for name, folding in (("Table", _Folding), ("Columns", _FoldingParts)):
            setattr(rich_utils, name, folding)
        whole(context, formatter)

    for given in command.params:
        _name_type(given)
    command.get_usage, command.get_help_option = get_usage, get_help_option
    command.format_help = format_help
    for inner in getattr(command, "commands", {}).values():
        _translate(inner)


def _name_type(given: Any) -> None:
    """Has what an option wants told in Chinese."""
    theirs = given.display_type

    def display_type(context: Any) -> str:
        said: str = theirs(context)
        word = _TYPES.get(said.strip("<>").removeprefix("list[").removesuffix("]"))
        return said if word is None else word and f"<{word}>"

    given.display_type = display_type
