"""The columns of the landing zone, which staging reads."""

from wijkbeeld.landing import agreement

SOURCES = (
    "cbs__buurten",
    "police__open_data",
    "police__incidents",
    "police__calls",
    "grid__forecasts",
    "social__facebook_posts",
    "social__instagram_posts",
    "social__x_posts",
    "social__facebook_page_days",
    "social__x_days",
    "watch__patrols",
    "whatsapp__groups",
    "whatsapp__broadcasts",
    "whatsapp__group_weeks",
    "team__street_knowledge",
    "team__portfolios",
    "team__goals",
    "watch__signals",
    "watch__tracks",
    "outreach__print",
    "outreach__briefings",
    "outreach__actions",
    "outreach__minutes",
    "outreach__ride_alongs",
    "outreach__programmes",
)
"""All sources, in an order in which they can be landed: points need shapes."""

_PSEUDONYMS = frozenset(
    ("incident_id", "registration_id", "address_key", "call_id", "leading_call_id")
)

COLUMNS = {
    name: {
        column: "uuid" if column in _PSEUDONYMS else "varchar"
        for column in agreement.source(name).landed
    }
    for name in SOURCES
}
"""The columns of each source that come from its deliveries, with their types: text,
but for pseudonyms, which nobody delivered."""

LOADED = {
    "_file_sha256": "varchar",
    "_file_name": "varchar",
    "_row_number": "bigint",
    "_exported_on": "timestamp",
    "_landed_at": "timestamp",
    "_problem": "varchar",
    "_is_demo": "boolean",
    "_covers_from": "date",
    "_covers_to": "date",
}
"""What landing adds to every row, with its type."""
