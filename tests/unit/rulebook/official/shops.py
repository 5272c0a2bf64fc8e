"""A pack that says what the notice about shops and stalls says."""

from __future__ import annotations

from luoshi.rulebook.model.blocks import Pack
from tests.unit.rulebook.packs import POLICY, try_files

NORM = "```yaml norm\n{letter}: {{kind: scope, force: must, zh: {zh}, en: x}}\n```\n"
SHOPS = f"""# 小店 · Shops

## 前言 · Preface

{NORM.format(letter="a", zh="前言")}
## 一、目标 · Goals

{NORM.format(letter="a", zh="到2022年底建成100个以上")}
## 二、措施 · Support

### （一）补助 · Grants

#### 1. 人数 · People

```yaml parameter
least: {{title: {{zh: 人数, en: people}}, unit: person, 2020-03-05: 5}}
grant: {{title: {{zh: 补助, en: grant}}, unit: CNY, 2020-03-05: 20000.00}}
```

#### 2. 三年 · Three years

满三年，补助6万元。

Three years: 60,000 yuan.

#### 末段 · Funds

{NORM.format(letter="a", zh="县承担")}
### （二）贷款 · Loans

{NORM.format(letter="a", zh="贴息50%")}
## 附则 · Supplementary

{NORM.format(letter="a", zh="市商务局解释")}"""
NOTES = f"""# 通知 · Notice

## 页头 · Header

## 通知 · Notice

{NORM.format(letter="a", zh="印发两个文件")}
## 落款 · Signature

{NORM.format(letter="a", zh="2020年3月5日")}"""
STALLS = f"# 摊点 · Stalls\n\n## 一、范围 · Scope\n\n{NORM.format(letter='a', zh='25个乡镇')}"
FILES = {"policy.yaml": POLICY + "issued: 2020-03-05\n", "0-a.md": NOTES, "1-b.md": SHOPS, "2-c.md": STALLS}


def pack(**files: str) -> Pack:
    """The pack of the three documents, with other texts for some."""
    named = {f"{name[1:]}.md".replace("_", "-"): content for name, content in files.items()}
    loaded = try_files({name: content for name, content in (FILES | named).items() if content})
    assert loaded.pack is not None, loaded.findings
    return loaded.pack
