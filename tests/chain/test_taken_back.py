"""What is taken out of the landing zone, or read anew, is so in the next build."""

import shutil

import duckdb
import pytest
from chain.homes import contents, environment, published, run

from wijkbeeld.settings import settings


@pytest.fixture(scope="module")
def home(built, tmp_path_factory):
    copy = tmp_path_factory.mktemp("taken_back") / "home"
    shutil.copytree(built, copy)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(copy).items():
            patch.setenv(name, value)
        settings.cache_clear()
        yield copy
    settings.cache_clear()


def in_mart(home, query):
    with duckdb.connect(str(published(home)), read_only=True) as con:
        return con.sql(query).fetchall()


def test_a_delivery_that_is_withdrawn_is_in_no_mart_any_more(home):
    [(name, sha256)] = in_mart(
        home,
        "select file_name, file_sha256 from marts.fct_deliveries "
        "where source = 'watch__patrols' and status = 'landed' "
        "order by file_name limit 1",
    )
    before = in_mart(home, "select count(*) from marts.fct_patrols")
    run(home, "withdraw", "no such file", code=1)
    assert sha256 in run(home, "withdraw", name, "--yes")
    run(home, "withdraw", name, "--yes", code=1)
    run(home, "build")
    assert in_mart(
        home,
        f"select count(*) from marts.fct_deliveries where file_sha256 = '{sha256}'",
    ) == [(0,)]
    assert in_mart(home, "select count(*) from marts.fct_patrols") < before
    built = contents(published(home))
    run(home, "build", "--full-refresh")
    anew = contents(published(home))
    assert [table for table in built if built[table] != anew[table]] == []


def test_a_file_that_is_landed_again_is_read_as_it_is_read_now(
    home, deliveries, monkeypatch
):
    posts = [d for d in deliveries if d.parent.name == "social__facebook_posts"]
    moments = "select post_id, published_at from marts.fct_posts order by all"
    before = in_mart(home, moments)
    monkeypatch.setenv("WIJKBEELD_PUBLISH_TIME_ZONE", "America/Los_Angeles")
    # What is known is not read again, unless it is asked for.
    run(home, "land", *posts)
    run(home, "build")
    assert in_mart(home, moments) == before
    run(home, "land", "--again", *posts)
    run(home, "build")
    after = in_mart(home, moments)
    assert [post for post, _ in after] == [post for post, _ in before]
    assert after != before
