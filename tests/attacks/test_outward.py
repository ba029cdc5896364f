"""Nothing that a mail names is ever fetched: a socket listens where every link, entity and relationship leads."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.documents import p, r, raw_docx, zip_bytes
from tests.faults.bench import LATER
from tests.faults.conftest import Open
from tests.faults.test_parsing import attached, pair, submission
from tests.reading.mails import part

pytestmark = pytest.mark.server


class Ear:
    """Hears who connects."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/x"
        self.heard = 0
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.heard += 1
                client.close()

    def close(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.listener.close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    made = Ear()
    yield made
    made.close()


def relationships(url: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = ("attachedTemplate", "image", "hyperlink", "aFChunk", "oleObject", "frame", "subDocument")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{kind}{one}" Target="{url}" TargetMode="External"/>' for n, one in enumerate(kinds)
    )
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def entity(url: str) -> str:
    entities = f'<!ENTITY x SYSTEM "{url}"><!ENTITY % y SYSTEM "{url}">%y;'
    return f'<?xml version="1.0"?><!DOCTYPE a SYSTEM "{url}" [{entities}]><a>&x;</a>'


def test_links_entities_relationships_and_pictures_are_never_followed(opened: Open, ear: Ear) -> None:
    url = ear.url
    docx = raw_docx(
        p(r("群众满意度高的实事（服务项目）推荐表")),
        {"word/_rels/document.xml.rels": relationships(url), "word/x.xml": entity(url)},
    )
    workbook = zip_bytes(
        {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": entity(url), "xl/externalLinks/externalLink1.xml": entity(url)}
    )
    html = f'<img src="{url}"><link rel=stylesheet href="{url}"><iframe src="{url}"></iframe><a href="{url}">推荐表</a>'
    html += f'<style>@import "{url}"</style>'
    pdf = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI(%s)>>>>endobj\ntrailer<</Root 1 0 R>>" % url.encode()
    rtf = b'{\\rtf1{\\field{\\*\\fldinst INCLUDEPICTURE "%s" \\\\d}}{\\object\\objautlink %s}}' % (url.encode(), url.encode())
    files = {
        "a.docx": docx,
        "b.xlsx": workbook,
        "c.ofd": zip_bytes({"OFD.xml": entity(url)}),
        "d.pdf": pdf,
        "e.rtf": rtf,
        "f.html": html.encode(),
        "g.xml": entity(url).encode(),
        "h.url": f"[InternetShortcut]\nURL={url}".encode(),
        "i.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>'.encode(),
    }
    cloud = f"超大附件 {url}/wx.mail.qq.com/ftn/download https://wx.mail.qq.com/ftn/download?func=3&k=1"
    parts = [
        *pair("water"),
        part((html + cloud).encode(), "Content-Type: text/html; charset=utf-8"),
        part(b"", f'Content-Type: message/external-body; access-type=URL; URL="{url}"'),
        *(attached(name, data) for name, data in files.items()),
    ]
    desk = opened()
    desk.arrives(submission("water", "outward", parts, f"Disposition-Notification-To: <x@{url}>", f"List-Unsubscribe: <{url}>"))
    desk.round(LATER)
    desk.round(LATER)
    assert len(desk.mails()) == 1
    assert len(desk.letters) == 1
    assert {file.path for file in desk.mails()[0].files} >= set(files)
    with socket.create_connection(ear.listener.getsockname()) as own:  # the ear is no deaf one, and hears in order
        assert own.recv(1) == b""
    assert ear.heard == 1
