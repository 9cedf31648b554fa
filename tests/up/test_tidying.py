"""What Airflow keeps of old runs goes, and nothing else does."""

import os
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wijkbeeld.up import tidying

AIRFLOW = Path(sys.executable).with_name("airflow")
DAY_S = 24 * 3600


@pytest.fixture
def environment(tmp_path):
    return os.environ | {
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    }


def logged(home, name, days):
    """Leave the log of a task of so many days ago, in the folders of its run."""
    log = home / "logs" / "dag_id=land_calls" / f"run_id={name}" / "find" / "1.log"
    log.parent.mkdir(parents=True)
    log.write_text("gezien\n")
    moment = time.time() - days * DAY_S
    for path in (log, *list(log.parents)[:2]):
        os.utime(path, (moment, moment))
    return log


def test_rows_and_logs_of_more_than_thirty_days_ago_go(environment, tmp_path):
    subprocess.run(
        [AIRFLOW, "db", "migrate"], env=environment, check=True, capture_output=True
    )
    now = datetime.now(UTC)
    database = tmp_path / "airflow.db"
    with sqlite3.connect(database) as con:
        for days in (29, 31):
            con.execute(
                "insert into log (dttm, event) values (?, 'looked')",
                [f"{now - timedelta(days=days):%Y-%m-%d %H:%M:%S.%f}"],
            )
    old, new = logged(tmp_path, "a", 31), logged(tmp_path, "b", 29)
    latest = tmp_path / "logs" / "latest"
    latest.symlink_to(new.parent)

    assert tidying.tidy(environment) == 1

    with sqlite3.connect(database) as con:
        looked = con.execute("select dttm from log where event = 'looked'").fetchall()
        tables = {name for (name,) in con.execute("select name from sqlite_master")}
    assert [datetime.fromisoformat(at).date() for (at,) in looked] == [
        (now - timedelta(days=29)).date()
    ]
    assert not any(name.startswith("_airflow_deleted") for name in tables)
    assert not old.parents[1].exists()
    assert new.exists()
    assert latest.exists()


def test_a_week_passes_before_it_is_tidied_again(environment, tmp_path):
    logged(tmp_path, "a", 31)
    assert not tidying.weekly(environment)
    assert not tidying.weekly(environment)
    told = tmp_path / "tidied"
    os.utime(told, (time.time() - 8 * DAY_S,) * 2)
    # No database can be reached; that is said once, and again in a week.
    nowhere = "sqlite:////nowhere/airflow.db"
    environment = environment | {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": nowhere}
    with pytest.raises(tidying.TidyError, match="niet opgeruimd"):
        tidying.weekly(environment)
    assert not any((tmp_path / "logs").rglob("*.log"))
    assert not tidying.weekly(environment)
