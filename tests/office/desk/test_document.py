"""A document with its margin, from a pack and how it stands."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.office.desk.document import ClauseView, DocumentView, documents, find_document, first_document
from luoshi.office.desk.margin import TargetEntry
from luoshi.office.desk.standing import Light, Standing
from luoshi.office.desk.wording import Sum
from luoshi.office.runs.queries import Figures, States
from luoshi.rulebook.inputs.settings import LocalValue, Settings
from luoshi.rulebook.loading import load_pack
from luoshi.rulebook.model.blocks import Pack

PACK_NAME, GRANT, TARGET = "dingxi-2018", "stable-employment-half-year", "workshops-certified"
COUNTY, CITY = "621123", "6211"
BEFORE, AFTER = date(2019, 12, 31), date(2021, 1, 1)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACK_NAME, examples=False)


def _shown(pack: Pack, number: str = "1", lang: str = "zh", **stands) -> DocumentView:
    area, on = stands.pop("area", COUNTY), stands.pop("on", BEFORE)
    settings = Settings(pack, on, stands.pop("local", ()))
    shown = find_document(pack, number, Standing(area, on, settings, True, **stands), lang)
    assert shown is not None
    return shown


def _clause(shown: DocumentView, name: str) -> ClauseView:
    return next(clause for clause in shown.clauses if clause.id == name)


def test_every_document_is_shown_in_both_languages(pack: Pack) -> None:
    for document in documents(pack):
        for lang in ("zh", "en"):
            shown = _shown(pack, document.id, lang)
            assert len({clause.anchor for clause in shown.clauses}) == len(shown.clauses) > 0
            assert [entry.is_open for entry in shown.outline].count(True) == 1


def test_no_block_of_the_pack_itself_is_left_out(pack: Pack) -> None:
    margins = [clause.margin for document in documents(pack) for clause in _shown(pack, document.id).clauses]
    own = {item.id for item in pack.measures.values() if "/" not in item.place.file}
    assert {entry.id for margin in margins for entry in margin.measures} == own
    assert {entry.id for margin in margins for entry in margin.duties} == set(pack.duties)
    assert {entry.id for margin in margins for entry in margin.targets} == set(pack.targets)


def test_there_is_no_document_of_another_number(pack: Pack) -> None:
    standing = Standing(COUNTY, BEFORE, Settings(pack, BEFORE))
    assert find_document(pack, "99", standing, "zh") is None
    assert find_document(pack, "common:1", standing, "zh") is None


def test_the_first_document_is_one_that_does_something(pack: Pack) -> None:
    assert first_document(pack) == "1"


def test_figures_stand_beside_the_clause_that_causes_them(pack: Pack) -> None:
    shown = _shown(pack, figures={GRANT: Figures(8, 2, 40, Decimal("160000.00"))})
    entry = _clause(shown, "1/5/1/1").margin.measures[0]
    assert entry.id == GRANT and entry.figures.eligible == 8
    assert entry.amount == Sum("16", "万元")
    assert entry.light is Light.OPEN
    assert _clause(shown, "1/5/1/1").number == "五（一）1"


def test_without_a_run_there_are_no_figures_rather_than_zeros(pack: Pack) -> None:
    entry = _clause(_shown(pack), "1/5/1/1").margin.measures[0]
    assert entry.figures is None and entry.amount is None and entry.light is Light.NONE


def _target(pack: Pack, states: States | None, on: date) -> TargetEntry:
    stands = {TARGET: states} if states else {}
    return _clause(_shown(pack, area=CITY, on=on, states=stands), "1/1").margin.targets[0]


@pytest.mark.parametrize(
    ("states", "on", "state", "light"),
    [
        (None, AFTER, None, Light.NONE),
        (States(), AFTER, None, Light.NONE),
        (States(met=2), AFTER, "met", Light.FINE),
        (States(met=2, unmet=1), BEFORE, "unmet", Light.OPEN),
        (States(met=2, unmet=1), AFTER, "unmet", Light.LATE),
        (States(met=2, unknown=1), AFTER, "unknown", Light.OPEN),
        (States(unmet=1, unknown=1), AFTER, "unmet", Light.LATE),
    ],
)
def test_a_target_is_late_only_after_its_day(
    pack: Pack, states: States | None, on: date, state: str | None, light: Light
) -> None:
    entry = _target(pack, states, on)
    assert (entry.state, entry.light, entry.value) == (state, light, "100")


def test_the_bar_of_a_target_never_exceeds_the_whole(pack: Pack) -> None:
    entry = _target(pack, States(met=2, unmet=0, unknown=1), AFTER)
    assert (entry.areas, entry.met_percent, entry.unknown_percent) == (3, 66, 33)


@pytest.mark.parametrize(
    ("area", "set_in", "state", "count"),
    [(COUNTY, None, "missing", 0), (COUNTY, COUNTY, "set", 1), (COUNTY, CITY, "set", 0), (CITY, COUNTY, "below", 1)],
)
def test_a_local_value_is_set_missing_or_set_below(
    pack: Pack, area: str, set_in: str | None, state: str, count: int
) -> None:
    name = "workshop_training_tariff"
    local = [LocalValue(name, Decimal("1500.00"), set_in)] if set_in else []
    shown = _shown(pack, area=area, local=local)
    entries = [entry for clause in shown.clauses for entry in clause.margin.parameters]
    entry = next(entry for entry in entries if entry.id == name)
    assert (entry.state, entry.count) == (state, count)
    assert bool(entry.value) is (state == "set")


def test_a_rate_is_read_in_percent(pack: Pack) -> None:
    shown = _shown(pack, local=[LocalValue("land_rent_relief", Decimal("0.5000"), COUNTY)])
    entries = [entry for clause in shown.clauses for entry in clause.margin.parameters]
    assert next(entry.value for entry in entries if entry.id == "land_rent_relief") == "50%"


def test_a_switched_reading_is_the_one_in_use(pack: Pack) -> None:
    def reading(local: list[LocalValue]):
        entries = _clause(_shown(pack, local=local), "1/1").margin.readings
        return next(entry for entry in entries if entry.id == "target_counts_stock")

    default, switched = reading([]), reading([LocalValue("target_counts_stock", False, COUNTY)])
    assert not default.is_switched and switched.is_switched
    assert default.reading in switched.alternatives and switched.reading in default.alternatives


def test_a_document_is_as_bad_as_the_worst_of_its_clauses(pack: Pack) -> None:
    shown = _shown(pack, area=CITY, on=AFTER, states={TARGET: States(unmet=1)})
    opened = next(entry for entry in shown.outline if entry.is_open)
    assert opened.light is Light.LATE
    assert next(heading.light for heading in opened.headings if heading.anchor == "c-1") is Light.LATE


@pytest.mark.parametrize(("local", "value"), [(False, "4"), (True, "23")])
def test_a_target_that_depends_on_a_reading_shows_the_value_of_the_one_in_use(
    pack: Pack, local: bool, value: str
) -> None:
    values = [
        LocalValue("pavilions_per_county", 4, COUNTY),
        LocalValue("channel_platforms", 23, COUNTY),
        LocalValue("present_on_every_platform", local, COUNTY),
    ]
    entries = [entry for clause in _shown(pack, "6", local=values).clauses for entry in clause.margin.targets]
    assert next(entry.value for entry in entries if entry.id == "pavilions-on-platforms") == value
