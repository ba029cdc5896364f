"""What the program does with the process it runs in."""

import gc

from bot.opening import rare_collections


def test_the_garbage_collector_lets_alone_what_was_loaded_and_is_afterwards_as_it_was() -> None:
    before = gc.get_threshold()
    with rare_collections():
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] > before[0]
        assert gc.isenabled()
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)
