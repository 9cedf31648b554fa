"""Where things are and what may be chosen, from the environment."""

import secrets
import sys
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    NaiveDatetime,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from wijkbeeld import files, local_time

_CHECKOUT = Path(__file__).parents[2]
_KEY_BYTES = 32

Role = Literal["public", "team", "analyst"]
Language = Literal["nl", "en"]


class Settings(BaseSettings):
    """One installation of Wijkbeeld; each field is ``WIJKBEELD_<FIELD>``."""

    model_config = SettingsConfigDict(env_prefix="WIJKBEELD_", frozen=True)

    home: Path = _CHECKOUT / "var"
    checkout: Path = _CHECKOUT
    """Folder that holds ``dags/``, ``dbt_project/`` and ``dashboards/``."""
    role: Role = "team"
    """Whose file the dashboards and ``wijkbeeld sql`` read."""
    language: Language = "nl"
    """In which reasons and warnings of deliveries are written."""
    pseudonym_key: SecretStr | None = None
    dbt: Path = Path(sys.executable).with_name("dbt")
    """The dbt executable; production may keep dbt in an image of its own."""
    publish_time_zone: ZoneInfo = local_time.ZONE
    """Zone of the publish time in Meta's exports, which do not say it."""
    facebook_page_ids: tuple[str, ...] = ()
    """Pages that are ours; none named means every page is accepted."""
    appeal_prefix: str = "BERICHT VAN POLITIE LOOSDUINEN"
    """How a message of the police in a WhatsApp group begins, by agreement."""
    ride_along_delay_minutes: NonNegativeInt = 30
    """How long after the quarter of a call a ride-along post may be published."""
    instagram_account_ids: tuple[str, ...] = ()
    """Accounts on Instagram that are ours; none named means every one is accepted."""
    x_accounts: tuple[str, ...] = ()
    """Names of our accounts on X; none named means every one is accepted."""
    police_chat_names: tuple[str, ...] = ("Politie Loosduinen",)
    """Under which names or numbers the police write in WhatsApp groups."""
    watch_teams: tuple[str, ...] = ()
    """Codes of the watch teams, as in their lists; none named means none is new."""
    keep_delivered_days: NonNegativeInt = 14
    """How long a delivered file stays, so that a reading mistake can be mended; one
    that was rejected as long, so that it can be looked at."""
    publications_kept: NonNegativeInt = 12
    """How many publications stay for going back; the one that readers see always."""
    public_corrections_at_once: bool = False
    """Whether a final figure that the public has seen is corrected before the next
    quarter: for a mistake that may not stand, since it tells when a few came in."""
    approvers: tuple[str, ...] = ()
    """Who may approve what leaves as public, by user id in Airflow; none named means
    everyone who may act there."""
    approval_days: Annotated[int, Field(ge=1, le=13)] = 13
    """How long a draft waits for a person before it expires; less than a fortnight,
    because one run waits at a time."""
    briefing_dates: tuple[date, ...] = ()
    """Days of briefings that are not held on the last Thursday of their month."""
    briefing_prepared_days: Annotated[int, Field(ge=2, le=16)] = 14
    """How long before a briefing it is prepared."""
    runs_kept_days: Annotated[int, Field(ge=30)] = 30
    """How long Airflow keeps rows and logs of its runs: longer than one of a briefing
    can last, which waits for figures (16 days at most) and for a person (13)."""
    bulletin_anchor: NaiveDatetime = datetime(2026, 1, 8, 9)  # noqa: DTZ001 - by the clock
    """When one bulletin came out, by the local clock; all others follow from it."""
    pull_is_on: bool = False
    """Whether open data is fetched; without it no request leaves this machine."""
    pull_police_address: str = "https://dataderden.cbs.nl/ODataApi/OData"
    pull_police_tables: tuple[str, ...] = ("47022NED", "47018NED", "47024NED")
    pull_cbs_address: str = "https://opendata.cbs.nl/ODataApi/odata"
    pull_cbs_tables: tuple[str, ...] = (
        *("84583NED", "84799NED", "85039NED", "85318NED", "85618NED", "85984NED"),
        "86165NED",
    )
    """Key figures per buurt; every year is a table of its own."""
    pull_regions: tuple[str, ...] = ("NL00", "GM0518", "WK0518", "BU0518")
    """How the codes begin of the regions that are fetched: the team's and, to compare
    them with, all of the city."""
    pull_stall_seconds: PositiveFloat = 60.0
    pull_answer_seconds: PositiveFloat = 600.0
    pull_answer_limit_bytes: PositiveInt = 50_000_000
    pull_tries: PositiveInt = 6
    memory_limit: Annotated[str, Field(pattern=r"^\d+(\.\d+)? ?[KMGT]i?B$")] = "4GB"
    """What DuckDB may take while a build runs; ``profiles.yml`` of dbt reads it."""
    unpacked_limit_bytes: PositiveInt = 200_000_000
    compression_ratio_limit: PositiveInt = 200
    upload_limit_mb: PositiveInt = 50
    """The largest file that a page takes; Streamlit's own bound is above it."""

    @property
    def inbox(self) -> Path:
        """Deliveries that wait, one folder per source."""
        return self.home / "inbox"

    @property
    def delivered(self) -> Path:
        """Files that were landed, as they came."""
        return self.home / "delivered"

    @property
    def landing(self) -> Path:
        """One immutable Parquet file per delivered file."""
        return self.home / "landing"

    @property
    def rejected(self) -> Path:
        """Files that are not what was agreed, each beside its reason."""
        return self.home / "rejected"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file; only a build writes to it."""
        return self.home / "warehouse" / "wijkbeeld.duckdb"

    @property
    def published(self) -> Path:
        """One folder per publication, and the pointer to the current one."""
        return self.home / "published"

    @property
    def airflow(self) -> Path:
        """Airflow's own home."""
        return self.home / "airflow"

    @property
    def releases(self) -> Path:
        """What left as public: a folder per release, which never changes."""
        return self.home / "releases"

    @property
    def alerts(self) -> Path:
        """What was not ready in time, a small file for each."""
        return self.home / "alerts"

    @property
    def locks(self) -> Path:
        """Files that are locked, never read."""
        return self.home / "locks"

    @property
    def dbt_project(self) -> Path:
        """The dbt project."""
        return self.checkout / "dbt_project"


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings()


def make_home() -> None:
    """Make the home if need be, and shut out whoever has no business in it."""
    home = settings().home
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if lets_others_in(home):
        # Where it is another's, or may only be read, the doctor tells.
        with suppress(OSError):
            home.chmod(0o700)


def lets_others_in(home: Path) -> bool:
    """Tell whether a folder is open to more than its owner and a group that looks.

    Production has such a group: that of whoever serves the pages.
    """
    return bool(home.stat().st_mode & 0o027)


@cache
def pseudonym_key() -> bytes:
    """Return the key of the pseudonyms; make one when none was ever set.

    The same key must be used for ever: with another one the same incident gets
    another name. It lies outside the warehouse and is never published.
    """
    given = settings().pseudonym_key
    if given is not None:
        return given.get_secret_value().encode()
    kept = settings().home / "secrets" / "pseudonym.key"
    with files.exclusive(settings().locks / "pseudonym.key"):
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with files.appearing(kept) as scratch:
                scratch.touch(mode=0o600)
                scratch.write_text(secrets.token_hex(_KEY_BYTES), "ascii")
    return kept.read_bytes()
