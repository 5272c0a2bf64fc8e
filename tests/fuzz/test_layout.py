"""Whatever a document holds: its layout either says the same and stays, or there are findings and nothing changes."""

from __future__ import annotations

from time import perf_counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.formatting.files import format_text
from luoshi.rulebook.model.findings import Findings
from tests.fuzz.material import MARKS, POLICY, blocks, document, spoiled

pytestmark = pytest.mark.fuzz
LONGEST_SECONDS = 3.0
SIGNS = st.sampled_from(
    [*"ab：，。车间 :#-?,[]{}&*!|>'\"%@`\\\n\t~=<._0159", "\u3000", "\x85", "true", "null", "2019-01-01"]
)
TEXTS = st.lists(SIGNS, max_size=12).map("".join)
NAMES = st.one_of(st.sampled_from(["title", "unit", "type", "local", "areas", "zh"]), TEXTS)
TREES = st.recursive(
    st.one_of(TEXTS, st.none()), lambda inner: st.one_of(st.lists(inner), st.dictionaries(NAMES, inner)), max_leaves=12
)
LINES = st.one_of(
    TEXTS, st.sampled_from(["# x", "## 一、条 · c", "- a", "1. a", "    a", "```", "<!--", "-->", "  ", "---"])
)


def judge(text: str, name: str) -> str:
    """The text laid out; what cannot be read stays, and what can be is laid out once and for all."""
    findings, again = Findings(), Findings()
    start = perf_counter()
    after = format_text(text, name, findings)
    assert perf_counter() - start < LONGEST_SECONDS
    assert "PACK-071" not in {finding.code for finding in findings}
    if findings:
        assert after == text
    else:
        assert format_text(after, name, again) == after and not again
    return after


@given(st.lists(spoiled(blocks()), min_size=1, max_size=3))
def test_spoiled_blocks(parts: list[str]) -> None:
    judge(document(parts), "1-fuzz.md")


@given(st.one_of(spoiled((POLICY,)), st.text(max_size=200)))
def test_any_policy(text: str) -> None:
    judge(text, "policy.yaml")


@given(st.one_of(st.text(max_size=200), st.lists(LINES).map("\n".join), st.lists(st.sampled_from(MARKS)).map("".join)))
def test_any_document(text: str) -> None:
    judge(text, "1-fuzz.md")


@given(
    st.dictionaries(TEXTS, TREES, min_size=1),
    st.sampled_from(["parameter", "measure", "example", "norm"]),
    st.sampled_from([True, False, None]),
    st.integers(10, 160),
    st.data(),
)
def test_any_content_with_comments(
    content: object, kind: str, flow: bool | None, width: int, data: st.DataObject
) -> None:
    dumped = yaml.safe_dump(content, default_flow_style=flow, width=width, allow_unicode=True, sort_keys=False)
    lines = []
    for line in dumped.splitlines():
        where = data.draw(st.sampled_from(["none", "none", "above", "beside", "blank"]))
        if where == "above":
            lines.append(" " * data.draw(st.integers(0, 6)) + f"# above {len(lines)}")
        elif where == "blank":
            lines.append("")
        lines.append(f"{line}  # beside {len(lines)}" if where == "beside" else line)
    block = "\n".join(lines)
    judge(document([f"```yaml {kind}\n{block}\n```\n"]), "1-fuzz.md")
