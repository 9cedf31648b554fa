import json
import resource
from pathlib import Path

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbeeld.landing import odata
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.reference import buurten

REAL = (
    Path(__file__).parents[3]
    / "shared/data/police_open_data/47022NED_TypedDataSet_loosduinen_2011_2017.json"
)
METADATA = "https://example.org/OData/{}/$metadata#Cbs.OData.WebAPI.TypedDataSet"
CODES = [buurt.buurt_code for buurt in buurten()]


def crime(number=0, **differs):
    record = {
        "ID": number,
        "SoortMisdrijf": "1.1.1 ",
        "WijkenEnBuurten": "BU05181786",
        "Perioden": "2026MM03",
        "GeregistreerdeMisdrijven_1": 4,
    }
    return record | differs


def figures(code, **differs):
    record = {
        "ID": 0,
        "Codering_3": f"{code} ",
        "SoortRegio_2": "Buurt     ",
        "AantalInwoners_5": 12_000,
        "Mannen_6": 6_000,
        "Nederland_17": 1,
        "Nederland_20": 2,
        "Woningvoorraad_35": 5_400,
    }
    return record | differs


@pytest.fixture
def read(tmp_path):
    def write_and_read(document, name="answer.json", encoding="utf-8"):
        text = document if isinstance(document, str) else json.dumps(document)
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return odata.read(path)

    return write_and_read


def answer(records, table="47022NED", **members):
    return {"odata.metadata": METADATA.format(table), "value": records, **members}


def refused(read, document, **how) -> str:
    with pytest.raises(RejectedError) as reason:
        read(document, **how)
    rule, _, remedy = str(reason.value).partition("; ")
    assert rule
    assert remedy
    return str(reason.value)


def test_the_values_come_as_they_were_delivered(read):
    document = read(
        answer(
            [
                crime(0),
                crime(1, GeregistreerdeMisdrijven_1=None),
                crime(2, GeregistreerdeMisdrijven_1=3.0),
                crime(3, GeregistreerdeMisdrijven_1="12"),
                crime(4, GeregistreerdeMisdrijven_1=True),
                crime(5, GeregistreerdeMisdrijven_1=[1]),
            ]
        )
    )
    assert document.table.to_pydict() == {
        "SoortMisdrijf": ["1.1.1 "] * 6,
        "WijkenEnBuurten": ["BU05181786"] * 6,
        "Perioden": ["2026MM03"] * 6,
        "GeregistreerdeMisdrijven_1": ["4", None, "3.0", "12", "true", '["1"]'],
    }
    assert document.row_numbers.to_pylist() == [1, 2, 3, 4, 5, 6]
    assert document.problems.null_count == 6
    assert document.facts == {"table_number": "47022NED"}
    assert document.warnings == []


def test_a_record_of_another_form_is_a_ragged_row(read):
    short = crime(1)
    del short["Perioden"]
    records = [crime(), short, crime(2, Extra="x"), None, 7, [], crime(3)]
    document = read(answer(records))
    assert document.problems.to_pylist() == [None, *["ragged_row"] * 5, None]
    assert document.table["SoortMisdrijf"].to_pylist()[3:6] == [None] * 3
    assert "Extra" not in document.table.column_names
    assert document.row_numbers.to_pylist() == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("table", ["47022NED", "47018NED"])
def test_the_table_is_known_by_its_metadata(read, table):
    assert read(answer([crime()], table)).facts["table_number"] == table
    fourth = {"@odata.context": METADATA.format(table), "value": [crime()]}
    assert read(fourth).facts["table_number"] == table


def test_else_by_the_name_of_the_file(read):
    document = read({"value": [crime()]}, name="47018NED_page_1.json")
    assert (document.facts["table_number"], document.warnings) == ("47018NED", [])


@pytest.mark.parametrize(
    ("periods", "table"),
    [
        (["2026MM03", "2026JJ00"], "47022NED"),
        (["2026JJ00", None], "47018NED"),
    ],
)
def test_else_by_its_periods_with_a_warning(read, periods, table):
    document = read({"value": [crime(Perioden=period) for period in periods]})
    assert document.facts["table_number"] == table
    assert table in document.warnings[0]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("47004NED", "47004NED stopt in 2018"),
        ("47005NED", "47005NED stopt in 2018"),
        ("83651NED", "83651NED wordt niet gebruikt"),
    ],
)
def test_another_table_is_refused_by_name(read, table, said):
    assert said in refused(read, answer([crime()], table))


def test_a_table_without_name_and_periods_is_refused(read):
    assert "zonder nummer" in refused(read, {"value": [{"Key": "x"}]})


def test_a_code_list_of_the_table_is_refused(read):
    message = refused(read, answer([{"Key": "1.1.1 ", "Title": "Inbraak"}]))
    assert "GeregistreerdeMisdrijven, Perioden" in message


def test_no_value_is_refused(read):
    assert "'value'" in refused(read, {"odata.metadata": METADATA.format("47022NED")})
    assert "'value'" in refused(read, {"value": {"a": 1}})
    assert "'value'" in refused(read, {"value": None})


def test_an_error_of_too_many_rows_is_told(read):
    told = {"odata.error": {"message": {"value": "returns more than 10000 records"}}}
    assert "niet meer dan 10000 rijen" in refused(read, told)


@pytest.mark.parametrize("member", ["odata.error", "error"])
@pytest.mark.parametrize(
    ("code", "shown"),
    [("NotFound", "code NotFound"), ("", "zonder code"),
     ("bel 0612345678", "code …"), ("Jan de Vries", "code …")],
)  # fmt: skip
def test_of_another_error_only_its_code_is_told(read, member, code, shown):
    message = "Jan de Vries, 0612345678, Laan 3"
    reason = refused(read, {member: {"code": code, "message": message}})
    assert shown in reason
    assert not any(word in reason for word in ("Vries", "0612345678", "Laan"))
    assert "Vries" not in refused(read, {member: message})


def test_a_name_among_the_columns_is_not_told_of(read):
    said = read(answer([figures(code) for code in CODES], "85984NED")).warnings
    assert any("weggelaten: ID, Mannen_6, Nederland_17" in text for text in said)
    rows = [figures(code, **{"Jan de Vries, 0612345678": 1}) for code in CODES]
    said = read(answer(rows, "85984NED")).warnings
    assert any("weggelaten" in text for text in said)
    assert not any("Vries" in text for text in said)


@pytest.mark.parametrize("page", ["<html>", "\ufeff\n <!DOCTYPE html><p>502</p>"])
def test_a_web_page_saved_as_json_is_refused(read, page):
    assert "webpagina" in refused(read, page)


def test_a_full_page_without_a_next_one_is_refused(read):
    records = [crime(number) for number in range(10_000)]
    assert "waarschijnlijk afgebroken" in refused(read, answer(records))
    assert read(answer(records[1:])).table.num_rows == 9_999
    assert read(answer([*records, crime()])).table.num_rows == 10_001
    for link in ("odata.nextLink", "@odata.nextLink"):
        document = read(answer(records, **{link: "https://example.org?$skip=10000"}))
        assert "volgende pagina's" in document.warnings[0]
        assert document.table.num_rows == 10_000


def test_no_rows_are_a_warning(read):
    document = read(answer([]))
    assert document.table.num_rows == 0
    assert document.table.column_names == [
        "SoortMisdrijf",
        "WijkenEnBuurten",
        "Perioden",
        "GeregistreerdeMisdrijven",
    ]
    assert "geen rijen" in document.warnings[0]


def test_it_is_cut_at_any_place_and_refused(tmp_path):
    whole = json.dumps(answer([crime(number) for number in range(3)]), indent=1)
    path = tmp_path / "cut.json"
    for end in range(len(whole)):
        path.write_text(whole[:end], "utf-8")
        with pytest.raises(RejectedError):
            odata.read(path)
    path.write_text(whole + "\n\n", "utf-8")
    assert odata.read(path).table.num_rows == 3


def test_a_cut_file_is_told_from_a_damaged_one(read):
    whole = json.dumps(answer([crime()]))
    assert "afgebroken" in refused(read, whole[:-9])
    assert "afgebroken" not in refused(read, whole.replace('"ID"', "ID"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "leeg"),
        ("[]", "geen JSON-object"),
        ("17", "geen JSON-object"),
        ('{"value": [1 2]}', "hier hoort ','"),
        ('{"value" [1]}', "hier hoort ':'"),
        ('{"value": []} {}', "na het einde"),
        ('{"value": [], "value": []}', "staat er twee keer"),
        ('{"value": [{"a": 1, "b": 2, "a": 3}]}', "'a' staat er twee keer"),
        ('{"value": [{"a": NaN}]}', "NaN"),
        ('{"value": [{"a": -Infinity}]}', "-Infinity"),
        ('{"value": [{"a": "\\ud800"}]}', "half teken"),
        ('{"value": [{"a": "\x01"}]}', "control character"),
        ('{"value": [' + "[" * 100_000, "te veel haken"),
        ('{"value": [{"a": {"b": ' + '{"c":' * 100_000, "te veel haken"),
        ('{"value": [{1: 2}]}', "niet te lezen"),
        ('{,"value": []}', "geen naam"),
    ],
)
def test_what_is_no_json_is_refused_with_the_reason(read, text, said):
    assert said in refused(read, text)


def test_a_number_beyond_all_measure_stays_text(read):
    digits = "9" * 5000
    text = json.dumps(answer([crime(GeregistreerdeMisdrijven_1=-7)]))
    document = read(text.replace("-7", digits))
    assert document.table["GeregistreerdeMisdrijven_1"].to_pylist() == [digits]
    document = read(text.replace("-7", "1e999"))
    assert document.table["GeregistreerdeMisdrijven_1"].to_pylist() == ["1e999"]


def test_a_record_with_a_million_names_is_refused_at_once(read):
    record = {f"c{number}": 1 for number in range(1_000_000)}
    assert "1000000 namen" in refused(read, answer([record]))


def test_a_value_of_ten_megabytes_comes_whole(read):
    long = "x" * 10_000_000
    document = read(answer([crime(), crime(Perioden=long), crime()]))
    assert document.table["Perioden"].to_pylist()[1] == long


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_agreed_encoding_is_read(read, encoding):
    text = json.dumps(answer([crime(Naam="Kijkduin é")]), ensure_ascii=False)
    document = read(text, encoding=encoding)
    assert document.table["Naam"].to_pylist() == ["Kijkduin é"]


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "bad.json"
    for content in (
        b'{"value": ["\x81"]}',
        b'{"value": ["\x00"]}',
        b"\xff\xfe{\x00\x00",
    ):
        path.write_bytes(content)
        with pytest.raises(RejectedError):
            odata.read(path)


json_like = st.recursive(
    st.sampled_from([None, True, -1, 0.5, 10**30, "", "x", "2026MM03", "BU05181786"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=5,
)


@settings(deadline=None)
@given(
    members=st.dictionaries(
        st.sampled_from(["value", "odata.metadata", "odata.nextLink", "x"]), json_like
    ),
    record=st.dictionaries(
        st.sampled_from([*crime(), *figures(""), "x_1", "x_2"]), json_like
    ),
    name=st.sampled_from(["47022NED.json", "85984NED.json", "x.json"]),
)
def test_any_json_is_read_or_refused(tmp_path_factory, members, record, name):
    path = tmp_path_factory.getbasetemp() / name
    path.write_text(json.dumps({"value": [record], **members}), "utf-8")
    try:
        document = odata.read(path)
    except RejectedError:
        return
    count = len(members.get("value", [record]))
    assert document.table.num_rows == len(document.problems) == count
    assert len(document.row_numbers) == count


def test_key_figures_are_named_without_their_number(read):
    document = read(answer([figures(code) for code in CODES], "85984NED"))
    assert document.facts == {
        "kind": "key_figures",
        "vintage_year": "2024",
        "table_number": "85984NED",
    }
    assert document.table.column_names == [
        "Codering",
        "SoortRegio",
        "AantalInwoners",
        "Woningvoorraad",
    ]
    assert document.table["AantalInwoners"].to_pylist() == ["12000"] * 13


def test_of_other_key_figures_only_the_names_are_kept(read):
    document = read(answer([figures(code) for code in CODES], "85984NED"))
    assert document.warnings == [
        "deze kolommen worden nooit ingelezen en zijn weggelaten: "
        "ID, Mannen_6, Nederland_17, Nederland_20"
    ]


def test_two_topics_of_one_name_are_not_loaded(read):
    records = [figures(code, AantalInwoners_88=1) for code in CODES]
    document = read(answer(records, "85984NED"))
    assert "AantalInwoners" not in document.table.column_names
    assert any("AantalInwoners_5, AantalInwoners_88" in w for w in document.warnings)


def test_one_column_of_regions_is_enough(read):
    records = [figures(code, WijkenEnBuurten=code) for code in CODES]
    document = read(answer(records, "85984NED"))
    assert "WijkenEnBuurten" in document.table.column_names
    assert "Codering" not in document.table.column_names
    for record in records:
        del record["WijkenEnBuurten"], record["Codering_3"]
    assert "nodig voor de regio" in refused(read, answer(records, "85984NED"))


def test_key_figures_without_one_of_the_buurten_are_refused(read):
    records = [figures(code) for code in CODES if code != "BU05181786"]
    message = refused(read, answer(records, "85984NED"))
    assert "BU05181786 Houtwijk" in message
    assert "BU05181795" not in message


def test_the_year_is_that_of_the_table_or_the_name(read):
    records = [figures(code) for code in CODES]
    year = {"document": answer(records, "86999NED")}
    assert "welk jaar" in refused(read, year["document"])
    for name in ("kwb-2026.json", "2027-01-02__kwb_2026.json", "kwb2026_20270102.json"):
        document = read(year["document"], name=name)
        assert document.facts["vintage_year"] == "2026"
    assert "welk jaar" in refused(read, year["document"], name="kwb 2025 2026.json")
    assert "welk jaar" in refused(read, year["document"], name="2026-01-02__kwb.json")


@pytest.mark.parametrize(
    ("delivered", "kept"),
    [
        (-99_995, None),
        (-99_997, None),
        (-99_999_999, None),
        (-99_990, None),
        (-99_995.0, None),
        (-99_989, "-99989"),
        (-5, "-5"),
        (99_995, "99995"),
        (None, None),
        ("-", "-"),
        ("-" + "9" * 400, None),
    ],
)
def test_a_large_negative_number_is_no_number(read, delivered, kept):
    records = [figures(code, AantalInwoners_5=delivered) for code in CODES]
    document = read(answer(records, "85984NED"))
    assert document.table["AantalInwoners"].to_pylist() == [kept] * 13


def test_a_large_answer_is_read_in_little_memory(tmp_path):
    path = tmp_path / "large.json"
    records = ",\n".join(json.dumps(crime(n), indent=0) for n in range(10_100))
    with path.open("w", encoding="utf-8") as handle:
        handle.write(json.dumps({"odata.metadata": METADATA.format("47022NED")})[:-1])
        handle.write(', "value": [' + records)
        for _ in range(29):
            handle.write(",\n" + records)
        handle.write("]}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert odata.read(path).table.num_rows == 303_000
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 250_000  # KiB; the records as Python objects take 350 MB and more


@pytest.mark.skipif(not REAL.exists(), reason="the shared real data is absent")
def test_the_real_figures_of_loosduinen(tmp_path):
    document = odata.read(REAL)
    table = document.table
    assert (table.num_rows, document.warnings) == (10_790, [])
    assert document.facts == {"table_number": "47022NED"}
    assert document.problems.null_count == 10_790
    burglaries = table.filter(
        pc.equal(pc.utf8_trim_whitespace(table["SoortMisdrijf"]), "1.1.1")
    )
    for year, count in (("2012", 363), ("2016", 167)):
        of_year = burglaries.filter(pc.starts_with(burglaries["Perioden"], year))
        figures_of_year = of_year["GeregistreerdeMisdrijven_1"].cast("int64")
        assert pc.sum(figures_of_year).as_py() == count
