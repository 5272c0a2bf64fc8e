"""`luoshi new`: the folder of a pack, drafted from an official text."""

from __future__ import annotations

import re
from pathlib import Path

import click

from luoshi.command import options, output
from luoshi.rulebook.model.findings import Finding, Refused, Where
from luoshi.rulebook.official.drafting import draft
from luoshi.rulebook.official.outline import OfficialText
from luoshi.rulebook.official.parsing import read_text
from luoshi.rulebook.wording import msg, say

NAME = re.compile(r"(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not NAME.fullmatch(value):
        raise click.BadParameter(f"{value!r} 请写成 town-grants-2020 · write it like town-grants-2020")
    return value


@click.command()
@click.argument("pack_name", metavar="PACK", callback=_name)
@click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    help="官方文本 · File of the official text: .txt, .docx or .pdf.",
)
@click.option(
    "--out",
    default=".",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="上级目录 · Folder in which the pack's folder is made.",
)
@options.language
@options.as_json
def command(pack_name: str, source: Path, out: Path, lang: str, as_json: bool) -> None:
    """从官方文本起草政策包：标题和条款编号就位，释义和区块待填。不覆盖已有目录。

    Drafts a pack from an official text: headings and clause ids in place, paraphrases and blocks to be filled in. What
    was repaired in the text is listed. Overwrites nothing.
    """
    try:
        text, findings = read_text(source)
        files = draft(text, pack_name)
        _write(out / pack_name, files)
    except Refused as refused:
        output.refuse(refused.findings, lang, as_json=as_json)
    if as_json:
        output.print_json(_json(out / pack_name, list(files), text, findings))
        return
    output.print_findings(findings, lang)
    columns = [say(lang, word) for word in (msg("document"), msg("title"), msg("clauses"))]
    rows = [(document.number, document.title, len(document.clauses)) for document in text.documents]
    output.print_table(say(lang, msg("Drafted the pack in {folder}"), folder=out / pack_name), columns, rows)
    click.echo(say(lang, msg("Fill it in, and look at it with: luoshi check {folder}"), folder=out / pack_name))


def _write(folder: Path, files: dict[str, str]) -> None:
    """The files in a new folder; `Refused` when it is there already."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise Refused([Finding("TEXT-031", Where(folder.name), {"folder": str(folder)})]) from None
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def _json(folder: Path, files: list[str], text: OfficialText, findings: list[Finding]) -> dict[str, object]:
    return {
        "folder": str(folder),
        "files": files,
        "documents": [
            {"number": document.number, "title": document.title, "clauses": [clause.id for clause in document.clauses]}
            for document in text.documents
        ],
        "findings": [output.finding_json(finding) for finding in findings],
    }
