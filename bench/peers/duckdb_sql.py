"""Joins and aggregates by hand in DuckDB SQL, in stages, each a temporary table read by several others.

Money becomes BIGINT fen and rates BIGINT ten-thousandths on the way in; NULL is the unknown.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bench.peers.calendar import EPOCH, latest_start
from bench.rules.reading import rules

MACROS = """
CREATE MACRO fen(x) AS (x::DECIMAL(14, 2) * 100::DECIMAL(3, 0))::BIGINT;
CREATE MACRO points(x) AS (x * 10000::DECIMAL(5, 0))::BIGINT;
CREATE MACRO months_apart(a, b) AS
  (year(b) - year(a)) * 12 + month(b) - month(a) - (day(b) < least(day(a), day(last_day(b))))::INTEGER;
CREATE MACRO all_known(x, result) AS CASE WHEN count(*) = count(x) THEN result END;
"""

JOBS_NOW = """
CREATE TEMP TABLE jobs_now AS
SELECT worker, workshop, start_date, fen(wage_month) AS wage, insured
FROM {employment} WHERE start_date <= {on} AND (end_date IS NULL OR end_date > {on});
"""

PEOPLE = """
CREATE TEMP TABLE people AS
SELECT p.id, p.household, p.registered_poor, p.sex, p.disability_grade,
  months_apart(p.birth_date, {on}) // 12 AS age,
  p.schooling IN ('vocational', 'university') AS studies,
  fen(p.medical_cost) AS medical_cost, p.insured,
  j.worker IS NOT NULL AS in_work,
  CASE WHEN j.worker IS NULL THEN 0 ELSE months_apart(j.start_date, {on}) END AS months_in_job,
  CASE WHEN j.worker IS NULL THEN 0 ELSE j.wage END AS wage_now
FROM {person} p LEFT JOIN jobs_now j ON j.worker = p.id;
"""

FAMILIES = """
CREATE TEMP TABLE families AS
SELECT household, count(*) AS members,
  count(*) FILTER (registered_poor) AS poor_members,
  all_known(age, count(*) FILTER (age < 18)) AS children,
  all_known(studies, count(*) FILTER (studies)) AS students,
  count(*) FILTER (in_work) AS workers_now,
  all_known(medical_cost, sum(medical_cost)::BIGINT) AS medical_spending,
  CASE WHEN bool_or(disability_grade BETWEEN 1 AND 2) THEN true
    ELSE all_known(disability_grade, false) END AS any_severe,
  CASE WHEN NOT bool_and(insured) THEN false ELSE all_known(insured, true) END AS all_insured
FROM people GROUP BY household;
"""

WORK_INCOME = """
CREATE TEMP TABLE work_income AS
SELECT p.household, all_known(wage_month, sum(fen(wage_month) * months_apart(
  greatest(start_date, {new_year}), least(coalesce(end_date, {tomorrow}), {tomorrow})))::BIGINT) AS total
FROM {employment} e JOIN people p ON p.id = e.worker
WHERE start_date <= {on} AND (end_date IS NULL OR end_date > {new_year})
GROUP BY p.household;
"""

AREAS = """
CREATE TEMP TABLE areas AS
SELECT h.area, sum(members)::BIGINT AS people, sum(poor_members)::BIGINT AS poor_people
FROM {household} h JOIN families f ON f.household = h.id GROUP BY h.area;
CREATE TEMP TABLE villages AS
SELECT a.id AS area, substr(a.id, 1, 6) AS county, a.deeply_poor, {education_line} AS education_line,
  coalesce(v.people, 0) AS people, coalesce(v.poor_people, 0) AS poor_people
FROM {area} a LEFT JOIN areas v ON v.area = a.id WHERE length(a.id) = 12;
"""

HOMES = """
CREATE TEMP TABLE homes AS
WITH joined AS (
  SELECT h.* EXCLUDE (other_income, house_area, farmland, pv_kw, loan_principal, loan_rate, relocation_date),
    fen(house_area) AS house_area, fen(farmland) AS farmland, fen(pv_kw) AS pv_kw,
    fen(loan_principal) AS loan_principal, points(loan_rate) AS loan_rate,
    months_apart(relocation_date, {on}) AS months_since_relocation_date,
    f.* EXCLUDE (household, poor_members), v.county, v.education_line,
    v.deeply_poor AS area__deeply_poor, v.people AS area__people, v.poor_people AS area__poor_people,
    CASE WHEN w.household IS NULL THEN 0 ELSE w.total END AS work_income,
    fen(other_income) + CASE WHEN w.household IS NULL THEN 0 ELSE w.total END AS income
  FROM {household} h JOIN families f ON f.household = h.id JOIN villages v ON v.area = h.area
  LEFT JOIN work_income w ON w.household = h.id)
SELECT *, (2 * income + members) // (2 * members) AS income_per_head FROM joined;
"""

STAFF = """
CREATE TEMP TABLE staff AS
SELECT workshop, count(*) AS workers,
  count(*) FILTER (p.registered_poor) AS poor_workers,
  count(*) FILTER (p.registered_poor AND start_date <= {half_year}) AS poor_workers_half_year,
  count(*) FILTER (p.registered_poor AND start_date <= {three_years}) AS poor_workers_three_years,
  count(*) FILTER (p.sex = 'female') AS women,
  all_known(p.disability_grade, count(*) FILTER (p.disability_grade >= 1)) AS disabled_workers,
  all_known(j.insured, count(*) FILTER (j.insured)) AS insured_workers,
  all_known(wage, sum(wage)::BIGINT) AS wage_bill,
  CASE WHEN NOT bool_and(wage >= {wage_floor}) THEN false ELSE all_known(wage, true) END AS wages_above_floor
FROM jobs_now j JOIN people p ON p.id = j.worker GROUP BY workshop;
"""

PERSON_FEATURES = """
SELECT p.* EXCLUDE (medical_cost, transport_cost, pension_month, birth_date),
  p.birth_date, fen(p.medical_cost) AS medical_cost, fen(transport_cost) AS transport_cost,
  fen(pension_month) AS pension_month, d.age, d.in_work, d.months_in_job, d.wage_now, h.county,
  h.cadre_family AS household__cadre_family, h.minimum_living AS household__minimum_living,
  h.income_per_head AS household__income_per_head, h.area__deeply_poor AS household__area__deeply_poor,
  h.area__people AS household__area__people, h.area__poor_people AS household__area__poor_people
FROM {person} p JOIN people d ON d.id = p.id JOIN homes h ON h.id = p.household
"""

HOUSEHOLD_FEATURES = "SELECT * FROM homes"

WORKSHOP_FEATURES = """
SELECT w.* EXCLUDE (sales_year, floor_area, rent_month, equipment_cost, power_kwh, loan_principal, loan_rate),
  fen(sales_year) AS sales_year, fen(floor_area) AS floor_area, fen(rent_month) AS rent_month,
  fen(equipment_cost) AS equipment_cost, fen(power_kwh) AS power_kwh,
  fen(w.loan_principal) AS loan_principal, points(w.loan_rate) AS loan_rate,
  months_apart(opened_date, {on}) AS months_since_opened_date,
  months_apart(certified_date, {on}) AS months_since_certified_date,
  coalesce(s.workers, 0) AS workers, coalesce(poor_workers, 0) AS poor_workers,
  coalesce(poor_workers_half_year, 0) AS poor_workers_half_year,
  coalesce(poor_workers_three_years, 0) AS poor_workers_three_years,
  coalesce(women, 0) AS women,
  CASE WHEN s.workshop IS NULL THEN 0 ELSE disabled_workers END AS disabled_workers,
  CASE WHEN s.workshop IS NULL THEN 0 ELSE insured_workers END AS insured_workers,
  CASE WHEN s.workshop IS NULL THEN 0 ELSE wage_bill END AS wage_bill,
  CASE WHEN s.workshop IS NULL THEN true ELSE wages_above_floor END AS wages_above_floor,
  v.county, v.people AS area__people, v.poor_people AS area__poor_people,
  h.cadre_family AS owner__household__cadre_family
FROM {workshop} w LEFT JOIN staff s ON s.workshop = w.id JOIN villages v ON v.area = w.area
LEFT JOIN people o ON o.id = w.owner LEFT JOIN homes h ON h.id = o.household
"""

STAGES = (JOBS_NOW, PEOPLE, FAMILIES, WORK_INCOME, AREAS, HOMES, STAFF)
FEATURES = {"person": PERSON_FEATURES, "household": HOUSEHOLD_FEATURES, "workshop": WORKSHOP_FEATURES}


def filled(text: str, folder: Path, on: date) -> str:
    """A piece of SQL with its files, days and limits."""
    files = {
        name: f"read_parquet('{folder}/{name}.parquet')"
        for name in ("area", "person", "household", "workshop", "employment")
    }
    return text.format(
        **files,
        on=f"DATE '{on}'",
        tomorrow=f"(DATE '{on}' + 1)",
        new_year=f"DATE '{on.year}-01-01'",
        half_year=_day(latest_start(on, rules().parameters["half_year"])),
        three_years=_day(latest_start(on, rules().parameters["three_years"])),
        wage_floor=rules().parameters["wage_floor"],
        education_line=_by_area(rules().by_area["education_line"]),
    )


def _day(number: int) -> str:
    return f"DATE '{date.fromordinal(EPOCH.toordinal() + number)}'"


def _by_area(values: dict[str, int]) -> str:
    arms = [
        f"WHEN starts_with(a.id, '{code}') THEN {value}"
        for code, value in sorted(values.items(), key=lambda pair: -len(pair[0]))
        if code
    ]
    return f"CASE {' '.join(arms)} ELSE {values['']} END::BIGINT"
