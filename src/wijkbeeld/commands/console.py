"""What all commands write with, and how they read a day and a month."""

import os
import sys
from datetime import date
from typing import NoReturn

import typer
from rich.console import Console

from wijkbeeld import environment
from wijkbeeld.language import say
from wijkbeeld.screen import plain

if complaint := environment.complaint():
    # Here, because what commands say of themselves is in the language that was set.
    sys.exit(complaint)

OUT = Console()
if not OUT.is_terminal and "COLUMNS" not in os.environ:
    # What reads a pipe has no edge, and 80 characters would be taken for one.
    OUT.width = 160
ERR = Console(stderr=True)


def day(text: str) -> date:
    """Read a day, or fail."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(say("{day} is geen dag; schrijf bijvoorbeeld 2026-11-26", day=text))


def first_day(month: str) -> date:
    """Read a month, such as 2026-10, or fail."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        fail(say("{month} is geen maand; schrijf bijvoorbeeld 2026-10", month=month))


def tell(text: str) -> None:
    """Write a line as it is."""
    OUT.print(plain(text), soft_wrap=True)


def fail(reason: str) -> NoReturn:
    """Say what is wrong, and end the command with exit code 1."""
    ERR.print(plain(reason), style="red", soft_wrap=True)
    raise typer.Exit(1)
