"""Which files belong to the project: those under version control or about to be."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {"build", "dist"}
BROUGHT = {"__pycache__", "vendor"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project, relative to its root, also in a copy without version control."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else _walked()
    return tuple(sorted(Path(name) for name in names if name and (ROOT / name).is_file()))


def _walked() -> list[str]:
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return [str(path) for path in found if not _made(path)]


def _made(path: Path) -> bool:
    hidden = any(part.startswith(".") and part != ".ci" for part in path.parts[:-1])
    return (
        hidden or path.parts[0] in NOT_OURS or bool(BROUGHT.intersection(path.parts)) or path.suffix in {".mo", ".pyc"}
    )


def below(*folders: str, suffix: str) -> list[Path]:
    """The project's files in some folders, by suffix."""
    return [path for path in tracked() if path.suffix == suffix and path.parts[0] in folders]


def text_of(path: Path) -> str:
    """What a file of the project says."""
    return (ROOT / path).read_text(encoding="utf-8")
