"""Every demo delivery through real landing: what was planted is what is found."""

import shutil
from collections import Counter

import pyarrow.parquet as pq
import pytest

from wijkbeeld.settings import settings


@pytest.fixture(scope="module")
def landed(written, tmp_path_factory):
    """Home of a house in which the whole demo was landed, and what came of it."""
    from wijkbeeld.landing import deliver, inbox_files

    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    patch.setenv("WIJKBEELD_HOME", str(home))
    settings.cache_clear()
    for path in written.files:
        target = settings().inbox / path.relative_to(written.path.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    outcomes = {
        (source, name): deliver.deliver(path, source, lambda _: None)
        for source in deliver.SOURCES
        # A chat gets another name while it waits.
        for name, path in zip(
            _names(settings().inbox / source),
            inbox_files.waiting(source),
            strict=True,
        )
    }
    yield home, outcomes
    patch.undo()
    settings.cache_clear()


def _names(folder):
    # Some come in a folder that is named after their account.
    return [path.name for path in sorted(folder.rglob("*")) if path.is_file()]


def test_every_file_is_landed(written, landed):
    _, outcomes = landed
    assert {name for _, name in outcomes} == {path.name for path in written.files}
    assert {delivered.status for delivered in outcomes.values()} == {"landed"}


def test_every_row_is_accepted_or_has_the_problem_that_was_planted(written, landed):
    _, outcomes = landed
    found, expected = {}, {}
    for (source, name), delivered in outcomes.items():
        problems = pq.read_table(delivered.parquet, columns=["_problem"])["_problem"]
        codes = Counter(
            code.split()[0].rstrip(":") for code in problems.to_pylist() if code
        )
        found[name] = (delivered.row_count, delivered.accepted_count, dict(codes))
        truth = written.deliveries[source][name]
        expected[name] = (
            truth["row_count"],
            truth["accepted_count"],
            truth["problems"],
        )
    assert found == expected


def test_no_canary_is_kept(written, landed):
    home, outcomes = landed
    kept = [delivered.parquet for delivered in outcomes.values()]
    kept += list((home / "landing" / "_deliveries").rglob("*.parquet"))
    for path in kept:
        table = pq.read_table(path)
        for name in table.column_names:
            text = "\n".join(map(str, table[name].to_pylist()))
            for canary in written.described()["canaries"]:
                assert canary not in text, f"{canary} in {name} of {path.name}"
