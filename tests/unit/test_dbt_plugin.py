"""What dbt has read stays, so Python does not look through it for what may go."""

import gc

from wijkbeeld.dbt_plugin import Plugin


def test_what_is_there_as_the_warehouse_is_opened_is_left_alone():
    before = gc.get_threshold()
    try:
        Plugin("dbt_plugin", {})
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] > before[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
