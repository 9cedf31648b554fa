"""Whatever is offered as whichever source ends in *landed* or in a reason."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.landing.offers import SAMPLES, landed, offer, put

from wijkbeeld.landing.deliver import SOURCES, RejectedError, deliver
from wijkbeeld.settings import settings as configured

# What parsers stumble over: quotes, separators, ends of lines, bytes of no alphabet,
# and the first bytes of the forms that we read.
_SHARDS = [
    b'"', b'""', b";", b",", b"\t", b"\n", b"\r", b"\r\n", b"\x00", b"\x81",
    b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"\x1f\x8b", b"<gpx", b"<!DOCTYPE",
    b"{", b"]}", b"sep=;\n", b"=1+1", b"1e999", b"-", b"9" * 40, b"31-02-2026",
    b"25-10-2026 02:30",
    "é€\u202e".encode(), b"null", b"'", b"\\",
]  # fmt: skip


@st.composite
def damaged(draw, good: bytes) -> bytes:
    """The good file, with up to four cuts, copies or insertions."""
    data = good
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 60)))
        part = draw(st.sampled_from([b"", data[at:end] * 2, *_SHARDS]))
        data = data[:at] + part + data[end:]
    return data


def ends_well(source: str, name: str, data: bytes) -> None:
    try:
        delivered, reason = offer(source, data, name), ""
    except RejectedError as refused:
        delivered, reason = None, str(refused)
    if delivered is None:
        # It names the file, and says more than that.
        hidden = "chat-zonder-naam" if source == "whatsapp__group_weeks" else name
        assert name in reason or hidden in reason
        assert len(reason) > len(name) + 20
        assert not (configured().inbox / source / name).exists()
        return
    assert delivered.status in {"landed", "known"}
    assert delivered.row_count == delivered.accepted_count + delivered.problem_count
    rows = landed(delivered, "_problem, _row_number")
    assert len(rows) == delivered.row_count
    assert sum(problem is not None for problem, _ in rows) == delivered.problem_count
    assert len({number for _, number in rows}) == len(rows)


few = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    # One home for all examples: a file more in it changes nothing for the next.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("source", SOURCES)
def test_any_bytes_land_or_are_refused_with_a_reason(zone, source):
    @few
    @given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
    def offered(data):
        ends_well(source, "2026-03-31__bytes.csv", data)

    offered()


@pytest.mark.parametrize("source", SAMPLES)
def test_a_damaged_file_lands_or_is_refused_with_a_reason(zone, source):
    name, good = SAMPLES[source]

    @few
    @given(data=damaged(good.encode()))
    def offered(data):
        ends_well(source, name, data)

    offered()


@pytest.mark.parametrize("source", SOURCES)
def test_nothing_at_all_is_refused(zone, source):
    path = put(source, "2026-03-31__leeg.csv", b"")
    with pytest.raises(RejectedError):
        deliver(path, source, lambda _: None)
