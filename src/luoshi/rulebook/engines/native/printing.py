"""Kernels as text of LLVM's intermediate language: one short rule per operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from luoshi.rulebook.engines.native.assembly import Lines, divisions
from luoshi.rulebook.engines.native.forging import BIT, BYTE, COMPARED, WORD, Column, Expr
from luoshi.rulebook.engines.native.kernels import (
    BLOCK,
    Entry,
    Kernel,
    Layout,
    Store,
    Tally,
    Unit,
    below,
    memory_width,
    together,
)

ARGUMENTS = "i64 %lo, i64 %hi, i64 %from, i64 %to, ptr %buffers"


@dataclass(frozen=True)
class Printed:
    """A kernel as text: what it needs the addresses of, in order, and bytes of memory for what is kept of a block."""

    text: str
    buffers: Sequence[str | Column]
    scratch: int


def module_text(kernels: Sequence[Kernel], layout: Layout) -> tuple[str, dict[str, Printed]]:
    """The text of all kernels together, and each by name."""
    printed = {kernel.name: _Printer(kernel, layout).printed() for kernel in kernels}
    body = "\n".join(item.text for item in printed.values())
    return f"{divisions(body)}\n{body}", printed


class _Printer:
    """Prints one kernel: a function that goes through the blocks, and one that does the loops of a block."""

    def __init__(self, kernel: Kernel, layout: Layout) -> None:
        self.kernel, self.layout = kernel, layout
        self.buffers = kernel.buffers()
        self.names: dict[str | Column, str] = {item: f"%c{place}" for place, item in enumerate(self.buffers)}
        self.kept = kernel.kept()
        self.kept_names = {expr: f"%t{place}" for place, expr in enumerate(self.kept)}
        self.out = Lines()
        self.loops = 0

    def printed(self) -> Printed:
        """The text of the kernel."""
        inner = self._inner()
        offsets, scratch = [], 0
        for expr in self.kept:
            offsets.append(scratch)
            scratch += BLOCK * memory_width(expr) // 8
        return Printed(self._outer(offsets) + inner, self.buffers, scratch)

    def _parameters(self) -> list[str]:
        return [*(self.names[item] for item in self.buffers), *self.kept_names.values()]

    def _outer(self, offsets: list[int]) -> str:
        """The function that is called: rows from `lo` on and before `hi`, block by block."""
        lines = [f"define void @{self.kernel.name}({ARGUMENTS}) {{", "entry:", "  %scratch = load ptr, ptr %buffers"]
        for place, item in enumerate(self.buffers):
            lines.append(f"  %a{place} = getelementptr ptr, ptr %buffers, i64 {place + 1}")
            lines.append(f"  {self.names[item]} = load ptr, ptr %a{place}")
        for name, offset in zip(self.kept_names.values(), offsets, strict=True):
            lines.append(f"  {name} = getelementptr i8, ptr %scratch, i64 {offset}")
        given = ", ".join(f"ptr {name}" for name in self._parameters())
        return "\n".join(
            [
                *lines,
                "  %some = icmp slt i64 %lo, %hi",
                "  br i1 %some, label %blocks, label %end",
                "blocks:",
                "  %start = phi i64 [ %lo, %entry ], [ %next, %blocks ]",
                f"  %next = add i64 %start, {BLOCK}",
                "  %more = icmp slt i64 %next, %hi",
                "  %stop = select i1 %more, i64 %next, i64 %hi",
                "  %rows = sub i64 %stop, %start",
                f"  call void @{self.kernel.name}.block(i64 %start, i64 %rows, i64 %from, i64 %to, {given})",
                "  br i1 %more, label %blocks, label %end",
                "end:",
                "  ret void",
                "}",
                "",
            ]
        )

    def _inner(self) -> str:
        given = ", ".join(f"ptr noalias {name}" for name in self._parameters())
        ranges = "i64 %start, i64 %rows, i64 %from, i64 %to"
        head = f"define internal void @{self.kernel.name}.block({ranges}, {given}) noinline nounwind {{"
        self.out.lines.append("entry:")
        kept, units = together(self.kept, lambda expr: [expr], self.kept), self.kernel.units
        bodies = [partial(self._keep, exprs) for exprs in kept]
        bodies += [partial(self._units, group) for group in together(units, Unit.unguarded, self.kept)]
        bodies += [partial(self._tally, tally) for tally in self.kernel.tallies]
        for body in bodies:
            self._loop(body)
        return "\n".join([head, *self.out.lines, "  ret void", "}", ""])

    def _loop(self, body: Callable[[], None]) -> None:
        """A loop over the rows of the block."""
        self.loops += 1
        number, before, out = self.loops, self.out.block, self.out
        out.say(f"br label %l{number}")
        out.label(f"l{number}")
        place = len(out.lines)
        out.say("")
        out.say(f"%i{number} = add i64 %start, %j{number}")
        body()
        out.say(f"%n{number} = add nuw nsw i64 %j{number}, 1")
        out.say(f"%m{number} = icmp ult i64 %n{number}, %rows")
        out.say(f"br i1 %m{number}, label %l{number}, label %x{number}")
        out.lines[place] = f"  %j{number} = phi i64 [ 0, %{before} ], [ %n{number}, %{out.block} ]"
        out.label(f"x{number}")

    def _keep(self, exprs: Sequence[Expr]) -> None:
        values = self._values(exprs, makes=exprs)
        for expr in exprs:
            self._write(f"ptr {self.kept_names[expr]}", f"%j{self.loops}", expr, values[expr])

    def _write(self, pointer: str, place: str, expr: Expr, value: str) -> None:
        width = memory_width(expr)
        if expr.width == BIT:
            value = self.out.name(f"zext i1 {value} to i8")
        address = self.out.name(f"getelementptr i{width}, {pointer}, i64 {place}")
        self.out.say(f"store i{width} {value}, ptr {address}, align {_alignment(width)}")

    def _units(self, units: Sequence[Unit]) -> None:
        """Units without a guard, or one with a guard."""
        unit, number, out = units[0], self.loops, self.out
        if unit.guard is None:
            self._stores([item for of in units for item in of.stores])
            return
        test = self._values([unit.guard])[unit.guard]
        out.say(f"br i1 {test}, label %y{number}, label %z{number}")
        out.label(f"y{number}")
        self._stores(unit.stores)
        out.say(f"br label %w{number}")
        out.label(f"z{number}")
        self._stores(unit.otherwise)
        out.say(f"br label %w{number}")
        out.label(f"w{number}")

    def _stores(self, stores: Sequence[Store]) -> None:
        values = self._values([item.expr for item in stores])
        for item in stores:
            self._write(f"ptr {self.names[item.column]}", f"%i{self.loops}", item.expr, values[item.expr])

    def _tally(self, tally: Tally) -> None:
        """Rows whose owner lies in the range asked for are added to the cells of its record."""
        number, out = self.loops, self.out
        owner = self._values([tally.owner])[tally.owner]
        row = out.name(f"sext i32 {owner} to i64")
        high = out.name(f"icmp sge i64 {row}, %from")
        low = out.name(f"icmp slt i64 {row}, %to")
        inside = out.name(f"and i1 {high}, {low}")
        out.say(f"br i1 {inside}, label %y{number}, label %w{number}")
        out.label(f"y{number}")
        values = self._values(tally.exprs()[1:])
        start = out.name(f"mul i64 {row}, {self.layout.sizes[tally.record]}")
        base = out.name(f"getelementptr i8, ptr {self.names[tally.record]}, i64 {start}")
        for entry in tally.entries:
            self._entry(base, entry, values[entry.picked], None if entry.value is None else values[entry.value])
        out.say(f"br label %w{number}")
        out.label(f"w{number}")

    def _entry(self, base: str, entry: Entry, picked: str, value: str | None) -> None:
        """Add a row to one cell."""
        out, kind = self.out, f"i{entry.column.width}"
        address = out.name(f"getelementptr i8, ptr {base}, i64 {self.layout.offsets[entry.column]}")
        align = _alignment(entry.column.width)
        before = out.name(f"load {kind}, ptr {address}, align {align}")
        if value is None or entry.value is None:
            one = out.name(f"zext i1 {picked} to {kind}")
            after = out.name(f"{'or' if entry.function == 'some' else 'add'} {kind} {before}, {one}")
        elif entry.function == "sum":
            fitted = self._cast(value, entry.value.width, entry.column.width)
            added = out.name(f"select i1 {picked}, {kind} {fitted}, {kind} 0")
            after = out.name(f"add {kind} {before}, {added}")
        else:
            after = self._extreme(base, entry, picked, self._cast(value, entry.value.width, entry.column.width), before)
        out.say(f"store {kind} {after}, ptr {address}, align {align}")

    def _extreme(self, base: str, entry: Entry, picked: str, value: str, before: str) -> str:
        """The smaller or larger of what was seen and the value; the first picked is taken as it is."""
        assert entry.seen is not None
        out, kind = self.out, f"i{entry.column.width}"
        flag = out.name(f"getelementptr i8, ptr {base}, i64 {self.layout.offsets[entry.seen]}")
        seen = out.name(f"load i8, ptr {flag}, align 1")
        first = out.name(f"icmp eq i8 {seen}, 0")
        better = out.name(f"icmp {'slt' if entry.function == 'min' else 'sgt'} {kind} {value}, {before}")
        either = out.name(f"or i1 {first}, {better}")
        taken = out.name(f"and i1 {either}, {picked}")
        return out.name(f"select i1 {taken}, {kind} {value}, {kind} {before}")

    def _cast(self, value: str, width: int, wanted: int) -> str:
        if width == wanted:
            return value
        op = "trunc" if wanted < width else "sext"
        return self.out.name(f"{op} i{width} {value} to i{wanted}")

    def _values(self, exprs: Sequence[Expr], makes: Sequence[Expr] = ()) -> dict[Expr, str]:
        """The names of the values of expressions; what is kept is read, but for what is made just now."""
        kept = set(self.kept).difference(makes)
        found: dict[Expr, str] = {}
        for expr in below(exprs, kept):
            found[expr] = self._read(expr) if expr in kept else self._made(expr, found)
        return found

    def _read(self, expr: Expr) -> str:
        width = memory_width(expr)
        address = self.out.name(f"getelementptr i{width}, ptr {self.kept_names[expr]}, i64 %j{self.loops}")
        cell = self.out.name(f"load i{width}, ptr {address}, align {_alignment(width)}")
        return self.out.name(f"icmp ne i8 {cell}, 0") if expr.width == BIT else cell

    def _made(self, expr: Expr, values: dict[Expr, str]) -> str:
        args = [values[arg] for arg in expr.args]
        rule = _RULES.get(expr.op)
        if rule is not None:
            return rule(self, expr, args)
        op = f"icmp {expr.op}" if expr.op in COMPARED else expr.op
        return self.out.name(f"{op} i{expr.args[0].width} {', '.join(args)}")

    def _const(self, expr: Expr, args: list[str]) -> str:
        return str(expr.value)

    def _row(self, expr: Expr, args: list[str]) -> str:
        return self.out.name(f"trunc i64 %i{self.loops} to i32")

    def _load(self, expr: Expr, args: list[str]) -> str:
        return self._cell(expr, f"%i{self.loops}")

    def _gather(self, expr: Expr, args: list[str]) -> str:
        return self._cell(expr, self.out.name(f"zext i32 {args[0]} to i64"))

    def _cell(self, expr: Expr, row: str) -> str:
        column, out = expr.column, self.out
        assert column is not None
        if column.record is None:
            address = out.name(f"getelementptr i{column.width}, ptr {self.names[column]}, i64 {row}")
        else:
            start = out.name(f"mul i64 {row}, {self.layout.sizes[column.record]}")
            place = out.name(f"add i64 {start}, {self.layout.offsets[column]}")
            address = out.name(f"getelementptr i8, ptr {self.names[column.record]}, i64 {place}")
        return out.name(f"load i{column.width}, ptr {address}, align {_alignment(column.width)}")

    def _select(self, expr: Expr, args: list[str]) -> str:
        kind = f"i{expr.width}"
        return self.out.name(f"select i1 {args[0]}, {kind} {args[1]}, {kind} {args[2]}")

    def _convert(self, expr: Expr, args: list[str]) -> str:
        return self.out.name(f"{expr.op} i{expr.args[0].width} {args[0]} to i{expr.width}")

    def _divide(self, expr: Expr, args: list[str]) -> str:
        kind = f"i{expr.width}"
        if expr.width <= WORD:
            return self.out.name(f"udiv {kind} {args[0]}, {args[1]}")
        return self.out.name(f"call {kind} @udiv{expr.width}({kind} {args[0]}, {kind} {args[1]})")


def _alignment(width: int) -> int:
    return min(width, WORD) // BYTE


_RULES: dict[str, Callable[[_Printer, Expr, list[str]], str]] = {
    "const": _Printer._const,
    "row": _Printer._row,
    "load": _Printer._load,
    "gather": _Printer._gather,
    "select": _Printer._select,
    "udiv": _Printer._divide,
    **dict.fromkeys(("sext", "zext", "trunc"), _Printer._convert),
}
