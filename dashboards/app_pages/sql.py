import streamlit as st

from dashboards.components import pickers, sql_words
from dashboards.locales import translate as _
from dashboards.queries import catalogue, publication
from wijkbeeld import sandbox

st.markdown(
    _(
        "Stel een vraag aan de cijfers van deze publicatie. Er kan niets stuk: vragen "
        "lezen alleen."
    )
)
sql_words.columns(catalogue.columns())

examples = catalogue.examples()
example = pickers.choice(
    _("Voorbeeld"), "sql-voorbeeld", list(examples), sql_words.example
)
query = st.text_area(
    _("Vraag (SQL)"),
    examples[example],
    height=190,
    key=f"sql-vraag-{example}",
)
if st.button(_("Voer uit"), type="primary"):
    shown = publication.pinned()
    try:
        with st.spinner(_("Bezig …")):
            result = sandbox.run(query, shown.path)
    except sandbox.QueryError as error:
        sql_words.refusal(error)
    else:
        sql_words.answer(result, shown.name)
