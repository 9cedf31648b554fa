"""Build the warehouse when anything has landed or left, and publish what passes.

A run that deliveries have started first lets the others land that came with them.
Deliveries that arrive during a build make one more run, after it; when the build
took them in already, that run skips all it has. Readers keep the publication they
have until `publish` has moved the pointer to the next one.

To repeat a failed build, trigger a new run. Do not clear its tasks: on a second
try the dbt run is skipped, and what watches it repeats the old verdict.
"""

from functools import partial

from airflow.sdk import dag, get_current_context, task
from cosmos import DbtTaskGroup

from shared import dbt
from shared.assets import ANYTHING_NEW, PUBLICATION
from shared.defaults import DEFAULTS
from shared.landing import somebody_lands


@dag(
    schedule=ANYTHING_NEW,
    tags=["build"],
    doc_md=__doc__,
    **DEFAULTS,
)
def build_warehouse():
    @task.short_circuit(pool="warehouse")
    def prepare() -> bool:
        from wijkbeeld import build
        from wijkbeeld.landing import inbox

        context = get_current_context()
        inbox.until_quiet(partial(somebody_lands, context["ti"]))
        # Whoever asks for a build by hand gets one.
        is_asked_for = context["dag_run"].run_type == "manual"
        if not is_asked_for and not build.is_needed():
            return False
        build.prepare()
        return True

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
        from airflow.sdk.exceptions import AirflowFailException

        from wijkbeeld import build

        try:
            return build.publish(build_id)
        except build.BuildError as reason:
            raise AirflowFailException(str(reason)) from None

    built = DbtTaskGroup(group_id="dbt", **dbt.BUILD)
    prepare() >> built >> audit() >> publish("{{ run_id }}")


build_warehouse()
