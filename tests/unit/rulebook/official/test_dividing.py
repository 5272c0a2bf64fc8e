"""A notice and the documents that it prints."""

from __future__ import annotations

from tests.unit.rulebook.official.texts import NOTICE, parsed


def test_a_notice_prints_others() -> None:
    text, findings = parsed(NOTICE)
    assert [(document.number, document.title) for document in text.documents] == [
        (0, "关于印发两个实施意见的通知"),
        (1, "关于扶持小店的实施意见"),
        (2, "关于扶持摊点的实施意见"),
    ]
    assert findings == []


def test_one_document() -> None:
    text, _ = parsed("关于扶持小店的实施意见\n\n一、目标\n\n见《小店管理办法》。\n\n小店管理办法\n\n二、措施\n")
    assert [(document.number, len(document.clauses)) for document in text.documents] == [(1, 2)]


def test_attachments_begin_documents() -> None:
    text, _ = parsed("关于小店的通知\n\n请执行。\n\n附件1\n\n小店管理办法\n\n一、目标\n\n附件\n\n完。")
    assert [document.title for document in text.documents] == ["关于小店的通知", "小店管理办法"]


def test_repeated_titles_are_passed_over() -> None:
    text, findings = parsed("《关于小店的通知》\n\n某市发〔2018〕7号\n\n关于小店的通知\n\n一、目标")
    assert [document.title for document in text.documents] == ["关于小店的通知"]
    assert findings == [("TEXT-014", 5)]


def test_no_text_at_all() -> None:
    text, findings = parsed("")
    assert (len(text.documents), findings) == (1, [])
