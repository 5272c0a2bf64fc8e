"""A small city of the tests, installed whole."""

from datetime import date
from pathlib import Path

from django.db import transaction

from luoshi.office.runs import actions, installing
from luoshi.office.runs.actions import Adoption
from luoshi.office.runs.models import Run
from luoshi.rulebook.loading import find_folder, load_pack
from luoshi.sampling import load_plan, sample

PACK = "lishui-draft"
CITY = "3311"
ON = date(2023, 12, 31)
ADOPTED = Adoption(date(2023, 1, 1), "样办发〔2023〕1号")


def install_city(folder: Path) -> None:
    """Sample the city into a folder and install it."""
    pack = load_pack(PACK, examples=False)
    sample(pack, load_plan(find_folder(PACK), pack), 0.002, 1, folder, lambda register, rows: None)
    installing.install(PACK, folder, ADOPTED, by="tester", keep_doubles=True)


def run_city(folder: Path) -> Run:
    """Install the city and run its pack as of `ON`."""
    install_city(folder)
    with transaction.atomic():
        return actions.carry_out(actions.ask(PACK, ON, by="tester").id)
