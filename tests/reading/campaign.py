"""The campaign that ships, for the tests of reading documents."""

from pathlib import Path

from bot.adapters.rules import load_rules

RULES = load_rules(Path(__file__).parents[2] / "rules" / "3x100-2021")
