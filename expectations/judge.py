"""Hold a frame against a suite of Great Expectations."""

import great_expectations as gx
import pandas as pd
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.expectations.expectation import Expectation

# Without its site of documents, for which it leaves a temporary folder every time.
_IN_MEMORY = DataContextConfig(
    store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
    progress_bars=ProgressBarsConfig(globally=False),
    analytics_enabled=False,
)


def broken_rules(frame: pd.DataFrame, suite: gx.ExpectationSuite) -> list[Expectation]:
    """Return the rules that the frame breaks, in the order of the suite.

    A rule that could not be judged, for want of its column, counts as broken.
    """
    context = gx.get_context(mode="ephemeral", project_config=_IN_MEMORY)
    batch = (
        context.data_sources.add_pandas("frames")
        .add_dataframe_asset(suite.name)
        .add_batch_definition_whole_dataframe("whole")
        .get_batch(batch_parameters={"dataframe": frame})
    )
    # Only the verdict: examples of what is wrong would be rows of a delivery.
    outcome = batch.validate(suite, result_format="BOOLEAN_ONLY")
    held = {
        result.expectation_config.description
        for result in outcome.results
        if result.success
    }
    return [rule for rule in suite.expectations if rule.description not in held]
