"""The zone of the clock on the wall: no setting, because the house is of one country.

SQL in dbt has it as a variable of the project; a test holds the two together.
"""

from zoneinfo import ZoneInfo

ZONE_NAME = "Europe/Amsterdam"
ZONE = ZoneInfo(ZONE_NAME)
