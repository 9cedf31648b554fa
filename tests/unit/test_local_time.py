"""There is one clock on the wall, and every part of the house looks at it."""

import yaml

from wijkbeeld.local_time import ZONE_NAME
from wijkbeeld.settings import settings

ROOT = settings().checkout


def test_python_names_the_zone_in_one_place():
    naming = {
        str(path.relative_to(ROOT))
        for folder in ("dags", "dashboards", "dbt_project", "expectations", "src")
        for path in (ROOT / folder).rglob("*.py")
        if ZONE_NAME in path.read_text("utf-8")
    }
    # A mapping may say what zone an export is in, and only this one can be read.
    assert naming == {
        "src/wijkbeeld/landing/mapping.py",
        "src/wijkbeeld/local_time.py",
    }


def test_dbt_tells_local_time_by_the_same_clock():
    project = yaml.safe_load((ROOT / "dbt_project/dbt_project.yml").read_text("utf-8"))
    assert project["vars"]["local_time_zone"] == ZONE_NAME
