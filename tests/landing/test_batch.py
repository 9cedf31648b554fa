"""Many small files landed together end as they would have ended one by one."""

import csv
import gc
import io

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.landing.offers import SAMPLES, offer, put

from wijkbeeld import settings as configured
from wijkbeeld.landing import batch, deliver
from wijkbeeld.landing.rejected import RejectedError

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TOGETHER = [name for name in sorted(SAMPLES) if batch.may_come_together(name)]
MOMENTS = {"_landed_at", "landed_at"}
PATROLS = "watch__patrols"


class Passes:
    def __call__(self, _):
        raise AssertionError("it was asked of rows in memory")

    def passes(self, _):
        return True


class Refuses:
    def __call__(self, parquet):
        if pq.read_metadata(parquet).num_rows == 1:
            raise ValueError("one row is no list; send them all")

    def passes(self, table):
        return table.num_rows > 1


def no_gate(parquet):
    """Let it through."""


@pytest.fixture
def homes(tmp_path, monkeypatch):
    """Turn from one installation to another, in the order they are asked for."""

    def turn_to(name):
        monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path / name))
        monkeypatch.setenv("WIJKBEELD_PSEUDONYM_KEY", "a key for tests only")
        configured.settings.cache_clear()
        configured.pseudonym_key.cache_clear()
        return tmp_path / name

    yield turn_to
    configured.settings.cache_clear()
    configured.pseudonym_key.cache_clear()


def alone(source, contents, gate=no_gate):
    outcomes = []
    for name, content in contents.items():
        path = put(source, name, content)
        try:
            outcomes.append(shown(deliver.deliver(path, source, gate)))
        except RejectedError as reason:
            outcomes.append(str(reason))
    return outcomes


def together(source, contents, gate=None):
    paths = [put(source, name, content) for name, content in contents.items()]
    return [
        str(outcome) if isinstance(outcome, RejectedError) else shown(outcome)
        for _, outcome in batch.land_all(paths, source, gate or Passes())
    ]


def shown(delivered):
    return delivered._replace(path=delivered.path.name, parquet=delivered.parquet.name)


def kept(home):
    """Return all that was kept, but for the moment of landing."""
    seen = {}
    for path in sorted(home.rglob("*")):
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            names = [n for n in table.column_names if n not in MOMENTS]
            types = [str(table.schema.field(n).type) for n in names]
            rows = table.select(names).to_pylist()
            seen[str(path.relative_to(home))] = (types, rows)
        elif path.is_file() and "locks" not in path.parts:
            seen[str(path.relative_to(home))] = path.read_bytes()
    return seen


def agree(homes, source, contents):
    one = homes("alone")
    expected = alone(source, contents)
    other = homes("together")
    # What is refused or odd is asked for once more: then it comes alone.
    assert together(source, contents, both) == expected
    assert kept(other) == kept(one)


def both(parquet):
    """Let it through, in a file or in memory."""


both.passes = lambda _: True


def some(source, count=3):
    """A sample, and others like it with other content."""
    name, text = SAMPLES[source]
    last = text.splitlines()[-1]
    return {
        f"{name[:10]}__{at}.csv": (text + f"{last}\n" * at).encode()
        for at in range(count)
    }


@pytest.mark.parametrize("source", TOGETHER)
def test_samples_landed_together_are_what_they_are_alone(homes, source):
    agree(homes, source, some(source))


@FEW
@given(data=st.data(), source=st.sampled_from(TOGETHER))
def test_deliveries_with_bytes_changed_end_the_same_together(homes, data, source):
    contents = {}
    for name, whole in some(source, 2).items():
        content = bytearray(whole)
        for _ in range(data.draw(st.integers(0, 6))):
            at = data.draw(st.integers(0, len(content) - 1))
            put_there = data.draw(
                st.one_of(
                    st.binary(min_size=1, max_size=2),
                    st.sampled_from([b'"', b";", b"\n", b",", b".", b"-", b"99", b""]),
                )
            )
            content[at : at + data.draw(st.integers(0, 3))] = put_there
        contents[name] = bytes(content)
    agree(homes, source, contents)


def patrols(*changes):
    """Lists of patrols, each with other values in its first row."""
    text = SAMPLES[PATROLS][1]
    contents = {}
    for at, values in enumerate(changes):
        records = list(csv.reader(io.StringIO(text), delimiter=";"))
        for header, value in values.items():
            if header not in records[0]:
                for row, record in enumerate(records):
                    record.append("" if row else header)
            records[1][records[0].index(header)] = value
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\n").writerows(records)
        contents[f"2026-04-0{at + 1}__rondes.csv"] = out.getvalue().encode()
    return contents


@pytest.mark.parametrize(
    "changes",
    [
        [{"afstand_km": "1.234"}, {"afstand_km": "1,5"}, {"afstand_km": "2.5"}],
        [{"datum": "01/02/2026"}, {"datum": "02/28/2026"}, {"datum": "28/02/2026"}],
        [{"ronde_id": "A"}, {"ronde_id": "A"}, {"ronde_id": "R-2026-0313-01"}],
        [{"exportdatum": "01-05-2026 09:00"}, {"exportdatum": "nooit"}, {}],
        [{"datum": "12-03-2027"}, {"datum": "29-03-2026", "start_tijd": "02:30"}],
        [{"route_naam": "06-12345678"}, {"team": "?"}, {"aantal_lopers": "veel"}],
        [{"eind_tijd": "25-10-2026"}, {"datum": "25-10-2026", "start_tijd": "02:30"}],
        [{"bevinding_type": "x"}, {"Telefoon": "0612345678"}, {"": "x"}],
    ],
)
def test_each_file_is_read_by_what_it_says_itself(homes, changes):
    agree(homes, PATROLS, patrols(*changes))


def test_odd_files_and_plain_ones_may_come_together(homes):
    text = SAMPLES[PATROLS][1]
    agree(
        homes,
        PATROLS,
        {
            "2026-04-01__a.csv": text.encode(),
            "2026-04-02__same.csv": text.encode(),
            "2026-04-03__utf16.csv": (text + "\n").encode("utf-16"),
            "2026-04-04__cp1252.csv": text.replace("Noord", "Café").encode("cp1252"),
            "2026-04-05__empty.csv": b"",
            "2026-04-06__header.csv": text.splitlines()[0].encode(),
            "2026-04-07__ragged.csv": (text + "R;WT-A\n").encode(),
            "zonder datum.csv": (text + "\n\n").encode(),
            "2026-04__demo.csv": (text + "\n\n\n").encode(),
            "2026-04-09__breaks.csv": text.replace("Noord", '"No\nord"').encode(),
        },
    )


def test_what_the_gate_refuses_is_rejected_and_stops_no_other(homes):
    homes("together")
    contents = some(PATROLS)
    first = next(iter(contents))
    contents[first] = b"\n".join(contents[first].splitlines()[:2])
    refused, *landed = together(PATROLS, contents, Refuses())
    assert "one row is no list; send them all" in refused
    assert [one.status for one in landed] == ["landed", "landed"]


def test_the_same_again_is_known(homes):
    homes("together")
    assert {one.status for one in together(PATROLS, some(PATROLS))} == {"landed"}
    assert {one.status for one in together(PATROLS, some(PATROLS))} == {"known"}


def test_what_was_rejected_may_be_offered_again(homes):
    homes("together")
    text = SAMPLES[PATROLS][1].splitlines()[0]
    with pytest.raises(RejectedError):
        offer(PATROLS, text)
    assert len(together(PATROLS, some(PATROLS, 2))) == 2


def test_plain_lists_are_landed_without_a_connection_for_each(homes, monkeypatch):
    """Or the short way would never be taken, and nobody would notice."""
    homes("together")
    monkeypatch.setattr(deliver, "deliver_next", None)
    for source in TOGETHER:
        landed = together(source, some(source))
        assert [one.status for one in landed] == ["landed"] * 3


def test_duckdb_tells_a_row_with_the_only_problem_of_a_small_file(homes):
    """With statistics in a plain column DuckDB 2.0.0 took it for one without."""
    homes("together")
    outcomes = [
        one for _, one in batch.land_all(
            [put(PATROLS, name, text) for name, text in some(PATROLS, 2).items()],
            PATROLS, Passes(),
        )
    ]  # fmt: skip
    spoilt = [one for one in outcomes if one.problem_count]
    assert spoilt
    for one in spoilt:
        with duckdb.connect() as con:
            [(good,)] = con.execute(
                "select count(*) from read_parquet(?) where _problem is null",
                [str(one.parquet)],
            ).fetchall()
        assert good == one.row_count - one.problem_count


class Breaks(Passes):
    def passes(self, _):
        assert gc.get_freeze_count()
        raise MemoryError


def test_garbage_is_looked_for_everywhere_again_whatever_becomes_of_a_batch(homes):
    homes("together")
    paths = [put(PATROLS, name, text) for name, text in some(PATROLS).items()]
    assert len(list(batch.land_all(paths, PATROLS, Breaks()))) == 3
    assert gc.get_freeze_count() == 0
