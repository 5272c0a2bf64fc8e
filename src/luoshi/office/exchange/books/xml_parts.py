"""XML of a file that may be hostile: read as a stream, without document types, entities or anything from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from luoshi.office.exchange.books.problems import Problem, Refused

Attributes = dict[str, str]
CHUNK = 1 << 20


def new_parser() -> expat.XMLParserType:
    """A parser that refuses document types, and with them all entities."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.buffer_text = True
    return parser


def parse(parser: expat.XMLParserType, file: IO[bytes]) -> None:
    """Every handler of the parser has been called for the whole file. `Refused` when it is not well-formed."""
    try:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused(Problem("damaged")) from error


def each_element(file: IO[bytes], take: Callable[[str, Attributes], None]) -> None:
    """`take` has been called with the local name and attributes of each element, in order."""
    parser = new_parser()
    parser.StartElementHandler = lambda name, attributes: take(name.rpartition(":")[2], attributes)
    parse(parser, file)


def _refuse(*_: object) -> None:
    raise Refused(Problem("unsafe"))
