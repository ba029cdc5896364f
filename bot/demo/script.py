"""The whole play: every scene in order of arrival."""

from bot.demo.first_days import first_days
from bot.demo.last_hours import last_hours
from bot.demo.middle_days import middle_days
from bot.demo.rush import rush
from bot.demo.scene import Scene


def script() -> tuple[Scene, ...]:
    """All scenes by the time of their arrival."""
    scenes = (*first_days(), *middle_days(), *rush(), *last_hours())
    return tuple(sorted(scenes, key=lambda scene: (scene.at, scene.key)))
