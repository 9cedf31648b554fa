"""Key figures and shapes of the buurten, as CBS and PDOK give them."""

import io
import json

import duckdb
import pytest
import xlsxwriter
from tests.landing.offers import changed, key_figures, landed, offer, problems, shapes

from wijkbeeld.landing.recognise import source_of
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.reference import buurten

BUURTEN = "cbs__buurten"
CODES = [buurt.buurt_code for buurt in buurten()]
TABLES = {
    "84583NED": "2019",
    "84799NED": "2020",
    "85039NED": "2021",
    "85318NED": "2022",
    "85618NED": "2023",
    "85984NED": "2024",
    "86165NED": "2025",
}
FIGURES = (
    "inhabitant_count, dwelling_count, household_count, car_count, land_ha,"
    " address_density, population_density, multi_family_pct, owner_occupied_pct,"
    " rental_pct, inhabitant_0_to_14_count, inhabitant_65_plus_count"
)
EXPECTED = (
    "1000", "500", "480", "300", "60", "1500", "1666", "70", "40", "60", "160", "220",
)  # fmt: skip


def record(code, shift=0):
    """Return the key figures of a buurt; the number behind a name is that of a year."""
    return {
        "WijkenEnBuurten": f"{code} ",
        "Gemeentenaam_1": "'s-Gravenhage   ",
        "SoortRegio_2": "Buurt     ",
        "Codering_3": f"{code} ",
        "IndelingswijzigingGemeenteWijkBuurt_4": "1",
        f"AantalInwoners_{5 + shift}": 1000,
        f"Mannen_{6 + shift}": 500,
        f"k_0Tot15Jaar_{8 + shift}": 160,
        f"k_65JaarOfOuder_{12 + shift}": 220,
        f"Nederland_{17 + shift}": 900,
        f"Nederland_{20 + shift}": 950,
        f"HuishoudensTotaal_{28 + shift}": 480,
        f"Bevolkingsdichtheid_{33 + shift}": 1666,
        f"Woningvoorraad_{34 + shift}": 500,
        f"PercentageMeergezinswoning_{37 + shift}": 70,
        f"Koopwoningen_{40 + shift}": 40,
        f"HuurwoningenTotaal_{41 + shift}": 60,
        f"PersonenautoSTotaal_{86 + shift}": 300,
        f"OppervlakteLand_{95 + shift}": 60,
        f"Omgevingsadressendichtheid_{100 + shift}": 1500,
    }


def as_json(table, shift=0, version=3, **differs):
    context = "odata.metadata" if version == 3 else "@odata.context"
    address = f"https://example.org/{table}/$metadata#Cbs.OData.WebAPI.TypedDataSet"
    rows = [record(code, shift) | differs for code in CODES]
    return json.dumps({context: address, "value": rows}).encode()


def as_csv(shift=0, **differs):
    rows = [record(code, shift) | differs for code in CODES]
    lines = [";".join(f'"{header}"' for header in ["ID", *rows[0]])]
    lines += [
        ";".join(f'"{value}"' for value in [at, *row.values()])
        for at, row in enumerate(rows)
    ]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize(("at", "table"), list(enumerate(TABLES)))
def test_the_key_figures_of_every_year_are_read_by_base_name(home, at, table, version):
    delivered = offer(BUURTEN, as_json(table, at, version), "2026-01-01__x.json")
    kept = landed(delivered, f"vintage_year, kind, {FIGURES}")
    assert problems(delivered) == [None] * 13
    assert kept == [(TABLES[table], "key_figures", *EXPECTED)] * 13


@pytest.mark.parametrize(("at", "table"), list(enumerate(TABLES)))
def test_a_csv_of_statline_gives_the_same(home, at, table):
    name = f"{table}_TypedDataSet_01012026_101010.csv"
    delivered = offer(BUURTEN, as_csv(at), name)
    assert problems(delivered) == [None] * 13
    kept = landed(delivered, f"region_code, vintage_year, {FIGURES}")
    assert kept == [(code, TABLES[table], *EXPECTED) for code in CODES]


def test_either_column_of_regions_will_do_in_a_csv(home):
    text = as_csv().decode()
    for other, name in (
        ("WijkenEnBuurten", "kwb-2024.csv"),
        ("Codering_3", "kwb-2025.csv"),
    ):
        delivered = offer(BUURTEN, text.replace(f'"{other}"', '"Overig"'), name)
        assert [row[0] for row in landed(delivered, "region_code")] == CODES


def kwb(**differs):
    """Return a workbook of CBS, as kwb-2025.xlsx is expected to be."""
    row = {
        "gwb_code_10": "", "gwb_code_8": "05181786", "regio": "Houtwijk",
        "gm_naam": "'s-Gravenhage", "recs": "Buurt", "gwb_code": "x", "ind_wbz": "1",
        "a_inw": 1000, "a_man": 500, "a_00_14": 160, "a_65_oo": 220, "a_hh": 480,
        "bev_dich": 1666, "a_woning": 500, "p_mgezw": 70, "p_koopw": 40, "p_huurw": 60,
        "a_pau": 300, "a_lan_ha": 60, "ste_oad": 1500,
    } | differs  # fmt: skip
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("KWB2025")
    sheet.write_row(0, 0, row)
    for at, code in enumerate(CODES, 1):
        sheet.write_row(at, 0, (row | {"gwb_code_10": code}).values())
    book.close()
    return target.getvalue()


def test_the_workbook_of_cbs_gives_the_same(home, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(kwb())
    assert source_of(path) == BUURTEN
    delivered = offer(BUURTEN, kwb(), "2026-01-01__kwb-2025.xlsx")
    assert problems(delivered) == [None] * 13
    kept = landed(delivered, f"region_code, vintage_year, {FIGURES}")
    assert kept == [(code, "2025", *EXPECTED) for code in CODES]
    (warning,) = (w for w in delivered.warnings if "a_man" in w)
    assert "gwb_code" not in warning


def test_a_point_in_the_workbook_is_no_figure(home):
    delivered = offer(BUURTEN, kwb(a_hh=".", a_lan_ha="."), "2026-01-01__kwb-2025.xlsx")
    assert problems(delivered) == [None] * 13
    assert set(landed(delivered, "household_count, land_ha")) == {(None, None)}


@pytest.mark.parametrize(
    "sentinel", ["-99995", "-99997", "-99999999", "-99990", " -99997", "-99997,0"]
)
def test_a_large_negative_number_is_no_figure_in_a_csv_either(home, sentinel):
    differs = {"HuishoudensTotaal_28": sentinel, "OppervlakteLand_95": sentinel}
    delivered = offer(BUURTEN, as_csv(**differs), "86165NED.csv")
    assert problems(delivered) == [None] * 13
    assert set(landed(delivered, "household_count, land_ha, dwelling_count")) == {
        (None, None, "500")
    }


def test_a_large_negative_number_is_no_figure_in_a_workbook(home):
    delivered = offer(BUURTEN, kwb(a_hh=-99997, p_koopw=-99995), "kwb-2025.xlsx")
    assert problems(delivered) == [None] * 13
    assert set(landed(delivered, "household_count, owner_occupied_pct")) == {
        (None, None)
    }


@pytest.mark.parametrize(
    ("differs", "problem"),
    [
        ({"HuishoudensTotaal_28": -5}, "negative_count"),
        ({"HuishoudensTotaal_28": -99989}, "negative_count"),
        ({"OppervlakteLand_95": -1}, "negative_count"),
        ({"Koopwoningen_40": -2}, "negative_count"),
        ({"Omgevingsadressendichtheid_100": "veel"}, "bad_number"),
        ({"AantalInwoners_5": "1,2 dzd."}, "abbreviated_number"),
        ({"AantalInwoners_5": "12,5"}, "bad_number"),
        ({"AantalInwoners_5": "#N/B"}, "excel_error_value"),
        ({"WijkenEnBuurten": "BU0518"}, "bad_region_code"),
        ({"WijkenEnBuurten": ""}, "missing_required_value"),
        ({"WijkenEnBuurten": "WIJK 17"}, "bad_region_code"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_faulty_region_names_its_problem(home, differs, problem, form):
    odd = record("BU05180101") | differs
    if form == "json":
        document = json.loads(as_json("86165NED"))
        document["value"].append(odd)
        content = json.dumps(document).encode()
    else:
        line = ";".join(f'"{value}"' for value in ["13", *odd.values()])
        content = as_csv() + b"\n" + line.encode()
    delivered = offer(BUURTEN, content, f"86165NED.{form}")
    assert problems(delivered) == [None] * 13 + [problem]


REFUSED = [
    (as_csv(), "2026-01-01__kerncijfers.csv", "van welk jaar"),
    (as_json("99999NED"), "2026-01-01__x.json", "van welk jaar"),
    (shapes(), "buurten.geojson", None),
    (as_csv().replace(b"BU05181786", b"BU05180101"), "86165NED.csv", "Houtwijk"),
    (as_json("86165NED").replace(b"BU05181786", b"BU05180101"), "x.json", "Houtwijk"),
    (kwb(), "2026-01-01__buurten.xlsx", "van welk jaar"),
    (
        as_csv().replace(b"AantalInwoners", b"Bewoners"),
        "86165NED.csv",
        "AantalInwoners",
    ),
    (as_csv().split(b"\n")[0] + b"\n", "86165NED.csv", "geen rijen"),
    (shapes().replace(b'"Polygon"', b'"Point"'), "x.geojson", "geen omtrek"),
    (shapes().replace(b'"jaar": 2025', b'"jaar": 0'), "x.geojson", "van welk jaar"),
    (shapes().replace(b"BU05181786", b"BU05180101"), "x.geojson", "Houtwijk"),
    (
        b'{"@odata.context": "https://example.org/86165NED/$metadata#Observations",'
        b'"value": [{"Id": 1, "Measure": "T001036", "Value": 4.0,'
        b'"WijkenEnBuurten": "BU05181786"}]}',
        "86165NED.json",
        "Observations",
    ),
]


@pytest.mark.parametrize(("content", "name", "said"), REFUSED)
def test_a_file_that_is_not_what_was_agreed_is_refused_with_the_remedy(
    home, content, name, said
):
    if said is None:
        assert offer(BUURTEN, content, name).status == "landed"
        return
    with pytest.raises(RejectedError, match=said):
        offer(BUURTEN, content, name)


def test_two_topics_of_one_name_are_not_loaded_from_a_csv(home):
    content = as_csv(HuishoudensTotaal_99=1)
    delivered = offer(BUURTEN, content, "86165NED.csv")
    assert set(landed(delivered, "household_count, dwelling_count")) == {(None, "500")}
    assert any(
        "HuishoudensTotaal_28, HuishoudensTotaal_99" in w for w in delivered.warnings
    )


@pytest.mark.parametrize("form", ["csv", "json"])
def test_who_lives_there_is_never_loaded_and_only_named(home, form):
    content = as_csv() if form == "csv" else as_json("86165NED")
    delivered = offer(BUURTEN, content, f"86165NED.{form}")
    stored = str(landed(delivered))
    assert "900" not in stored.replace("1900", "")
    assert any("Nederland_17" in warning for warning in delivered.warnings)


def paged(**members):
    return json.dumps(json.loads(shapes()) | members).encode()


@pytest.mark.parametrize(
    "members",
    [
        {"numberMatched": 114, "numberReturned": 13},
        {"totalFeatures": "1000"},
        {"links": [{"rel": "self"}, {"rel": "next", "href": "https://example.org"}]},
    ],
)
def test_a_page_of_a_map_is_told_of_and_one_that_lacks_a_buurt_says_why(home, members):
    delivered = offer(BUURTEN, paged(**members), "2026-01-01__x.geojson")
    assert any("één pagina" in warning for warning in delivered.warnings)
    short = paged(**members).replace(b"BU05181786", b"BU05180101")
    with pytest.raises(RejectedError, match=r"Houtwijk.*voeg de pagina's samen"):
        offer(BUURTEN, short, "2026-01-02__x.geojson")


def test_a_whole_map_is_no_page(home):
    content = paged(numberMatched=13, numberReturned=13, links=[{"rel": "self"}])
    delivered = offer(BUURTEN, content, "2026-01-01__x.geojson")
    assert not any("pagina" in warning for warning in delivered.warnings)


def test_an_odd_number_of_homes_is_told_of_where_people_live(home):
    many = changed(BUURTEN, 1, Woningvoorraad_35="2500")
    warnings = offer(BUURTEN, many).warnings
    assert any(w.startswith("1 buurten hebben meer dan twee keer") for w in warnings)
    few = changed(BUURTEN, 1, Woningvoorraad_35="250", AantalInwoners_5="60")
    warnings = offer(BUURTEN, few, "2026-04-01__kwb-2025.csv").warnings
    assert not any("twee keer" in warning for warning in warnings)


def test_years_and_issues_stand_side_by_side(home):
    for name in ("2026-01-01__kwb-2024.csv", "2026-02-01__kwb-2025.csv"):
        offer(BUURTEN, key_figures() + "\n" * name.count("2025"), name)
    found = duckdb.sql(
        f"select vintage_year, count(*) from '{home}/landing/{BUURTEN}/*.parquet' "
        "group by all order by all"
    ).fetchall()
    assert found == [("2024", 13), ("2025", 13)]
