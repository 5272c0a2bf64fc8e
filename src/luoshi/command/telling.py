"""A decision told in the terminal."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from luoshi.command.output import console
from luoshi.rulebook.wording import msg, say
from luoshi.rulebook.wording.states import OUTCOMES, STATES

MARKS = {"met": ("✓", "green"), "unmet": ("✗", "red"), "unknown": ("?", "yellow"), "not_applicable": ("–", "dim")}
DISCRETION = {
    "must": msg("due when the conditions are met"),
    "may": msg("may be given; the authority decides"),
    "encouraged": msg("encouraged, not owed"),
}
KINDS = {"fact": msg("fact"), "parameter": msg("local parameter"), "judgement": msg("human judgement")}


def tell(report: dict[str, Any], lang: str) -> None:
    """Print a report of a decision."""
    out = console()
    out.print(Text(f"{report['policy'][lang]}  {report['on']}", "bold"))
    out.print(Text(f"{report['subject']['title'][lang]} {report['subject']['id']}  {report['pack_hash'][:12]}", "dim"))
    if report["simulated"] and not report["in_force"]:
        out.print(Text(say(lang, msg("Simulation: the policy is not in force.")), "yellow"))
    for measure in report["measures"]:
        out.print()
        for line in _measure_lines(measure, lang):
            out.print(line)
    _tell_checks(report["checks"], lang, out)


def _measure_lines(measure: dict[str, Any], lang: str) -> list[Text]:
    lines = [_headline(measure, lang)]
    for condition in measure["conditions"]:
        lines += _condition_lines(condition, lang)
    if measure["arithmetic"] and measure["amount"] is not None:
        lines.append(Text(say(lang, msg("  amount: {words}"), words=measure["arithmetic"][lang])))
    if measure["outcome"] == "eligible":
        lines.append(Text("  " + say(lang, DISCRETION[measure["discretion"]]), "dim"))
    for item in measure["missing"]:
        kind = say(lang, KINDS[item["kind"]])
        lines.append(Text(say(lang, msg("  missing {kind}: {name}"), kind=kind, name=item["title"][lang]), "yellow"))
    if measure["outcome"] == "ineligible":
        would = msg("  would change it: {words}")
        lines += [Text(say(lang, would, words=change[lang])) for change in measure["changes"]]
    for item in measure["assumptions"]:
        lines.append(Text(say(lang, msg("  rests on: {reading}"), reading=item["reading"][lang]), "dim"))
    return lines


def _headline(measure: dict[str, Any], lang: str) -> Text:
    words = say(lang, OUTCOMES[measure["outcome"]])
    amount = f"  {measure['amount']} {measure['unit'] or ''}" if measure["amount"] is not None else ""
    return Text.assemble((f"{measure['title'][lang]}", "bold"), f"  [{measure['clause']}]  ", (words + amount, "bold"))


def _condition_lines(condition: dict[str, Any], lang: str) -> list[Text]:
    mark, style = MARKS[condition["state"]]
    title, requirement = condition["title"][lang], condition["requirement"][lang]
    words = title if title == requirement else say(lang, msg("{title}: {words}"), title=title, words=requirement)
    lines = [Text.assemble((f"  {mark} ", style), words)]
    for value in condition["values"][lang]:
        source = f"  ← {value['source']}" if value["source"] else ""
        lines.append(Text(f"      {value['title']} {value['value']}{source}", "dim"))
    return lines + [Text(f"      {line}", "dim") for line in condition["workings"][lang]]


def _tell_checks(checks: list[dict[str, Any]], lang: str, out: Any) -> None:
    shown = [check for check in checks if check["state"] != "not_applicable"]
    if shown:
        out.print()
        out.print(Text(say(lang, msg("Limits and targets")), "bold"))
    for check in shown:
        mark, style = MARKS[check["state"]]
        state = say(lang, STATES[check["state"]])
        out.print(Text.assemble((f"  {mark} ", style), f"{check['title'][lang]}  [{check['clause']}]  {state}"))
