import pyarrow as pa

from wijkbeeld.measures.breaks import breaks
from wijkbeeld.measures.pools import by_offence

SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "offence_code": pa.string(),
        "month": pa.date32(),
        "shift_ratio": pa.float64(),
        "shift_z": pa.float64(),
        "outside_ratio": pa.float64(),
        "outside_z": pa.float64(),
        "is_suspected_break": pa.bool_(),
        "is_strongest": pa.bool_(),
    }
)


def shifts(buurten):
    return breaks(
        buurten, pool=("source", "offence_code"), area="area_code", ours="is_shown"
    )


def model(dbt, session):
    dbt.config(materialized="table")
    arranged = dbt.ref("int_crimes_arranged_to_area_month")
    return by_offence(arranged.filter("level = 'buurt'"), shifts, SCHEMA)
