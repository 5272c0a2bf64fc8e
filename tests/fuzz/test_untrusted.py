"""Arbitrary packs, expressions and cases: findings, never a traceback, never a side effect, never long."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.cases.case_file import load_case
from luoshi.rulebook.checking.soundness import soundness
from luoshi.rulebook.loading import load_pack, try_load
from luoshi.rulebook.loading.syntax import SyntaxProblem, parse
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding, Refused
from luoshi.rulebook.wording import LANGUAGES
from luoshi.rulebook.wording.catalogue import describe
from tests.fuzz.material import MARKS, POLICY, blocks, document, expressions, spoiled

pytestmark = pytest.mark.fuzz
LONGEST_SECONDS = 2.0


def judge(files: dict[str, str | bytes]) -> list[Finding]:
    """Load and review a pack of these files; every finding must have words, and nothing else may change."""
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "fuzz"
        pack.mkdir()
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            (pack / name).write_bytes(data)
        start = perf_counter()
        loaded = try_load(pack)
        findings = loaded.findings + (soundness(loaded.pack) if loaded.pack else [])
        assert perf_counter() - start < LONGEST_SECONDS
        assert sorted(path.name for path in pack.iterdir()) == sorted(files)
    for finding in findings:
        assert all(all(describe(finding, lang)) for lang in LANGUAGES)
    return findings


@given(st.lists(spoiled(blocks()), min_size=1, max_size=3))
def test_spoiled_blocks(parts: list[str]) -> None:
    judge({"policy.yaml": POLICY, "1-fuzz.md": document(parts)})


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_any_bytes(policy: bytes, text: bytes) -> None:
    assert judge({"policy.yaml": policy, "1-fuzz.md": text})


@given(st.text(max_size=300))
def test_any_policy(text: str) -> None:
    judge({"policy.yaml": POLICY.replace("fuzz", text or "x", 1), "1-fuzz.md": document([text])})


@given(st.one_of(spoiled(expressions()), st.text(max_size=60), st.lists(st.sampled_from(MARKS)).map("".join)))
def test_any_expression(text: str) -> None:
    try:
        parse(text)
    except SyntaxProblem as problem:
        assert problem.facts["column"] >= 1


CASE = """subject: workshop
fields: {area: "621102", certified: true}
rows:
  employment:
    - {times: 5, worker: {registered_poor: true}, start_date: 2019-01-15}
parameters: {count_first_day: true, min_wage: {value: 1.00, by: county, document: 文, area: "621102"}}
judgements: {fund_conditions_met: true}
given: {poor_workers_half_year: 5}
"""


@cache
def real_pack() -> Pack:
    return load_pack("dingxi-2018")


@given(st.one_of(spoiled((CASE,)), st.text(max_size=200)))
def test_any_case(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        pack = real_pack()
        start = perf_counter()
        try:
            load_case(path, pack)
        except Refused as refused:
            assert all(all(describe(finding, "zh")) for finding in refused.findings)
        assert perf_counter() - start < LONGEST_SECONDS
