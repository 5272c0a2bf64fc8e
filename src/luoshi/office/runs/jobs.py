"""The jobs of runs, for the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from luoshi.office.runs import actions


@app.task(name="runs.carry_out", queue="runs")
def carry_out(run_id: int) -> None:
    """Carry out a run that was asked for."""
    actions.carry_out(run_id)
