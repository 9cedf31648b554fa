"""Build the warehouse when anything has landed, and publish what passes.

Deliveries that arrive during a build make one more run, after it. Readers keep the
publication they have until `publish` has moved the pointer to the next one.

To repeat a failed build, trigger a new run. Do not clear its tasks: on a second
try the dbt run is skipped, and what watches it repeats the old verdict.
"""

from airflow.sdk import dag, task
from cosmos import DbtTaskGroup

from shared import dbt
from shared.assets import ANYTHING_LANDED, PUBLICATION
from shared.defaults import DEFAULTS


@dag(schedule=ANYTHING_LANDED, tags=["build"], doc_md=__doc__, **DEFAULTS)
def build_warehouse():
    @task(pool="warehouse")
    def prepare() -> None:
        from wijkbeeld import build

        build.prepare()

    # A verdict does not change by asking again.
    @task(pool="warehouse", retries=0)
    def audit() -> None:
        from airflow.sdk.exceptions import AirflowFailException

        from wijkbeeld import build

        try:
            build.audit()
        except build.BuildError as reason:
            raise AirflowFailException(str(reason)) from None

    @task(pool="warehouse", outlets=[PUBLICATION])
    def publish(build_id: str) -> str:
        from wijkbeeld import build

        return build.publish(build_id)

    built = DbtTaskGroup(group_id="dbt", **dbt.BUILD)
    prepare() >> built >> audit() >> publish("{{ run_id }}")


build_warehouse()
