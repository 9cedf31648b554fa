"""Every asset, named once: the sources, and what is made of them."""

from airflow.sdk import Asset

CBS_BUURTEN = Asset("cbs__buurten")
POLICE_INCIDENTS = Asset("police__incidents")
POLICE_OPEN_DATA = Asset("police__open_data")
SOCIAL_FACEBOOK_POSTS = Asset("social__facebook_posts")
WATCH_PATROLS = Asset("watch__patrols")

ANYTHING_LANDED = (
    CBS_BUURTEN
    | POLICE_INCIDENTS
    | POLICE_OPEN_DATA
    | SOCIAL_FACEBOOK_POSTS
    | WATCH_PATROLS
)

PUBLICATION = Asset("publication")
