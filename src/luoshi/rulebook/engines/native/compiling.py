"""From text to machine code, on the machine that runs it; what was compiled before is taken from a folder."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm

from luoshi.rulebook.engines.native.keeping import kept_code

Function = Any
SIGNATURE = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 4, ctypes.c_void_p)


class Library:
    """Compiled kernels by name. The code lives as long as one of them."""

    def __init__(self, code: bytes, names: Iterable[str]) -> None:
        engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine(0))
        engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        engine.finalize_object()
        self.functions: dict[str, Function] = {}
        for name in names:
            self.functions[name] = SIGNATURE(engine.get_function_address(name))
            self.functions[name].code = engine


def library(text: str, names: Iterable[str], folder: Path | None, *, fast: bool) -> Library:
    """The kernels of a text, compiled or, if this machine compiled the same before, taken from the folder.

    Code that is `fast` takes some thirty times longer to make, and pays where there are many rows.
    """
    if folder is None:
        return Library(_code(text, fast=fast), names)
    return Library(kept_code(folder, _fingerprint(text, fast=fast), lambda: _code(text, fast=fast)), names)


def _machine(effort: int) -> Any:
    """The machine that code is made for: this one, with all it can do. Whoever runs code keeps it for good."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_default_triple()
    features = llvm.get_host_cpu_features().flatten()
    return target.create_target_machine(cpu=llvm.get_host_cpu_name(), features=features, opt=effort, jit=True)


def _fingerprint(text: str, *, fast: bool) -> str:
    """What tells code apart: the text, the machine, the compiler, and how much it did."""
    about = [llvmlite.__version__, llvm.get_process_triple(), llvm.get_host_cpu_name(), str(fast)]
    features = llvm.get_host_cpu_features().flatten()
    return hashlib.sha256("\n".join([*about, features, text]).encode()).hexdigest()


def _code(text: str, *, fast: bool) -> bytes:
    """Machine code: checked, and made fast if that is asked for."""
    machine = _machine(2 if fast else 0)
    module = llvm.parse_assembly(text)
    module.verify()
    if fast:
        tuning = llvm.create_pipeline_tuning_options(speed_level=2)
        tuning.slp_vectorization = tuning.loop_unrolling = tuning.loop_interleaving = (
            False  # they cost more than they bring
        )
        builder = llvm.create_pass_builder(machine, tuning)
        builder.getModulePassManager().run(module, builder)
    code: bytes = machine.emit_object(module)
    return code
