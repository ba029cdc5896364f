"""Reads the invented words of the play: names, units and sentences lie in TOML files beside the code."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def bank(name: str) -> Mapping[str, Any]:
    """The file of this name, without `.toml`."""
    return tomllib.loads(files("bot.demo").joinpath(f"{name}.toml").read_text("utf-8"))
