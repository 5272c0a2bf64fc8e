"""Text of LLVM's intermediate language: lines with names and blocks, and division of the widest numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

DIVISION = """define internal i{w} @udiv{w}(i{w} %a, i{w} %b) noinline {{
  %both = or i{w} %a, %b
  %high = lshr i{w} %both, 64
  %small = icmp eq i{w} %high, 0
  br i1 %small, label %short, label %long
short:
  %a64 = trunc i{w} %a to i64
  %b64 = trunc i{w} %b to i64
  %q64 = udiv i64 %a64, %b64
  %wide = zext i64 %q64 to i{w}
  ret i{w} %wide
long:
  %k = phi i32 [ 0, %0 ], [ %k1, %long ]
  %left = phi i{w} [ %a, %0 ], [ %left1, %long ]
  %rest = phi i{w} [ 0, %0 ], [ %rest1, %long ]
  %quotient = phi i{w} [ 0, %0 ], [ %quotient1, %long ]
  %top = lshr i{w} %left, {top}
  %twice = shl i{w} %rest, 1
  %next = or i{w} %twice, %top
  %fits = icmp uge i{w} %next, %b
  %less = sub i{w} %next, %b
  %rest1 = select i1 %fits, i{w} %less, i{w} %next
  %bit = zext i1 %fits to i{w}
  %double = shl i{w} %quotient, 1
  %quotient1 = or i{w} %double, %bit
  %left1 = shl i{w} %left, 1
  %k1 = add i32 %k, 1
  %done = icmp eq i32 %k1, {w}
  br i1 %done, label %end, label %long
end:
  ret i{w} %quotient1
}}
"""
"""The quotient of numbers too wide for the machine: at once where both are small, else bit by bit."""


def divisions(text: str) -> str:
    """The functions that a text calls to divide numbers too wide for the machine."""
    widths = sorted({int(part) for part in _wide_divisions(text)})
    return "\n".join(DIVISION.format(w=width, top=width - 1) for width in widths)


def _wide_divisions(text: str) -> Iterator[str]:
    yield from (line.split("@udiv")[1].split("(")[0] for line in text.splitlines() if "@udiv" in line)


@dataclass
class Lines:
    """Lines of a function and the names given so far."""

    lines: list[str] = field(default_factory=list)
    count: int = 0
    block: str = "entry"

    def name(self, text: str) -> str:
        """Write a line that gives something a name."""
        self.count += 1
        self.lines.append(f"  %v{self.count} = {text}")
        return f"%v{self.count}"

    def say(self, text: str) -> None:
        """Write a line."""
        self.lines.append(f"  {text}")

    def label(self, name: str) -> None:
        """Begin a block."""
        self.block = name
        self.lines.append(f"{name}:")
