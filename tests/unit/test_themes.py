import duckdb
import pandas as pd
import pytest

from wijkbeeld.measures.themes import label_captions
from wijkbeeld.settings import settings


@pytest.fixture(scope="module")
def keywords():
    return pd.read_csv(settings().dbt_project / "seeds" / "theme_keywords.csv")


@pytest.mark.parametrize(
    ("caption", "theme"),
    [
        ("Inbraken in de Houtwijk\nZet een lamp op een tijdklok.", "woninginbraak"),
        # Bold look-alike letters are the point.
        ("𝗜𝗻𝗯𝗿𝗮𝗸𝗲𝗻 in de Houtwijk", "woninginbraak"),  # noqa: RUF001
        ("Vannacht drie auto-inbraken in Waldeck", "autokraak"),
        ("Inbraak in een schuurtje", "schuurinbraak"),
        ("BERICHT VAN POLITIE LOOSDUINEN: wie zag de fietsendief?", "fietsendiefstal"),
        ("BERICHT VAN POLITIE LOOSDUINEN: heeft u iets gezien?", "getuigenoproep"),
        ("Bel 112 bij nood", "meldingen_112"),
        ("Whatsappfraude: trap er niet in", "cyber"),
        ("Vijf tips voor een veilig huis", "preventie"),
        ("Update", "overig"),
        (None, "overig"),
    ],
)
def test_a_caption_has_the_theme_of_its_first_keyword(keywords, caption, theme):
    labelled = label_captions(pd.Series([caption], dtype=str), keywords)
    assert labelled["theme"].tolist() == [theme]


def test_no_captions_give_no_rows(keywords):
    labelled = label_captions(pd.Series([], dtype=str), keywords)
    assert labelled.columns.tolist() == ["caption", "theme"]
    assert labelled.empty


def test_every_theme_is_of_our_own_list(keywords):
    # FORMATS 0.8.
    themes = (
        "woninginbraak schuurinbraak autokraak voertuigdiefstal fietsendiefstal"
        " straatroof_overval geweld vernieling winkeldiefstal drugs oplichting cyber"
        " verkeer jeugd overlast getuigenoproep preventie meldingen_112 overig"
    )
    assert set(keywords["theme"]) <= set(themes.split())


def test_no_captions_at_all_are_still_text(keywords):
    with duckdb.connect() as con:
        con.register("labelled", label_captions(pd.Series([], dtype=object), keywords))
        described = con.sql("describe from labelled").fetchall()
    assert [row[1] for row in described] == ["VARCHAR", "VARCHAR"]
