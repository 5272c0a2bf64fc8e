"""A small pack on disk with a case and registers, and ways to call the command."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from luoshi.command import main
from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.loading import load_pack
from tests.unit.rulebook.packs import case_of, write_pack

BLOCKS = """norm
a: {kind: measure, force: may, by: [stable-grant, least, grant, half, share, tone], zh: 可以补助, en: may be granted}
b: {kind: deadline, force: must, because: BOTH, zh: 期限, en: a deadline}
--- measure
stable-grant:
  title: {zh: 稳定补助, en: stability grant}
  for: thing
  conditions:
    big: {when: size >= $least, title: {zh: 够大, en: big enough}}
    strictly: good or not $strict
    paid: judged
  amount: price * 2
  frequency: once
  discretion: may
local-share:
  title: {zh: 贴息, en: interest grant}
  for: thing
  conditions: {good: good}
  amount: price * $share
  frequency: once
  discretion: must
--- award
best:
  title: {zh: 评优, en: best thing}
  for: thing
  conditions: {big: size > 1}
  prize: $grant
  quota: 2
  frequency: yearly
  discretion: may
open-award:
  title: {zh: 不限名额, en: open award}
  for: thing
  conditions: {big: size > 1}
  frequency: yearly
  discretion: may
--- fact
judged: {of: thing, judgement: bool, by: {zh: 评审组, en: the panel}, title: {zh: 审定, en: verdict}}
--- limit
cap: {title: {zh: 上限, en: the cap}, of: thing, holds: {below: size < 10}, force: hard}
when-blue: {title: {zh: 蓝色, en: blue only}, of: thing, when: colour = 'blue', holds: {below: size < 10}, force: hard}
--- example
T1: {as_of: 2019-07-14, subject: thing, fields: {size: 6}, expect: {cap: met, best: {outcome: eligible}}}
"""
BROKEN = "fund\nm: {title: BOTH, payer: nobody}\nn: {payer: city}\n"
CASE = """subject: thing
fields: {size: 6, price: 1.50, good: true, firm: {area: "331124"}}
judgements: {judged: true}
"""
ROWS = """rows:
  area: {"331124": {name: 缙云}, "331125": {}}
  firm: {f: {area: "331124"}, g: {area: "331125"}}
  thing:
    a: {size: 6, price: 1.50, good: true, judged: true, firm: f, colour: blue}
    b: {size: 2, price: 2.00, good: false, judged: true, firm: g}
    c: {price: 2.00, good: true, firm: f}
"""


@pytest.fixture(autouse=True, scope="session")
def _kept_code(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What commands compile is kept for the tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_pack(tmp_path_factory.mktemp("packs") / "tiny", BLOCKS))


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_pack(tmp_path_factory.mktemp("packs") / "broken", BROKEN))


@pytest.fixture
def case(tmp_path: Path) -> Callable[[str], str]:
    """A case file with this text."""

    def write(text: str = CASE) -> str:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def data(pack: str, tmp_path: Path) -> Path:
    """A folder of registers."""
    folder = tmp_path / "data"
    folder.mkdir()
    loaded = load_pack(pack)
    for register, table in to_tables(loaded, case_of(loaded, ROWS).store.rows).items():
        pq.write_table(table, folder / f"{register}.parquet")
    return folder


@pytest.fixture
def luoshi() -> Callable[..., Result]:
    """The command, called in this process; nothing it does wrong is swallowed."""

    def call(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command, called as people call it."""

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("luoshi")), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    return call
