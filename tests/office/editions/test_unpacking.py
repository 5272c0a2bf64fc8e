"""Archives and chosen folders: only what the loader reads is taken, and nothing that leads out of the folder."""

import io
import stat
import zipfile

import pytest

from luoshi.office.editions.errors import Unusable
from luoshi.office.editions.unpacking import MOST_NAMES, take_archive, take_folder
from luoshi.rulebook.loading.reading import MOST_FILE_BYTES
from tests.office.editions.packing import zipped

POLICY = {"policy.yaml": b"id: some-pack\n"}
WHOLE = POLICY | {"1-text.md": b"# Text\n", "examples/1-text.md": b"# Examples\n"}


@pytest.mark.parametrize("folder", ["", "pack/", "a/b c/政策包/"])
def test_the_pack_is_found_in_whatever_folder_it_stands(folder: str) -> None:
    taken = take_archive(zipped(WHOLE, folder))
    assert dict(taken.files) == WHOLE
    assert taken.left_out == 0


def test_what_the_loader_does_not_read_is_left_out() -> None:
    others = {
        "README.md": b"x",
        "sample.yaml": b"x",
        "deep/er/2-text.md": b"x",
        "run.sh": b"x",
        "examples/policy.yaml": b"x",
    }
    taken = take_archive(zipped(WHOLE | others))
    assert dict(taken.files) == WHOLE
    assert taken.left_out == len(others)


@pytest.mark.parametrize(
    "name", ["../1-evil.md", "a/../../1-evil.md", "/etc/1-evil.md", "..\\1-evil.md", "C:/1-evil.md", "C:1-evil.md"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("policy.yaml", b"id: x\n")
        archive.writestr(zipfile.ZipInfo(name), b"x")
    with pytest.raises(Unusable) as refused:
        take_archive(io.BytesIO(kept.getvalue()))
    assert refused.value.kind == "path"
    with pytest.raises(Unusable, match="path"):
        take_folder([("policy.yaml", io.BytesIO(b"x")), (name, io.BytesIO(b"x"))])


def test_a_link_is_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("policy.yaml", b"id: x\n")
        link = zipfile.ZipInfo("1-text.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, b"/etc/passwd")
    with pytest.raises(Unusable, match="link"):
        take_archive(io.BytesIO(kept.getvalue()))


def test_a_file_that_unpacks_to_more_than_a_pack_may_hold_is_refused() -> None:
    bomb = zipped(POLICY | {"1-text.md": b"0" * 50_000_000})
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(Unusable) as refused:
        take_archive(bomb)
    assert refused.value.kind == "size"


def test_a_size_that_the_archive_lies_about_does_not_help() -> None:
    content = bytearray(zipped(POLICY | {"1-text.md": b"0" * 2_000_000}).getvalue())
    true, said = (2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    with pytest.raises(Unusable):
        take_archive(io.BytesIO(bytes(content).replace(true, said)))


def test_files_that_are_too_large_together_are_refused() -> None:
    many = {f"{number}-text.md": b"0" * MOST_FILE_BYTES for number in range(1, 6)}
    with pytest.raises(Unusable, match="size"):
        take_archive(zipped(POLICY | many))


def test_too_many_names_are_refused() -> None:
    with pytest.raises(Unusable, match="count"):
        take_archive(zipped(POLICY | {f"x{number}": b"" for number in range(MOST_NAMES)}))


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", zipped(WHOLE).getvalue()[:-30], b"PK\x03\x04" + b"\0" * 60],
    ids=["empty", "text", "cut off", "zeroes"],
)
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(Unusable) as refused:
        take_archive(io.BytesIO(content))
    assert refused.value.kind == "archive"


def test_a_damaged_file_is_refused() -> None:
    content = bytearray(zipped(WHOLE | {"1-text.md": bytes(range(256)) * 40}).getvalue())
    content[120:140] = b"\xff" * 20
    with pytest.raises(Unusable):
        take_archive(io.BytesIO(bytes(content)))


def test_an_encrypted_file_is_refused() -> None:
    kept = zipped(WHOLE)
    content = bytearray(kept.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        content[start + place] |= 1
    with pytest.raises(Unusable, match="locked"):
        take_archive(io.BytesIO(bytes(content)))


@pytest.mark.parametrize("files", [{}, {"1-text.md": b""}, {"a/policy.yaml": b"", "b/policy.yaml": b""}])
def test_there_is_one_policy(files: dict[str, bytes]) -> None:
    with pytest.raises(Unusable, match="policy"):
        take_archive(zipped(files, ""))


def test_two_files_of_one_name_are_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("policy.yaml", b"id: x\n")
        archive.writestr("1-text.md", b"a")
        archive.writestr("1-text.md", b"b")
    with pytest.raises(Unusable, match="twice"):
        take_archive(io.BytesIO(kept.getvalue()))


def test_a_chosen_folder_is_taken_like_an_archive() -> None:
    given = [(f"政策包/{name}", io.BytesIO(content)) for name, content in WHOLE.items()]
    assert dict(take_folder([*given, ("政策包/.DS_Store", io.BytesIO(b""))]).files) == WHOLE
