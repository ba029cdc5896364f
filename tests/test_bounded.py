"""Whatever the program remembers has a bound, or is asked about nothing that mails bring: a worker runs for weeks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parents[1] / "bot"

WITHOUT_BOUND = {
    "adapters/blank_page.py": "the page that all blank forms are drawn on, without arguments",
    "adapters/number_code.py": "what each bit of a number changes in its code, without arguments",
    "letters/remembered.py": "whether a type is frozen: by types, of which there are as many as the program has",
    "reading/ocr.py": "the models of the OCR, without arguments",
    "demo/banks.py": "the demonstration's own words",
    "demo/cast.py": "the demonstration's own people",
}
"""Modules with a memory that never forgets, each with the reason why it cannot grow with the mails."""

EMPTY_AT_FIRST = {
    "deciding/unit_names.py: _built": "by rules in use; forgets all above three",
    "deciding/vocabulary.py: _LAST": "by rules in use; the last four",
}
"""Names of modules that begin empty and are filled while the program runs, each with its bound."""


_WORTH_A_LOOK = re.compile(r"cache|^\w[^=\n]* = (?:\{|\[|dict|list|set|defaultdict|Counter)", re.MULTILINE)
_CONTAINERS = ("dict", "list", "set", "defaultdict", "Counter")


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.Module]:
    """The modules of the program that remember anything, by their paths."""
    texts = {path.relative_to(BOT).as_posix(): path.read_text("utf-8") for path in BOT.rglob("*.py")}
    return {path: ast.parse(text) for path, text in texts.items() if _WORTH_A_LOOK.search(text)}


def name_of(node: ast.expr) -> str:
    """The last part of what is called or used as a decorator."""
    target = node.func if isinstance(node, ast.Call) else node
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def is_unbounded(node: ast.expr) -> bool:
    """`cache`, or an `lru_cache` that is not told in a number or a named constant how much it may keep."""
    if name_of(node) == "cache":
        return True
    if name_of(node) != "lru_cache":
        return False
    most = [keyword.value for keyword in node.keywords if keyword.arg == "maxsize"] if isinstance(node, ast.Call) else []
    return not most or (isinstance(most[0], ast.Constant) and most[0].value is None)


def memories(module: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            yield from node.decorator_list
        elif isinstance(node, ast.Call):
            yield node


def is_empty(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Dict | ast.List):
        return not (value.keys if isinstance(value, ast.Dict) else value.elts)
    if not isinstance(value, ast.Call) or name_of(value) not in _CONTAINERS or value.keywords:
        return False
    return not value.args or name_of(value) == "defaultdict"


def filled_later(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and is_empty(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def test_every_memory_of_a_function_has_a_bound_or_a_reason_why_it_needs_none(modules: dict[str, ast.Module]) -> None:
    found = {path for path, module in modules.items() if any(map(is_unbounded, memories(module)))}
    assert found == set(WITHOUT_BOUND)


def test_nothing_is_gathered_at_the_top_of_a_module_without_a_bound(modules: dict[str, ast.Module]) -> None:
    found = {f"{path}: {name}" for path, module in modules.items() for name in filled_later(module)}
    assert found == set(EMPTY_AT_FIRST)


def test_a_memory_without_a_bound_is_seen_however_it_is_written() -> None:
    for text in ("@cache\ndef f(x): ...", "@functools.cache\ndef f(x): ...", "@lru_cache\ndef f(x): ..."):
        assert any(map(is_unbounded, memories(ast.parse(text)))), text
    for text in ("@lru_cache(maxsize=None)\ndef f(x): ...", "g = lru_cache(maxsize=None)(f)", "g = functools.cache(f)"):
        assert any(map(is_unbounded, memories(ast.parse(text)))), text
    for text in ("@lru_cache(maxsize=8)\ndef f(x): ...", "g = lru_cache(maxsize=MOST)(f)", "@property\ndef f(x): ..."):
        assert not any(map(is_unbounded, memories(ast.parse(text)))), text
    assert list(filled_later(ast.parse("A: dict[str, int] = {}\nB = []\nC = defaultdict(list)\nD = set()\nE = (1,)"))) == [
        "A",
        "B",
        "C",
        "D",
    ]
