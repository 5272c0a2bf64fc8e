"""The lock names releases, and nobody's registry."""

import re
import tomllib

from tools.repository import text_of

RELEASE = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)==[0-9][\w.+!]*( ; .+)?")
LINES = text_of("constraints.txt").splitlines()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_line_is_a_release() -> None:
    assert LINES
    for line in LINES:
        assert RELEASE.fullmatch(line), line
        assert "://" not in line and "@" not in line, line


def test_everything_asked_for_is_locked() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    asked = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    locked = {match["name"] for match in map(RELEASE.fullmatch, LINES) if match}
    assert {canonical(re.split(r"[<>=!~;\[ ]", wish)[0]) for wish in asked} <= locked


def test_the_build_uses_the_locked_releases() -> None:
    wishes = tomllib.loads(text_of("pyproject.toml"))["build-system"]["requires"]
    assert set(wishes) <= set(LINES)
