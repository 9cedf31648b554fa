"""Tables of few rows, large enough for the back row."""

import pandas as pd
import streamlit as st

from dashboards.components import downloads, figures


def small(frame: pd.DataFrame, left: list[str], alt: str) -> None:
    """Draw a table whose cells are shown as they are written.

    Args:
        frame: Texts only, with headings that are translated already.
        left: The columns of words; all others hold figures and stand to the right.
        alt: What a reader who cannot see the table is told; no two on a page are
            alike.
    """
    shown = frame.map(figures.plain)
    right = [column for column in frame.columns if column not in left]
    at = [frame.columns.get_loc(column) for column in right]
    st.table(
        shown.style.set_properties(
            subset=right, **{"text-align": "right !important"}
        ).set_table_styles(
            [
                {
                    "selector": f"th.col_heading.col{place}",
                    "props": "text-align: right !important",
                }
                for place in at
            ]
        ),
        hide_index=True,
        border="horizontal",
        alt=alt,
    )
    downloads.offer(frame, alt)


def long(
    frame: pd.DataFrame, left: list[str], what: str, wide: str | None = None
) -> None:
    """Draw a table that may be long; cells are texts and never markdown.

    Args:
        frame: Texts only.
        left: The columns of words; all others hold figures and stand to the right.
        what: What the rows are, in a few words; no two on a page are alike.
        wide: The column that takes what room there is.
    """
    st.dataframe(
        frame,
        hide_index=True,
        column_config={
            column: st.column_config.TextColumn(
                width="large" if column == wide else None,
                alignment="left" if column in left else "right",
            )
            for column in frame.columns
        },
    )
    downloads.offer(frame, what)
