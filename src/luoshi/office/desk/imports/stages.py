"""How far an import is, in words and as the steps at the head of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.office.exchange.models import Import

State = Import.State
Words = str | Promise
STATES: Mapping[str, tuple[Words, str]] = {
    State.WAITING: (_("等待检查"), "open"),
    State.CHECKING: (_("正在检查"), "open"),
    State.CHOOSING: (_("请选择工作表"), "open"),
    State.REFUSED: (_("有问题，没有导入"), "late"),
    State.READY: (_("等待接受"), "open"),
    State.UNCHANGED: (_("没有要改的"), "none"),
    State.ACCEPTING: (_("正在写入"), "open"),
    State.ACCEPTED: (_("已导入"), "fine"),
    State.REJECTED: (_("不接受"), "none"),
    State.CANCELLED: (_("已取消"), "none"),
    State.FAILED: (_("出错，没有导入"), "late"),
    State.UNDOING: (_("正在撤销"), "open"),
    State.UNDONE: (_("已撤销"), "none"),
}
"""By state: its word, and the colour of its tag."""
WORK: Mapping[str, Words] = {
    "read": _("正在读文件"),
    "cells": _("正在核对每一列"),
    "stage": _("正在核对每一行"),
    "references": _("正在查找所指的台账"),
    "compare": _("正在和台账比较"),
    "write": _("正在写入台账"),
    "place": _("正在核对所属区划"),
}
"""By step of the work: what is done."""
STEPS: tuple[Words, ...] = (_("交文件"), _("检查"), _("看改动"), _("写入台账"))
REACHED: Mapping[str, int] = {
    State.WAITING: 1, State.CHECKING: 1, State.CHOOSING: 1, State.REFUSED: 1, State.FAILED: 1, State.CANCELLED: 1,
    State.READY: 2, State.UNCHANGED: 2, State.REJECTED: 2, State.ACCEPTING: 3,
    State.ACCEPTED: 4, State.UNDOING: 4, State.UNDONE: 4,
}  # fmt: skip
STOPPED = frozenset({State.REFUSED, State.FAILED, State.CANCELLED, State.REJECTED, State.UNDONE})


@dataclass(frozen=True)
class Step:
    """A step: its word, and whether it is `done`, `now`, `ahead`, or where it `stopped`."""

    word: Words
    state: str


@dataclass(frozen=True)
class Stage:
    """Everything about how far an import is."""

    work: Import

    @property
    def word(self) -> Words:
        """The state."""
        return STATES[self.work.state][0]

    @property
    def tag(self) -> str:
        """The colour of its tag."""
        return STATES[self.work.state][1]

    @property
    def doing(self) -> Words:
        """What is being done."""
        return WORK.get(self.work.step, self.word)

    @property
    def percent(self) -> int | None:
        """Whole percent of the rows of this step; None where they are not counted."""
        return 100 * self.work.done // self.work.total if self.work.total else None

    @property
    def steps(self) -> list[Step]:
        """The steps in their order."""
        reached, stopped = REACHED[self.work.state], self.work.state in STOPPED
        here = "stopped" if stopped else "now"
        states = ["done" if place < reached else here if place == reached else "ahead" for place in range(len(STEPS))]
        if self.work.state == State.UNDONE:
            states[-1] = "stopped"
        return [Step(word, state) for word, state in zip(STEPS, states, strict=True)]
