"""A home of its own for every test, and the slides of what is written in it."""

from datetime import date

import pytest
from output import public_file
from output.figures import assert_public, texts_of

from wijkbeeld.output import slides
from wijkbeeld.settings import settings


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKBEELD_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def present(tmp_path):
    """Return what writes tables of residents, and makes the slides of a month."""

    def made(month=date(2026, 10, 1), change="", **tables):
        path = tmp_path / "public.duckdb"
        with public_file.made(path) as con:
            for table, rows in tables.items():
                public_file.put(con, table, *rows)
            con.execute(change)
        presentation = slides.presentation(path, month)
        assert_public(texts_of(presentation), path)
        return {slide.key: slide for slide in presentation.slides}

    return made
