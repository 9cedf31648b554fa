"""The order of problems: a row has one, the first of these (FORMATS 0.10)."""

ORDER = (
    "ragged_row", "not_a_data_row", "duplicate_row", "key_conflict",
    "missing_required_value", "excel_error_value", "control_characters",
    "field_too_long", "bad_id", "id_precision_lost", "not_our_account", "bad_date",
    "nonexistent_local_time", "date_out_of_range", "to_before_from",
    "bad_order_in_time", "bad_period", "bad_number", "negative_count",
    "abbreviated_number", "bad_boolean", "parts_do_not_add_up", "unknown_code",
    "unknown_offence_code", "bad_region_code", "unknown_buurt", "bad_coordinates",
    "swapped_axes", "outside_area", "off_grid", "bad_rank", "forecast_after_start",
    "gps_spike", "cut_for_privacy", "personal_data_found",
)  # fmt: skip


def first_of(rules: dict[str, list[str]]) -> str:
    """Return SQL that names the first problem of a row, null for none.

    Args:
        rules: Per problem code the conditions in SQL, any of which makes it hold.
    """
    unknown = sorted(set(rules) - set(ORDER))
    if unknown:
        raise ValueError(f"no such problem: {', '.join(unknown)}")
    cases = [
        f"when {' or '.join(f'({rule})' for rule in rules[code])} "
        f"then '{code}'::problem_code"
        for code in ORDER
        if rules.get(code)
    ]
    return f"case {' '.join(cases)} end" if cases else "null::varchar"
