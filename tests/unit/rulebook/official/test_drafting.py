"""A new pack from an official text: it loads, its clauses are those of the text, nothing is covered yet."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.coverage import empty_clauses
from luoshi.rulebook.model.findings import Refused
from luoshi.rulebook.official import drafting
from luoshi.rulebook.official.drafting import draft
from tests.unit.rulebook.official.texts import NOTICE, ids, parsed
from tests.unit.rulebook.packs import try_files


def test_a_drafted_pack_loads_with_the_clauses_of_the_text() -> None:
    files = draft(parsed(NOTICE)[0], "shops")
    assert list(files) == ["policy.yaml", "0-notice.md", "1-opinions.md", "2-opinions.md"]
    loaded = try_files(files)
    assert loaded.pack is not None, loaded.findings
    own = [name for name in loaded.pack.clauses if ":" not in name and "/" in name]
    assert own == ids(NOTICE)
    assert empty_clauses(loaded.pack) == own
    assert all(clause.text == () for name, clause in loaded.pack.clauses.items() if ":" not in name)
    policy = loaded.pack.policy
    assert (policy.number, policy.issuer.zh, str(policy.issued), policy.status) == (
        "某市办发〔2020〕7号",
        "某市人民政府办公室",
        "2020-03-05",
        "draft",
    )


def test_hints_say_where_the_text_is_and_which_figures_it_has() -> None:
    document = draft(parsed(NOTICE)[0], "shops")["1-opinions.md"]
    assert (
        "#### 1. 待拟标题 · To be named\n\n<!-- 原文 · text: line 25, 18 字 · signs\n     数字 · figures: 5名、2万元\n"
        in document
    )
    assert "#### 末段 · Closing" in document


def test_a_text_without_title_and_signature() -> None:
    files = draft(parsed("一、甲\n\n第一百条以外。\n\n某市商务局\n\n2020年13月45日")[0], "shops")
    assert list(files) == ["policy.yaml", "1-document.md"]
    assert "issued: null" in files["policy.yaml"]
    assert files["1-document.md"].startswith("# text.txt\n")
    assert 'issuer: {zh: "待填"' in draft(parsed("一、甲")[0], "shops")["policy.yaml"]


def test_headings_of_any_depth_and_number() -> None:
    deep = "第一章 甲\n第一节 乙\n第一条 丙\n一、丁\n（一）戊\n1.己\n第二条 庚"
    long = "\n".join(f"（{number}）条" for number in range(1, 103))
    for text in (deep, long):
        loaded = try_files(draft(parsed(text)[0], "shops"))
        assert loaded.pack is not None, loaded.findings


def test_pages_are_named() -> None:
    from luoshi.rulebook.model.findings import Findings
    from luoshi.rulebook.official.lines import Line, Position
    from luoshi.rulebook.official.parsing import parse_text

    text = parse_text([Line("一、甲", Position("a--b\n.pdf", 4, 2))], "a--b\n.pdf", Findings())
    document = draft(text, "shops")["1-document.md"]
    assert document.startswith("# a-b.pdf\n") and "text: p. 2, line 4" in document


def test_what_is_too_much_for_a_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("MOST_FILES", "MOST_FILE_BYTES"):
        with monkeypatch.context() as patch, pytest.raises(Refused) as refused:
            patch.setattr(drafting, bound, 1)
            draft(parsed(NOTICE)[0], "shops")
        assert [finding.code for finding in refused.value.findings] == ["TEXT-030"]
