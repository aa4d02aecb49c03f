"""What the tests of the web application share: a client, and a form that is sent as a browser sends it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from ggztriage.web.app import make_app
from ggztriage.web.security import TOKEN_FIELD, HostNames
from ggztriage.web.shelf import Shelf

FORM_PAGE = "/casus"
PAGES = (
    "/",
    "/casus",
    "/casus?voorbeeld=mevrouw-de-wit",
    "/casus?voorbeeld=mevrouw-de-wit&variant=1",
    "/casus?voorbeeld=mevrouw-de-wit&leeg=1",
    "/casusboek",
    "/casusboek?uitkomst=twijfel&leeftijd=18-26",
    "/casusboek/mevrouw-de-wit",
    "/casusboek/mevrouw-de-wit?advies=tonen",
    "/casusboek/vergelijken",
    "/casusboek/vergelijken?a=mevrouw-de-wit&b=meneer-owusu",
    "/uitleg",
    "/uitleg/criteria",
    "/uitleg/vragen",
    "/uitleg/signalen-en-routes",
    "/uitleg/bronnen",
    "/bestaat-niet",
    "/?regelboek=dakloos",
    "/casus?regelboek=dakloos",
    "/uitleg/criteria?regelboek=dakloos",
    "/uitleg/signalen-en-routes?regelboek=dakloos",
)
"""Every kind of page."""


@cache
def bundled_shelf() -> Shelf:
    """The bundled rulebooks and cases; read once."""
    return Shelf()


def make_client(map_: Path | None = None) -> TestClient:
    """A client of a new application, over the bundled rulebooks or those in a folder."""
    shelf = bundled_shelf() if map_ is None else Shelf(map_)
    app = make_app(shelf, HostNames("127.0.0.1", ["testserver"]))
    return TestClient(app, raise_server_exceptions=False)


def proof(client: TestClient) -> str:
    """What a form must carry; the client gets the cookie that goes with it."""
    found = re.search(rf'name="{TOKEN_FIELD}" value="(\w+)"', client.get(FORM_PAGE).text)
    assert found is not None
    return found[1]


def send(client: TestClient, path: str, data: dict[str, Any], **options: Any) -> Response:
    """Send a form as one of our own pages does."""
    return client.post(path, data={TOKEN_FIELD: proof(client), **data}, **options)
