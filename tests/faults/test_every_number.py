"""Every incident on the list has a test of the whole program, under its number."""

import ast
from pathlib import Path

LIST = range(1, 49)


def test_every_fault_from_1_to_48_has_a_test_of_the_whole_program() -> None:
    modules = [path for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__)]
    names = [
        node.name for path in modules for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)
    ]
    found = {int(name.split("_")[2]) for name in names if name.startswith("test_fault_")}
    assert sorted(set(LIST) - found) == []
    assert sorted(found - set(LIST)) == []
