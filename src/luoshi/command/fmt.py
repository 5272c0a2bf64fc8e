"""`luoshi fmt`: packs in their canonical layout."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click

from luoshi.command import options, output
from luoshi.rulebook.formatting.files import Formatted, format_path, put_in_place
from luoshi.rulebook.wording import msg, say


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("--check", "is_check", is_flag=True, help="只检查 · Change nothing; status 1 if something would.")
@click.option("--diff", "is_diff", is_flag=True, help="显示差别 · Show the differences; change nothing.")
@options.language
@options.as_json
def command(paths: tuple[Path, ...], is_check: bool, is_diff: bool, lang: str, as_json: bool) -> None:
    """统一政策包的排版：标题、段落、区块的键序和写法。不改变内容；读不了的文件保持原样。

    Puts packs into their one layout: headings, paragraphs, order of keys, quotes. What a pack says, comments included,
    stays the same. PATH is a pack's folder or one of its files. A file with findings stays as it is; status 2.
    """
    files = [formatted for path in paths for formatted in format_path(path)]
    changed = [formatted for formatted in files if formatted.is_changed]
    if not (is_check or is_diff):
        for formatted in changed:
            put_in_place(formatted)
    if as_json:
        output.print_json({str(formatted.path): _json(formatted) for formatted in files})
    else:
        _tell(files, changed, lang, is_check=is_check, is_diff=is_diff)
    if any(formatted.findings for formatted in files):
        raise click.exceptions.Exit(output.BAD_INPUT)
    if is_check and changed:
        raise click.exceptions.Exit(1)


def _tell(files: list[Formatted], changed: list[Formatted], lang: str, *, is_check: bool, is_diff: bool) -> None:
    for formatted in files:
        output.print_findings(formatted.findings, lang)
        if formatted.is_changed:
            click.echo("\n".join(_diff(formatted)) if is_diff else str(formatted.path))
    would = msg("{count} of {files} files would be laid out anew")
    done = msg("{count} of {files} files laid out anew")
    click.echo(say(lang, would if is_check or is_diff else done, count=len(changed), files=len(files)))


def _diff(formatted: Formatted) -> Iterator[str]:
    before, after = formatted.before.splitlines(), formatted.after.splitlines()
    return unified_diff(before, after, str(formatted.path), str(formatted.path), lineterm="")


def _json(formatted: Formatted) -> dict[str, object]:
    return {
        "changed": formatted.is_changed,
        "findings": [output.finding_json(finding) for finding in formatted.findings],
    }
