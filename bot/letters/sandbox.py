"""The sandbox that templates run in: Jinja2's own, which refuses the same, with a memory for what it is asked often."""

from collections.abc import Callable, Mapping, MutableMapping
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import DictLoader, StrictUndefined, Undefined
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

_METHODS = (MethodType, BuiltinMethodType)
"""Where `str.format` hides, which Jinja2 hands out in a sandboxed form only."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Whether a template may look at an attribute depends on type and name alone: it is asked once, not 400 times a letter.

    `sources`: path of a template to its text; `words` and `functions` are what every template sees. All is read once: what
    is changed later, templates do not see.
    """

    def __init__(
        self, sources: Mapping[str, str], words: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]
    ) -> None:
        super().__init__(
            loader=DictLoader(sources),
            undefined=StrictUndefined,
            autoescape=lambda name: bool(name and name.endswith(".html")),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._allowed: dict[tuple[type, str], bool] = {}
        self._ours = frozenset(map(id, functions.values()))  # the globals keep them alive
        self.globals |= {"words": words, **functions}
        # What says something else each time: letters are the same each time, and text and HTML of one say the same.
        del self.filters["random"], self.globals["lipsum"]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may look at this attribute."""
        key = (type(obj), attr)
        if (known := self._allowed.get(key)) is None:
            known = self._allowed[key] = super().is_safe_attribute(obj, attr, value)
        return known

    def getattr(self, obj: Any, attribute: str) -> Any | Undefined:
        """An attribute, else an item of this name: at once where it is known to be allowed and is no method."""
        if self._allowed.get((type(obj), attribute)):
            try:
                value = getattr(obj, attribute)
            except AttributeError:
                return super().getattr(obj, attribute)
            if not isinstance(value, _METHODS):
                return value
        elif type(obj) is dict and not hasattr(dict, attribute) and attribute in obj:
            return obj[attribute]  # as Jinja2 does once it has found no such attribute; a plain dict can have no other
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something from a template. Macros and our own functions are safe, and asked for at once."""
        ours = id(obj) in self._ours
        if not ours and type(obj) is not Macro:
            return super().call(context, obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)  # for functions that want the variables of their place in the template
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs) if ours else obj(context.eval_ctx, *args, **kwargs)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template sees, in one dict: Jinja2's chain of them is walked in Python for each sentence."""
        return {**self.globals, **(d or {})}
