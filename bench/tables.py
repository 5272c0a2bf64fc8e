"""Figures of many runs as Markdown tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from bench.engines import SAMPLED, THREADS


def spread(values: Sequence[float], digits: int = 2) -> str:
    """The median, with the range when there is one."""
    middle = f"{median(values):.{digits}f}"
    if len(values) == 1:
        return middle
    return f"{middle} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def figures_table(runs: Mapping[str, list[dict]], processors: int) -> str:
    """Wall and CPU seconds, peak memory and phases per engine."""
    lines = [
        "| engine | threads | wall s | CPU s | peak MB | phases, wall s (median) |",
        "|---|---|---|---|---|---|",
    ]
    for engine, found in runs.items():
        name = engine.partition("@")[0]
        title = f"{engine}, estimated" if name == SAMPLED else engine
        lines.append(
            f"| {title} | {THREADS.get(name, processors)} | {spread([run['wall'] for run in found])} "
            f"| {spread([run['cpu'] for run in found])} | {max(run['rss'] for run in found):,.0f} | {phases(found)} |"
        )
    return "\n".join(lines)


def phases(found: list[dict]) -> str:
    """The medians of the phases of an engine."""
    names = [name for name in found[0]["phases"] if not name.endswith(".cpu")]
    parts = [f"{name} {median([run['phases'][name] for run in found]):.2f}" for name in names]
    parts += [f"{name} {median([run['notes'][name] for run in found]):.1f}" for name in found[0]["notes"]]
    return ", ".join(parts)


def ratio_table(runs: Mapping[str, list[dict]], base: str) -> str:
    """How many times as long as `base` each engine took in the same round."""
    lines = [f"| against {base} | wall | CPU | peak memory |", "|---|---|---|---|"]
    for engine, found in runs.items():
        if engine == base:
            continue
        pairs = list(zip(found, runs[base], strict=True))
        cells = [spread([one[key] / other[key] for one, other in pairs], 1) for key in ("wall", "cpu", "rss")]
        lines.append(f"| {engine} | {' | '.join(f'{cell}x' for cell in cells)} |")
    return "\n".join(lines)
