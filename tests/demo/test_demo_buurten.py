import duckdb
from tests.landing.offers import offer

from wijkbeeld.settings import settings


def test_seven_years_in_four_forms_give_figures_of_one_kind(written, home):
    folder = written.path.parent / "cbs__buurten"
    paths = sorted(folder.glob("*"))
    assert {path.suffix for path in paths} == {".json", ".csv", ".xlsx", ".geojson"}
    for path in paths:
        delivered = offer("cbs__buurten", path.read_bytes(), path.name)
        assert delivered.problem_count == 0, path.name
    years = duckdb.sql(
        "select vintage_year, count(inhabitant_count), count(car_count),"
        " count(land_ha), count(owner_occupied_pct), sum(dwelling_count::int)"
        f" from '{settings().landing}/cbs__buurten/*.parquet'"
        " where kind = 'key_figures' and region_type = 'buurt' group by all order by 1"
    ).fetchall()
    assert [year for year, *_ in years] == [str(year) for year in range(2019, 2026)]
    dwellings = [row[-1] for row in years]
    assert dwellings == sorted(dwellings)
    counted = {row[1:5] for row in years}
    # Of the buurten in which next to nobody lives few figures are published.
    assert len(counted) == 1
    inhabitants, cars, land, owners = next(iter(counted))
    assert inhabitants == cars == land == 13 > owners > 8
