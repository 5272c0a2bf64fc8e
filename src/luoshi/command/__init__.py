"""The command `luoshi`. Each subcommand is a module of its own, imported only when it is called."""

from luoshi.command.group import main

__all__ = ["main"]
