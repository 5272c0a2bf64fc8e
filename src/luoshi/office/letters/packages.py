"""Whether an uploaded Word file is harmless: a closed list of parts, no programs, nothing from outside, no bomb."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from luoshi.office.letters.errors import Unfit

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 25 * 1024 * 1024
MOST_XML = 2 * 1024 * 1024
MOST_PARTS = 200
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
KNOWN_TYPES = frozenset(
    {
        MAIN,
        "application/xml",
        "application/vnd.openxmlformats-package.relationships+xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/vnd.openxmlformats-officedocument.obfuscatedFont",
        "image/png",
        "image/jpeg",
        "image/jpg",
        *(
            f"{_WORDS}{name}+xml"
            for name in ("styles", "settings", "webSettings", "fontTable", "numbering", "header", "footer")
        ),
        *(f"{_WORDS}{name}+xml" for name in ("footnotes", "endnotes", "people")),
    }
)
"""What a template may be made of. Programs, embedded files, controls, comments and foreign text are not among it."""
FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
"""Fields that only count pages. Others fetch files, ask questions or start programs."""
FORBIDDEN = frozenset(
    {f"{W}object", f"{W}altChunk", f"{W}control", f"{W}subDoc", f"{W}mailMerge", f"{W}attachedTemplate"}
)

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day of every part of a file that was packed anew: archives know none before."""
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)

Parts = Mapping[str, bytes]


def cleaned(content: bytes) -> bytes:
    """The same document, packed anew from its parts; `Unfit` where it is anything but a harmless Word document."""
    parts = _unpacked(content)
    types = _types(parts)
    if MAIN not in types.values():
        raise Unfit(_("这不是 Word 的 .docx 文件。请在 Word 里另存为 .docx，再上传。"))
    for name, content_type in types.items():
        if content_type not in KNOWN_TYPES:
            raise Unfit(
                _("文件里有不能放进模板的内容：%(part)s。宏、批注、嵌入的文件和控件都要去掉。") % {"part": name}
            )
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            _check_part(name, _parsed(name, part))
    return _packed(parts)


def _unpacked(content: bytes) -> Parts:
    """Every part of the file; sizes are looked at before anything is unpacked."""
    if len(content) > MOST_BYTES:
        raise Unfit(_("模板超过 5 MB。请去掉大图片，再上传。"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.infolist()
            _check_entries(found)
            return {one.filename: _read(archive, one) for one in found if not one.is_dir()}
    except BROKEN as problem:
        raise Unfit(_("文件打不开，可能已损坏，或者设了密码。请在 Word 里另存为 .docx，再上传。")) from problem


def _read(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """A part, never more of it than its entry says: an entry that lies unpacks no further."""
    with archive.open(one) as part:
        content = part.read(one.file_size + 1)
    if len(content) != one.file_size:
        raise zipfile.BadZipFile(one.filename)
    return content


def _packed(parts: Parts) -> bytes:
    """The parts as an archive of their own, the same for the same parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != TYPES, name)):
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), parts[name], zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _check_entries(found: list[zipfile.ZipInfo]) -> None:
    names = [one.filename for one in found]
    is_sound = len(set(map(str.lower, names))) == len(names) and not any(map(_leads_out, names))
    sizes = [one.file_size for one in found]
    xml = [one.file_size for one in found if one.filename.endswith((".xml", ".rels"))]
    if len(found) > MOST_PARTS or sum(sizes) > MOST_UNPACKED or max(xml, default=0) > MOST_XML or not is_sound:
        raise Unfit(_("文件解开以后太大，或者内部不正常。请从默认模板重新做，再上传。"))


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ".." in PurePosixPath(name).parts


def _types(parts: Parts) -> dict[str, str]:
    """What each part says it is."""
    if TYPES not in parts:
        raise Unfit(_("这不是 Word 的 .docx 文件。请在 Word 里另存为 .docx，再上传。"))
    root = _parsed(TYPES, parts[TYPES])
    defaults, named = {}, {}
    for one in root:
        kind = one.get("ContentType") or ""
        if one.get("Extension") is not None:
            defaults[one.get("Extension").lower()] = kind
        elif one.get("PartName") is not None:
            named[one.get("PartName").lstrip("/")] = kind
    found = {name: defaults.get(name.rpartition(".")[2].lower(), "") for name in parts if name != TYPES}
    return found | {name: kind for name, kind in named.items() if name in parts}


def _parsed(name: str, part: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Unfit(_("文件里的 %(part)s 读不出来。请在 Word 里另存为 .docx，再上传。") % {"part": name}) from problem
    if root.getroottree().docinfo.doctype:
        raise Unfit(_("文件里的 %(part)s 不是 Word 写的。请从默认模板重新做，再上传。") % {"part": name})
    return root


def _check_part(name: str, root: Any) -> None:
    if name.endswith(".rels"):
        for one in root.iter("{*}Relationship"):
            if (one.get("TargetMode") or "").lower() == "external" or ":" in (one.get("Target") or ""):
                raise Unfit(_("文件里有指向外面的链接。请取消全部超链接和链接的图片，再上传。"))
        return
    for element in root.iter():
        if element.tag in FORBIDDEN:
            raise Unfit(
                _("文件里有不能放进模板的内容：%(part)s。宏、批注、嵌入的文件和控件都要去掉。") % {"part": name}
            )
    for field in _fields(root):
        if field not in FIELDS:
            raise Unfit(_("文件里有域“%(field)s”。模板里只能用页码一类的域，请删去它再上传。") % {"field": field[:20]})


def _fields(root: Any) -> Iterator[str]:
    """The names of all fields, also of those whose words are spread over several runs, or that lie within others."""
    for one in root.iter(f"{W}fldSimple"):
        yield _name_of(one.get(f"{W}instr") or "")
    words = ""
    for one in root.iter(f"{W}fldChar", f"{W}instrText"):
        if one.tag == f"{W}instrText":
            words += one.text or ""
        elif words.strip():
            yield _name_of(words)
            words = ""
    if words.strip():
        yield _name_of(words)


def _name_of(words: str) -> str:
    found = re.match(r"\s*([^\s\\]*)", words)
    return found.group(1).upper() if found else ""
