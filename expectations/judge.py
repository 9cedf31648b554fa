"""Hold a frame against a suite of Great Expectations."""

import great_expectations as gx
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.expectation import Expectation


def broken_rules(frame: pd.DataFrame, suite: gx.ExpectationSuite) -> list[Expectation]:
    """Return the rules that the frame breaks, in the order of the suite.

    A rule that could not be judged, for want of its column, counts as broken.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
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
