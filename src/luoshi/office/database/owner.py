"""As whom PostgreSQL runs: it refuses to be root, so root gives up its rights for it in one of two ways."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SET_PARENT_DEATH_SIGNAL = 1
MAPPED = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
"""Root seen as an ordinary user: files stay root's own, and no folder has to be opened to anybody."""


@dataclass(frozen=True)
class Owner:
    """How a program of PostgreSQL is called: words before it, or another user whose rights it takes."""

    words: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    def give(self, folder: Path) -> None:
        """Make the folder the owner's."""
        if self.user is not None and self.group is not None:
            os.chown(folder, self.user, self.group)

    def before(self, *, dies_with_us: bool) -> Callable[[], None]:
        """What a child does before it becomes the program."""
        die = dying_with_parent(signal.SIGINT) if dies_with_us else None

        def prepare() -> None:
            if self.user is not None and self.group is not None:
                os.setgroups([])
                os.setgid(self.group)
                os.setuid(self.user)
            if die is not None:
                die()

        return prepare


def dying_with_parent(number: signal.Signals) -> Callable[[], None]:
    """What a child does first, so that it gets a signal when the thread that started it ends, even by kill -9.

    Only Linux knows this; elsewhere the child lives on.
    """
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def ask() -> None:
        if prctl is not None:
            prctl(SET_PARENT_DEATH_SIGNAL, number)

    return ask


@cache
def owner() -> Owner:
    """Whoever runs us; root maps itself where the kernel allows it, else becomes `nobody`."""
    if os.geteuid() != 0:
        return Owner()
    if shutil.which(MAPPED[0]) and subprocess.run([*MAPPED, "true"], check=False, capture_output=True).returncode == 0:
        return Owner(words=MAPPED)
    nobody = pwd.getpwnam("nobody")
    return Owner(user=nobody.pw_uid, group=nobody.pw_gid)
