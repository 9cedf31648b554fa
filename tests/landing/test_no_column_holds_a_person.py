"""A name, number, address or plate lands from no column, whatever belongs there."""

import csv
import io

import pytest
from tests.landing.offers import (
    SAMPLES,
    changed,
    landed,
    offer,
    problems,
    separator_of,
)

from wijkbeeld.demo import canaries
from wijkbeeld.landing import agreement, headers, mapping, values
from wijkbeeld.landing.rejected import RejectedError

TITLED = "mevr. Kanarievogel"
TEXTS = (
    f"{canaries.NAME} {canaries.PHONE.replace('-', '')}",
    f"{TITLED}, Kanariepietlaan 3",
    f"man met kenteken {canaries.PLATE}",
    f"ZZ {canaries.IBAN} {canaries.EMAIL}",
)
WORDS = ("kanarie", "00004711", "0000471108", canaries.PLATE.lower())
POSTS = {"social__facebook_posts", "social__instagram_posts", "social__x_posts"}
"""What is in these was published already, so that no name is looked for (FORMATS)."""
GROUPS = "whatsapp__groups"
"""The name of a group is as WhatsApp has it: a buurt and a number (*Kijkduin 4*) look
like a house, and without its name a chat is not known."""
PUBLIC = {"cbs__buurten"}
"""Names of places, as CBS publishes them."""


def _spellings(source):
    """Return the headers of every column that may be delivered."""
    delivered = _rows(source)[0]
    agreed = agreement.source(source)
    if source in {mapping.INCIDENTS, mapping.CALLS}:
        agreed = mapping.agreed(agreed, mapping.choose(source, delivered))
    return [
        field.nl + field.en
        for field in agreed.fields.values()
        if field.nl + field.en and not field.is_made and field.kind != "wkt"
    ]


def _texts(source, spelled):
    is_found_only = source in POSTS or (source == GROUPS and "groepsnaam" in spelled)
    return [text for text in TEXTS if not (is_found_only and TITLED in text)]


def _rows(source):
    text = SAMPLES[source][1]
    return list(csv.reader(io.StringIO(text), delimiter=separator_of(text)))


def _planted(source, *planted):
    """Return the sample with a row for each text in a column, before its own rows."""
    header, first, *rest = _rows(source)
    more = []
    for spelled, text in planted:
        known = {headers.plain(name) for name in spelled}
        at = next((i for i, h in enumerate(header) if headers.plain(h) in known), None)
        if at is None:
            at = len(header)
            header.append(spelled[0])
        row = first + [""] * (len(header) - len(first))
        row[at] = text
        more.append(row)
    rows = [header, *more, first, *rest]
    out = io.StringIO()
    write = csv.writer(out, delimiter=separator_of(SAMPLES[source][1]))
    write.writerows(row + [""] * (len(header) - len(row)) for row in rows)
    return out.getvalue()


@pytest.mark.parametrize("source", sorted(SAMPLES.keys() - PUBLIC))
def test_what_names_a_person_lands_from_no_column(zone, source):
    planted = [(s, text) for s in _spellings(source) for text in _texts(source, s)]
    try:
        offer(source, _planted(source, *planted))
        files = [planted]
    except RejectedError:
        # A single one of them may prove another file.
        files = [[(s, t) for t in _texts(source, s)] for s in _spellings(source)]
    for listed in files:
        try:
            kept = landed(offer(source, _planted(source, *listed)))
        except RejectedError as reason:
            kept = [(str(reason),)] * len(listed)
        for (spelled, text), row in zip(listed, kept, strict=False):
            found = [word for word in WORDS if word in str(row).lower()]
            assert not found, (spelled, text, row)


@pytest.mark.parametrize(
    ("source", "column", "text", "problem"),
    [
        ("watch__patrols", "ronde_id", "Jan Zzcanarya 0612345678", "bad_id"),
        ("watch__patrols", "ronde_id", "Zzcanarya", "bad_id"),
        ("watch__patrols", "ronde_id", "Zzcanarya 1", "bad_id"),
        ("watch__patrols", "ronde_id", "R-06-12345678", "bad_id"),
        ("watch__patrols", "ronde_id", "06-12-34-56-78", "bad_id"),
        ("watch__patrols", "ronde_id", "+31612345678", "bad_id"),
        ("watch__patrols", "ronde_id", "jan1@demo.invalid", "bad_id"),
        ("watch__patrols", "route_naam", "mevrouw Zzcanarya", "personal_data_found"),
        ("watch__patrols", "vervoer", "met dhr. Zzcanarya", "personal_data_found"),
        ("watch__patrols", "aantal_lopers", "Jan Zzcanarya 0612345678", "bad_number"),
        ("watch__patrols", "buurtcodes", "bij mevr. Zzcanarya", "unknown_buurt"),
        ("watch__patrols", "team", "mevr. Zzcanarya", "personal_data_found"),
        ("watch__patrols", "team", "0612345678", "personal_data_found"),
        ("watch__signals", "ronde_id", "mevr. Zzcanarya, Lindelaan 3", "bad_id"),
        ("watch__signals", "soort", "man met kenteken AB-12-CD", "unknown_code"),
        ("team__portfolios", "functie", "Jan de Zzcanarya", "personal_data_found"),
        ("team__goals", "eigenaar", "Jan de Zzcanarya", "personal_data_found"),
        ("team__goals", "stopregel", "Jan de Zzcanarya", "personal_data_found"),
        ("outreach__programmes", "naam", "met Jan de Zzcanarya", "personal_data_found"),
        ("team__street_knowledge", "reden", "Jan de Zzcanarya", "personal_data_found"),
        ("outreach__print", "tip_code", "Jan de Zzcanarya", "bad_id"),
        ("whatsapp__broadcasts", "hoort_bij", "bericht van Jan", "bad_id"),
        ("whatsapp__broadcasts", "groep_id", "Jan de Zzcanarya", "unknown_code"),
        ("social__facebook_posts", "Pagina-ID", "0612345678", "bad_id"),
        ("social__facebook_posts", "Pagina-ID", "31612345678", "bad_id"),
    ],
)  # fmt: skip
def test_where_it_is_left_out_the_problem_is_named(zone, source, column, text, problem):
    delivered = offer(source, changed(source, 1, **{column: text}))
    assert problems(delivered)[0] == problem
    assert "zzcanary" not in str(landed(delivered)).lower()
    assert text not in str(landed(delivered))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("R-2026-0312-01", "numbered"), ("WT-HOUTWIJK-20260312-2000", "numbered"),
        ("20260312", "numbered"), ("S-2026-0312-01-2", "numbered"), ("7", "numbered"),
        ("WB-2026-031", "numbered"), ("2026WB031", "numbered"), ("AB-12", "numbered"),
        ("03-12-2026-1", "numbered"), ("P-GRAFFITI-1", "word"), ("r1.2", "word"),
        ("550e8400-e29b-41d4-a716-446655440000", "numbered"),
        ("202603122000", "numbered"), ("kde_decay", "word"), ("TIP-LAMP", "word"),
        ("9000000000000102", "platform"), ("2098820180997046272", "platform"),
        ("20531316728", "platform"), ("RD125_76875_452500", "platform"),
        ("PL1500 2026 900001", "any"), ("0612345678", "any"),
    ],
)  # fmt: skip
def test_an_ordinary_id_is_left_as_it_is(text, shape):
    assert values.exact_id(text, shape) == values.Value(text)


def test_an_id_may_be_any_text_only_where_its_pseudonym_lands():
    for source in sorted(SAMPLES):
        agreed = agreement.source(source)
        ids = {n: f.shape for n, f in agreed.fields.items() if f.kind == "id"}
        of_any = {name for name, shape in ids.items() if shape == "any"}
        assert of_any == agreed.pseudonymised & ids.keys()
