"""The project stands alone: no path of somebody's machine, no policy written into the code."""

import re

import yaml

from tools.repository import ROOT, below, text_of, tracked

TEXT = [path for path in tracked() if path.suffix not in {".png", ".jpg", ".woff2", ".parquet", ".gz", ".xls"}]
HOMES = ("root", "home", "Users", "opt", "work", "mnt", "srv")
MACHINE_PATH = re.compile(r"(?<![\w.~/:-])/(?:" + "|".join(HOMES) + r")/|\b[A-Z]:\\\\?\w|\bfile://")
PACKS = ROOT / "src" / "luoshi" / "packs"
CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,}")
SHIPPED = below("src", suffix=".py")


def pack_ids() -> set[str]:
    return {folder.name for folder in PACKS.iterdir() if (folder / "policy.yaml").exists()} - {"common"}


def place_names() -> set[str]:
    """The places that packs name: of issuers, of area lists, of titles."""
    names = {"定西", "丽水", "甘肃", "浙江"}
    for table in PACKS.rglob("*.csv"):
        names.update(CHINESE_NAME.findall(table.read_text(encoding="utf-8")))
    for policy in PACKS.glob("*/policy.yaml"):
        issuer = yaml.safe_load(policy.read_text(encoding="utf-8"))["issuer"]["zh"]
        names.update(re.findall(r"[\u4e00-\u9fff]{2,3}?(?=[省市县区])", issuer))
    return names


def test_no_path_of_a_machine() -> None:
    lines = ((path, line) for path in TEXT for line in text_of(path).splitlines())
    assert [f"{path}: {line}" for path, line in lines if MACHINE_PATH.search(line)] == []


def test_packs_were_found() -> None:
    assert pack_ids()


def test_no_policy_in_the_code() -> None:
    words = {name.partition("-")[0] for name in pack_ids()} | place_names()
    named = re.compile("|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in words))
    found = {str(path): sorted(set(named.findall(text_of(path)))) for path in SHIPPED}
    assert {path: names for path, names in found.items() if names} == {}, "what one policy says belongs into its pack"
