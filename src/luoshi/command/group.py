"""The command group: subcommands are named here and imported when they are used, so that help is instant."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "new": "起草政策包 · Draft a pack from an official text",
    "fmt": "统一排版 · Put packs into their canonical layout",
    "check": "检查政策包 · Check packs: every finding with file, line and clause",
    "coverage": "条款覆盖 · Norms of a pack by kind, covered or not",
    "test": "运行示例 · Run the worked examples of packs on every engine",
    "decide": "判定个案 · Decide one case, with reasons",
    "sample": "生成样本 · Write a synthetic city for a pack",
    "ingest": "整理台账 · Put registers in order once, for many runs",
    "run": "批量判定 · Decide whole registers",
    "simulate": "试算 · What a change would cost, and for whom",
    "install": "装入服务 · Install a pack and its registers into the service",
    "accounts": "开设账号 · Open the accounts of a list",
    "budgets": "下达预算 · Give the budgets of a list",
    "serve": "启动服务 · Run the web service and its jobs",
    "worker": "后台作业 · Run background jobs alone",
    "backup": "备份 · Write the whole database to one file",
    "restore": "恢复 · Put a backup back into a new installation",
    "schema": "格式说明 · Print the JSON Schema of a kind of block, for editors",
}


class Lazy(click.Group):
    """A group whose commands live in modules of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"luoshi.command.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant; a misspelt one gets the nearest name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean: {near[0]}?" if near else f" Commands: {', '.join(COMMANDS)}."
            raise click.UsageError(f"没有这个命令 · No such command: {args[0]}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="luoshi", message="luoshi %(version)s")
def main() -> None:
    """落实：把一份政策文件编成政策包，据以判定、核算、说明理由。

    Luoshi carries a policy out from a pack that a lawyer can read: it checks packs, decides cases with reasons, and
    decides whole registers. PACK is the name of a pack that is shipped or a folder.
    """
