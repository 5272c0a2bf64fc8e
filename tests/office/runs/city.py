"""A small city of the tests, installed whole."""

from datetime import date
from pathlib import Path

from luoshi.office.runs import installing
from luoshi.office.runs.actions import Adoption
from luoshi.rulebook.loading import find_folder, load_pack
from luoshi.sampling import load_plan, sample

PACK = "lishui-draft"
ADOPTED = Adoption(date(2023, 1, 1), "样办发〔2023〕1号")


def install_city(folder: Path) -> None:
    """Sample the city into a folder and install it."""
    pack = load_pack(PACK, examples=False)
    sample(pack, load_plan(find_folder(PACK), pack), 0.002, 1, folder, lambda register, rows: None)
    installing.install(PACK, folder, ADOPTED, by="tester", keep_doubles=True)
