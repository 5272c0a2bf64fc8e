"""`luoshi install`: a pack, its registers and a first run, all of it or nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from luoshi.command import main
from luoshi.office.runs import queries
from luoshi.office.runs.models import Installed, Run

pytestmark = [pytest.mark.usefixtures("apart"), pytest.mark.slow]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("city") / "data"
    sampled = CliRunner().invoke(main, ["sample", "lishui-draft", "--scale", "0.002", "--seed", "1", "--out", str(out)])
    assert sampled.exit_code == 0, sampled.output
    return out


def _install(city: Path, *more: str) -> Result:
    return CliRunner().invoke(
        main, ["install", "lishui-draft", "--data", str(city), "--on", "2023-12-31", "--keep-doubles", "--json", *more]
    )


ADOPTED = ("--adopted", "2023-01-01", "--document", "样办发〔2023〕1号")


def test_an_adopted_draft_is_installed_loaded_and_run(city: Path) -> None:
    told = json.loads(_install(city, *ADOPTED).output)
    assert told["loaded"]["broker"] == told["decided"]["broker"] > 0
    run = queries.newest_run("lishui-draft")
    assert run is not None
    assert queries.figures_of(run, "3311")
    found = queries.adoption_of("lishui-draft")
    assert found is not None
    assert found.adoption == "样办发〔2023〕1号"
    again = _install(city, "--once", *ADOPTED)
    assert (again.exit_code, again.output) == (0, "")
    assert Run.objects.count() == 1


def test_the_same_folder_twice_changes_nothing(city: Path) -> None:
    _install(city, *ADOPTED)
    assert json.loads(_install(city, *ADOPTED).output)["loaded"] == {}


def test_a_draft_that_nobody_adopted_decides_nothing(city: Path) -> None:
    assert _install(city).exit_code == 0
    run = queries.newest_run("lishui-draft")
    assert run is not None
    assert not any(one.eligible or one.undetermined for one in queries.figures_of(run, "").values())


def test_doubles_are_refused_where_nobody_says_to_keep_them(city: Path) -> None:
    told = CliRunner().invoke(main, ["install", "lishui-draft", "--data", str(city), "--on", "2023-12-31"])
    assert told.exit_code == 1
    assert "another row has the same" in told.output
    assert not Installed.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('lishui_draft.broker')")
        assert cursor.fetchone() == (None,)


def test_an_adoption_needs_its_document(city: Path) -> None:
    told = _install(city, "--adopted", "2023-01-01")
    assert told.exit_code == 2
    assert "--document" in told.output
