"""Mails for tests, written byte for byte, because no library would write them so badly."""

from base64 import b64encode, encodebytes
from collections.abc import Iterable

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(40))


def word(text: str | bytes, charset: str = "gb2312", codec: str = "gb18030") -> str:
    """An encoded word of base64; `text` as bytes is taken as it is."""
    data = text.encode(codec) if isinstance(text, str) else text
    return f"=?{charset}?B?{b64encode(data).decode()}?="


def mail(body: bytes | str, *fields: str | bytes) -> bytes:
    """A mail of these header fields (without line ends) and this body."""
    head = [field if isinstance(field, bytes) else field.encode() for field in fields]
    text = body if isinstance(body, bytes) else body.encode()
    return b"\r\n".join(head) + b"\r\n\r\n" + text


def part(content: bytes, *fields: str | bytes, encode: bool = True) -> bytes:
    """One part of a multipart, base64 unless told otherwise."""
    head = [field if isinstance(field, bytes) else field.encode() for field in fields]
    if encode:
        head.append(b"Content-Transfer-Encoding: base64")
    return b"\r\n".join(head) + b"\r\n\r\n" + (encodebytes(content) if encode else content)


def mixed(parts: Iterable[bytes], *fields: str | bytes, kind: str = "mixed", boundary: str = "=_b") -> bytes:
    """A multipart of these parts."""
    body = (
        b"".join(b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts) + b"--" + boundary.encode() + b"--\r\n"
    )
    return mail(body, *fields, "MIME-Version: 1.0", f'Content-Type: multipart/{kind}; boundary="{boundary}"')


def text_part(text: str = "见附件。") -> bytes:
    return part(text.encode(), "Content-Type: text/plain; charset=utf-8")
