"""The strict and the careful reader give the same rows, and no input is lost."""

import csv
import io

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.landing.offers import SAMPLES, landed, offer, shapes

from wijkbeeld.landing import (
    agreement,
    delimited,
    free_texts,
    loading,
    read,
    typed,
    values,
)
from wijkbeeld.landing.rejected import RejectedError
from wijkbeeld.landing.values import Reading

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
MANY = settings(FEW, max_examples=300)
CELL = st.text(st.sampled_from('ab";, \n\té0'), max_size=5)


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as connection:
        yield connection


def by_strict(path, form):
    """The rows of the strict reader, None where it does not accept the file."""
    if not delimited.quotes_are_plain(path, form.separator):
        return None
    found = delimited.strict(path, form, list(range(len(form.headers))))
    if found is None:
        return None
    table = pa.Table.from_batches(found.batches)
    columns = [table["_row_number"].to_pylist()]
    for name in table.column_names[:-1]:
        texts, column = found.texts.get(name), table[name].to_pylist()
        if texts is not None:
            column = [None if at is None else texts[at].as_py() for at in column]
        columns.append(column)
    return list(zip(*columns, strict=True))


def by_careful(path, form):
    """The rows of the careful reader, None where it rejects the file."""
    try:
        document = delimited.careful(path, form, list(range(len(form.headers))))
    except RejectedError:
        return None
    columns = [document.row_numbers, *document.table.columns]
    rows = list(zip(*(c.to_pylist() for c in columns), strict=True))
    return [*zip(rows, document.problems.to_pylist(), strict=True)]


def agree(path):
    try:
        form = delimited.layout(path, lambda _: True)
    except RejectedError:
        return
    strict = by_strict(path, form)
    if strict is not None:
        assert [(row, None) for row in strict] == by_careful(path, form)


@MANY
@given(body=st.text(st.sampled_from('ab";\n\r \té'), max_size=40), ends=st.booleans())
def test_any_text_that_the_strict_reader_takes_is_read_so_by_the_careful(
    tmp_path, body, ends
):
    path = tmp_path / "x.csv"
    path.write_bytes(f"a;b;c\n{body}{chr(10) if ends else ''}".encode())
    agree(path)


@MANY
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_writer_wrote_is_read_as_it_was(tmp_path, rows, quoting, end):
    path = tmp_path / "x.csv"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=quoting, lineterminator=end)
    writer.writerows([["a", "b", "c"], *rows])
    path.write_bytes(out.getvalue().encode())
    agree(path)
    form = delimited.layout(path, lambda _: True)
    found = by_careful(path, form)
    wanted = [tuple(value or None for value in row) for row in rows]
    assert [(row[1:], fault) for row, fault in found] == [(w, None) for w in wanted]


def test_a_plain_file_of_many_blocks_keeps_its_order(tmp_path):
    path = tmp_path / "x.csv"
    pad = "x" * 200
    with path.open("w") as out:
        out.write("a;b;c\n")
        out.writelines(f"{n};{pad};{n}\n" for n in range(2, 400_002))
    form = delimited.layout(path, lambda _: True)
    rows = by_strict(path, form)
    assert len(rows) == 400_000
    assert all(row[0] == int(row[1]) == int(row[3]) for row in rows)


def test_lines_within_quotes_that_look_like_rows_are_no_rows(tmp_path):
    """Not for a thread either that starts to read in the middle of them."""
    path = tmp_path / "x.csv"
    inner = "\n".join(f"{n};not a row;x" for n in range(1000))
    rows = [[str(n), inner if n % 3 else 'a "short" one', "z"] for n in range(1500)]
    with path.open("w", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerows([["a", "b", "c"], *rows])
    form = delimited.layout(path, lambda _: True)
    found = by_strict(path, form)
    assert [list(row[1:]) for row in found] == rows


def test_the_strict_reader_takes_plain_exports(tmp_path):
    """Or the fast way would never be taken, and nobody would notice."""
    for source in ("police__incidents", "watch__patrols", "police__open_data"):
        path = tmp_path / "x.csv"
        path.write_text(SAMPLES[source][1])
        form = delimited.layout(path, lambda _: True)
        assert by_strict(path, form) is not None


def test_the_strict_reader_takes_texts_with_quotes_separators_and_lines(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('a;b;c\n1;"een ""tip"";\n\nmet regels";""\n"""x""";;"y"\n')
    form = delimited.layout(path, lambda _: True)
    found = by_strict(path, form)
    assert found == [
        (2, "1", 'een "tip";\n\nmet regels', None),
        (3, '"x"', None, "y"),
    ]


DIGITS = st.text(st.sampled_from("0123456789-: "), min_size=10, max_size=19)
TIMES = st.datetimes().map(lambda t: f"{t:%d-%m-%Y %H:%M}")
ISO_TIMES = st.datetimes().map(lambda t: f"{t:%Y-%m-%d %H:%M:%S}")


@MANY
@given(text=st.one_of(DIGITS, TIMES, ISO_TIMES))
def test_a_time_that_sql_reads_is_what_python_reads(con, text):
    source = agreement.source("police__incidents")
    columns = loading.columns(source, {"registered": 0}, Reading())
    at, odd = con.execute(
        f"select {', '.join(columns)} from (select $1 as c0)", [text]
    ).fetchall()[0]
    if at is None:
        assert odd == text
        return
    meant = values.local_time(text, "", Reading())
    assert (meant.text, meant.also) == (
        f"{at:%Y-%m-%d %H:%M:%S}".rjust(19, "0"),
        "true",
    )


@MANY
@given(
    text=st.one_of(
        st.text(st.sampled_from("0123456789/: "), min_size=16, max_size=19),
        st.datetimes().map(lambda t: f"{t:%m/%d/%Y %H:%M}"),
        st.datetimes().map(lambda t: f"{t:%d/%m/%Y %H:%M:%S}"),
    )
)
def test_a_time_with_the_month_first_that_sql_reads_is_what_python_reads(con, text):
    source, how = agreement.source("social__facebook_posts"), Reading(month_first=True)
    columns = loading.columns(source, {"published": 0}, how)
    at, odd = con.execute(
        f"select {', '.join(columns)} from (select $1 as c0)", [text]
    ).fetchall()[0]
    assert (at is None) == (odd == text)
    if at is not None:
        meant = values.local_time(text, "", how)
        shown = f"{at:%Y-%m-%d %H:%M:%S}".rjust(19, "0")
        assert (meant.text, meant.also) == (shown, "true")


@MANY
@given(
    day=st.text(st.sampled_from("0123456789-"), min_size=10, max_size=10),
    clock=st.text(st.sampled_from("0123456789:"), min_size=5, max_size=5),
)
def test_a_date_and_a_time_that_sql_reads_are_what_python_reads(con, day, clock):
    source = agreement.source("police__incidents")
    columns = loading.columns(
        source, {"occurred_to": 0, "occurred_to__time": 1}, Reading()
    )
    at, _ = con.execute(
        f"select {', '.join(columns)} from (select $1 as c0, $2 as c1)", [day, clock]
    ).fetchall()[0]
    if at is not None:
        meant = values.local_time(day, clock, Reading())
        assert meant.text == f"{at:%Y-%m-%d %H:%M:%S}".rjust(19, "0")


@pytest.mark.parametrize("shape", ["numbered", "word", "platform", "any"])
@MANY
@given(text=st.text(st.sampled_from("012369aeE+.,-/_ \t\n"), min_size=1, max_size=16))
@example(text="0612345678")
@example(text="31612345678")
@example(text="R-612345678")
@example(text="20260312")
@example(text="9000000000000101")
def test_an_id_that_sql_calls_plain_is_left_as_it_is(con, shape, text):
    plain = con.execute(
        f"select {typed.plain_id('c', shape)} from (select $1 as c)", [text]
    ).fetchall()[0][0]
    if plain:
        assert values.exact_id(text, shape) == values.Value(text)


@FEW
@given(data=st.binary(max_size=300), source=st.sampled_from(sorted(SAMPLES)))
def test_any_bytes_end_as_landed_or_rejected(zone, data, source):
    ends_well(source, data)


@FEW
@given(data=st.data(), source=st.sampled_from(sorted(SAMPLES)))
def test_a_delivery_with_bytes_changed_ends_as_landed_or_rejected(zone, data, source):
    content = bytearray(SAMPLES[source][1].encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        put_there = data.draw(
            st.one_of(
                st.binary(min_size=1, max_size=3),
                st.sampled_from([b'"', b";", b"\n", b",", b"\r", b"\0", b"99", b"-"]),
            )
        )
        content[at : at + data.draw(st.integers(0, 3))] = put_there
    ends_well(source, bytes(content))


@FEW
@given(data=st.data())
def test_a_map_with_bytes_changed_ends_as_landed_or_rejected(zone, data):
    content = bytearray(shapes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + 1] = data.draw(st.binary(max_size=3))
    ends_well("cbs__buurten", bytes(content), "2026-01-02__x.geojson")


def ends_well(source, data, name=None):
    try:
        delivered = offer(source, data, name)
    except RejectedError:
        return
    assert delivered.row_count == delivered.accepted_count + delivered.problem_count
    found = landed(delivered, "_row_number, _problem")
    assert len(found) == len({number for number, _ in found}) == delivered.row_count
    assert sum(problem is not None for _, problem in found) == delivered.problem_count


@pytest.mark.parametrize("source", SAMPLES)
def test_both_readers_end_as_the_same_parquet(zone, source, monkeypatch):
    columns = "* exclude (_file_sha256, _file_name, _landed_at)"
    text = SAMPLES[source][1]
    if source != "social__x_days":  # A day twice is no row twice, but two exports.
        text += text.splitlines()[-1] + "\n"
    fast = landed(offer(source, text), columns)
    monkeypatch.setattr(read.delimited, "strict", lambda *_, **__: None)
    # Another name, or it would be known already.
    slow = offer(source, text + "\n", "2" + SAMPLES[source][0][1:])
    assert landed(slow, columns) == fast


@pytest.mark.parametrize("source", [s for s in SAMPLES if s != "social__x_days"])
def test_texts_that_recur_end_as_each_would_by_itself(zone, source, monkeypatch):
    columns = "* exclude (_file_sha256, _file_name, _landed_at)"
    header, *rows = SAMPLES[source][1].splitlines(keepends=True)
    text = header + "".join([*rows, *rows, *rows, "\n"] * 100)
    one_by_one = landed(offer(source, text), columns)
    monkeypatch.setattr(delimited, "_SAMPLE", 1 << 14)
    # Another name, or it would be known already.
    coded = offer(source, text + "\n", "2" + SAMPLES[source][0][1:])
    assert landed(coded, columns) == one_by_one


def test_what_recurs_in_a_large_file_is_a_dictionary(tmp_path):
    """Or the fast way would never be taken, and nobody would notice."""
    path = tmp_path / "x.csv"
    path.write_text("a;b\n" + "".join(f"{n};{n % 7}\n" for n in range(600_000)))
    form = delimited.layout(path, lambda _: True)
    found = delimited.strict(path, form, [0, 1])
    assert {name: len(texts) for name, texts in found.texts.items()} == {"c1": 7}


PIECES = (
    *("47-DMZ-1", "ab 12 cd", "12-ABC-3", "06-12345678", "06 112 12345678", "+316"),
    *("0900-8844", "112", "0800-7000", "2591 XZ 12", "2591SA 3", "NL91ABNA0417164300"),
    *("a@b.nl", "@wijk", "111222333", "123456782", "Kanariepietlaan 4711", "é", "ß"),
    *("Laan 12 maart", "mevr. J. de Vries", "P. Jansen", "Anna de Boer", "Aad Smit"),
    *(
        "\u017f",
        "\u212a",
        "\uff10\uff16",
        "\u0664",
        "e\u0301",
        "\u00b2",
        "\u2026",
        "🎨",
    ),
    *("&amp;", "&lt;", "&#64;", "&#48;", "&", "amp;", "&quot", "&eacute;", "#6", ";"),
    *("onbekend", "n.v.t.", "-", "#N/B", "\n", "\t", "\u00a0", "\u200b", "x" * 40),
    *(
        "BERICHT VAN POLITIE LOOSDUINEN",
        "*BERICHT* VAN",
        "Getuigen gezocht",
        "12",
        "3",
        "a",
        "Z",
    ),
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), min_size=1, max_size=6
).flatmap(lambda parts: st.sampled_from(["", " ", "-"]).map(lambda by: by.join(parts)))


def state_of(con, text, field):
    asked = f"select {free_texts.state('c', field)} from (select $1 as c)"
    return con.execute(asked, [text]).fetchone()[0]


@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize("is_own", [False, True])
@settings(MANY, max_examples=250)
@given(text=TEXTS)
def test_a_text_that_sql_is_sure_of_is_what_python_makes_of_it(
    con, is_own, is_html, text
):
    """So no name, number or address is passed over that Python would find."""
    field = agreement.Field(
        kind="text", personal=True, is_own=is_own, is_appeal=is_own, is_html=is_html
    )
    said = free_texts.of_plain("c", field)
    plain = con.execute(f"select {said} from (select $1 as c)", [text]).fetchone()[0]
    also = free_texts.also_of_plain("c", field)
    told = con.execute(f"select {also} from (select $1 as c)", [text]).fetchone()[0]
    state, meant = state_of(con, text, field), free_texts.free_text(text, field)
    if state == free_texts.PLAIN:
        assert meant == values.Value(plain, None, told)
    elif state == free_texts.PERSONAL:
        assert meant == values.Value(None, "personal_data_found", told)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Getuigen gezocht in Waldeck. Bel 0900-8844 of 112 🎨", free_texts.PLAIN),
        ("mail naar a@b.nl", free_texts.PERSONAL),
        ("bel 06-12345678", free_texts.PERSONAL),
        ("47-DMZ-1", free_texts.PERSONAL),
        ("onbekend", free_texts.ODD),
        ("café 47-DMZ-1", free_texts.ODD),
        (None, None),
    ],
)
def test_sql_is_sure_of_most_texts(con, text, state):
    """Or each would be looked at in Python, and nobody would notice."""
    field = agreement.Field(kind="text", personal=True)
    assert state_of(con, text, field) == state


def test_many_texts_mean_what_a_few_do(zone, monkeypatch):
    broadcasts = "whatsapp__broadcasts"
    header, row, *_ = SAMPLES[broadcasts][1].splitlines()
    delivered = next(csv.reader([row], delimiter=";"))
    said, known = (
        delivered[header.split(";").index(c)] for c in ("tekst", "bericht_id")
    )
    texts = ["", "onbekend", "e\u0301", "a@b.nl", "c@d.nl e\u0301", "BERICHT", "P. Vos"]
    lines = [
        row.replace(known, f"WB-2026-{n}").replace(
            said, f"{text} {n}" if n > len(texts) else text
        )
        for n, text in enumerate(texts * 30, start=1)
    ]
    few = offer(broadcasts, "\n".join([header, *lines]))
    monkeypatch.setattr(loading, "MANY", 10)
    many = offer(broadcasts, "\n".join([header, *lines, ""]))
    columns = "text, has_prefix, _problem, _row_number"
    assert few.parquet != many.parquet
    assert landed(few, columns) == landed(many, columns)
    assert few.problem_count == many.problem_count
