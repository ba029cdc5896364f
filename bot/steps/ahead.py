"""Reading ahead: while one mail is judged, the readers are at the next ones; the order stays."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bot.model import Reading

Item = TypeVar("Item")


def read_ahead(items: Iterable[Item], read: Callable[[Item], Reading], width: int) -> Iterator[tuple[Item, "Future[Reading]"]]:
    """Each item with its reading, in the given order; `width` are read at once and no more than twice as many wait."""
    with ThreadPoolExecutor(width) as pool:
        ahead: deque[tuple[Item, Future[Reading]]] = deque()
        for item in items:
            ahead.append((item, pool.submit(read, item)))
            if len(ahead) > 2 * width:
                yield ahead.popleft()
        yield from ahead
