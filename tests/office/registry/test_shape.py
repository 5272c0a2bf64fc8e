"""From packs to tables: schemas, types, the union of what packs say about shared registers."""

from pathlib import Path

import pytest

from luoshi.office.registry.errors import Refused
from luoshi.office.registry.shape import TableName, short, table_of, tables_of
from luoshi.rulebook.model.blocks import Pack
from tests.office.registry.conftest import written_pack

PERSON = TableName("common", "person")


def test_a_pack_has_a_schema_and_shared_registers_have_another(pack: Pack) -> None:
    assert table_of(pack, "shop").name == TableName("first", "shop")
    assert table_of(pack, "person").name == PERSON


def test_a_shared_register_has_the_fields_of_all_packs(pack: Pack, other: Pack) -> None:
    columns = tables_of([pack, other])[PERSON].columns
    assert {"citizen_id", "moved", "skilled"} <= columns.keys()
    assert "skilled" not in table_of(pack, "person").columns


def test_packs_that_contradict_one_another_are_refused_with_both_places(pack: Pack, tmp_path: Path) -> None:
    wrong = written_pack(tmp_path, "wrong", "3311", "    moved: {type: bool, title: {zh: 迁, en: moved}}")
    with pytest.raises(Refused) as refused:
        tables_of([pack, wrong])
    (problem,) = refused.value.problems
    assert (problem.kind, problem.register, problem.column) == ("shape", "person", "moved")
    assert problem.told == "date in first but yes or no in wrong"


def test_every_type_has_its_storage(pack: Pack) -> None:
    stored = {name: column.storage for name, column in table_of(pack, "shop").columns.items()}
    assert stored == {
        "number": "text",
        "area": 'text COLLATE "C"',
        "owner": "bigint",
        "kind": 'text COLLATE "C"',
        "opened": "date",
        "rent": "numeric(12,2)",
        "staff": "bigint",
        "contact": "bytea",
    }


def test_sensitive_texts_are_encrypted_and_found_by_an_index(pack: Pack) -> None:
    person = table_of(pack, "person")
    assert person.columns["citizen_id"].encrypted and person.key_columns == ("_citizen_id_index",)
    assert person.columns["disabled"].sensitive and not person.columns["disabled"].encrypted


def test_long_names_stay_apart() -> None:
    one, other = short("a" * 70), short("a" * 71)
    assert len(one) == len(other) == 63 and one != other
