"""A small city of the tests, installed whole: once in a test process, copies of it from then on."""

import shutil
from datetime import date
from pathlib import Path

from django.db import transaction

from luoshi.office.runs import actions, installing
from luoshi.office.runs.actions import Adoption
from luoshi.office.runs.models import Run
from luoshi.rulebook.loading import find_folder, load_pack
from luoshi.sampling import load_plan, sample
from tests.office.databases import FOLDER, beginning

PACK = "lishui-draft"
CITY = "3311"
ON = date(2023, 12, 31)
ADOPTED = Adoption(date(2023, 1, 1), "样办发〔2023〕1号")


def install_city(folder: Path) -> None:
    """A new database of the module's own begins with the city installed, whose registers lie in the folder."""
    sampled = FOLDER / "city" / "data"
    if not sampled.exists():
        pack = load_pack(PACK, examples=False)
        sample(pack, load_plan(find_folder(PACK), pack), 0.002, 1, sampled, lambda register, rows: None)
    shutil.copytree(sampled, folder)
    beginning("city", lambda: installing.install(PACK, folder, ADOPTED, by="tester", keep_doubles=True))


def with_run(address: str) -> str:
    """An address with the number of the newest run where it says so."""
    return address.replace("{run}", str(Run.objects.latest("id").id)) if "{run}" in address else address


def run_city(folder: Path) -> Run:
    """The run of the city's pack as of `ON`, in a new database of the module's own."""

    def run() -> None:
        install_city(folder)
        with transaction.atomic():
            actions.carry_out(actions.ask(PACK, ON, by="tester").id)

    beginning("city-run", run)
    if not folder.exists():
        shutil.copytree(FOLDER / "city" / "data", folder)
    return Run.objects.get()
