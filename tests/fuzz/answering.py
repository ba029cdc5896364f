"""A server that answers whatever is said with the next of some pieces, and hangs up when it has none left."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress


@contextmanager
def answering(pieces: Sequence[bytes], greeting: bytes, *, tagged: bool) -> Iterator[int]:
    """The port; each connection begins anew. `tagged`: TAG in a piece becomes the tag of the command.

    Without a greeting the first piece is it.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, pieces, greeting, tagged))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for a client
            thread.join()


def _serve(listener: socket.socket, pieces: Sequence[bytes], greeting: bytes, tagged: bool) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            with client, suppress(OSError):
                _converse(client, list(pieces), greeting, tagged)


def _converse(client: socket.socket, pieces: list[bytes], greeting: bytes, tagged: bool) -> None:
    client.settimeout(0.05)  # a client that waits for more than it will get is hung up on
    client.sendall(greeting or pieces.pop(0))
    with client.makefile("rb") as said:
        letter = False
        while pieces and (line := said.readline()):
            if letter and line != b".\r\n":
                continue
            piece = pieces.pop(0)
            letter = not letter and not tagged and line.strip().upper() == b"DATA" and piece.startswith(b"354")
            client.sendall(piece.replace(b"TAG", line.partition(b" ")[0]) if tagged else piece)
