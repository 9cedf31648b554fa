import duckdb
import pyarrow as pa
import pytest
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC
from hypothesis import given
from hypothesis import strategies as st

from wijkbeeld.landing import pseudonyms

texts = st.lists(st.text(max_size=80), min_size=1, max_size=40)


def by_the_library(key, text):
    tag = CMAC(AES(key))
    tag.update(text.encode())
    return tag.finalize()


@given(texts)
def test_many_at_once_are_what_the_library_gives_one_by_one(given_texts):
    keys = pseudonyms._keys(b"a secret")
    tags = pseudonyms._authenticated(pa.array(given_texts), keys)
    assert [t.tobytes() for t in tags] == [
        by_the_library(keys.key, t) for t in given_texts
    ]


@given(texts)
def test_a_part_of_a_column_gives_the_same(given_texts):
    keys = pseudonyms._keys(b"a secret")
    whole = pseudonyms._authenticated(pa.array(given_texts), keys)
    half = len(given_texts) // 2
    rest = pseudonyms._authenticated(pa.array(given_texts).slice(half), keys)
    assert (whole[half:] == rest).all()


def test_sql_and_python_give_one_text_one_name():
    with duckdb.connect() as con:
        pseudonyms.define(con)
        found = con.execute(
            "select t, pseudonym(t) "
            "from (values ('PL1500-2026900001'), (''), (null)) as v(t)"
        ).fetchall()
    assert [(text, named and named.hex) for text, named in found] == [
        ("PL1500-2026900001", pseudonyms.pseudonym("PL1500-2026900001")),
        ("", pseudonyms.pseudonym("")),
        (None, None),
    ]


def test_a_column_of_texts_has_the_names_that_they_have_one_by_one():
    given_texts = ["PL1500-2026900001", None, "", "PL1500-2026900002"]
    for column in (pa.array(given_texts), pa.array(["x", *given_texts]).slice(1)):
        named = pseudonyms.of_texts(column).to_pylist()
        assert [name and name.hex for name in named] == [
            text if text is None else pseudonyms.pseudonym(text) for text in given_texts
        ]


@pytest.mark.parametrize("other", ["another secret", "a secret "])
def test_another_key_gives_another_name(other):
    one = pseudonyms._authenticated(pa.array(["x"]), pseudonyms._keys(b"a secret"))
    two = pseudonyms._authenticated(pa.array(["x"]), pseudonyms._keys(other.encode()))
    assert one.tobytes() != two.tobytes()
