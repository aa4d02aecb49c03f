"""The advice as JSON over HTTP: the bytes of the core, the same messages, and what the description promises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from starlette.testclient import TestClient

from ggztriage import Casus, OngeldigeCasus, Regelboek
from ggztriage.casusboek import Casusboek
from ggztriage.errors import MOST
from ggztriage.web.app import make_app
from ggztriage.web.security import MAX_BODY, HostNames
from tests.web_support import bundled_shelf, make_client

ADVIES = "/api/v1/advies"
BOEK = Regelboek.standaard()
GEVALLEN = Casusboek.standaard().gevallen


@pytest.fixture(scope="module")
def client() -> TestClient:
    return make_client()


def _problem(response: Any, status: int = 422) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["api-version"]
    content: dict[str, Any] = response.json()
    assert content["status"] == status
    assert {"type", "title", "status", "detail"} <= content.keys()
    return content


@pytest.mark.parametrize("geval", GEVALLEN[::6], ids=lambda geval: geval.id)
@pytest.mark.parametrize("motor", [None, pytest.param("durable", marks=pytest.mark.durable), "gecompileerd"])
def test_the_advice_has_the_bytes_of_the_core(client: TestClient, geval: Any, motor: str | None) -> None:
    antwoorden = geval.antwoorden()
    expected = BOEK.adviseer(antwoorden, motor=motor).model_dump_json().encode()
    for case in ({"id": geval.id, "antwoorden": antwoorden, "fictief": True}, antwoorden):
        response = client.post(ADVIES, json={**case, **({"motor": motor} if motor else {})})
        assert response.status_code == 200
        assert response.headers["content-type"] == "application/json"
        assert response.content == expected


def test_a_whole_case_file_may_be_sent(client: TestClient) -> None:
    geval = GEVALLEN[0]
    document = geval.casus.document
    assert document is not None
    response = client.post(ADVIES, json=document.value)
    assert response.content == BOEK.adviseer(geval.casus).model_dump_json().encode()


def test_a_request_may_choose_rulebook_region_and_day(client: TestClient) -> None:
    regio = list(BOEK.regios()[:2])
    response = client.post(ADVIES, json={"leeftijd": 20, "regio": regio, "peildatum": "2028-02-29"})
    assert [deel["id"] for deel in response.json()["regio"]] == regio
    assert response.json()["peildatum"] == "2028-02-29"
    assert [deel["id"] for deel in client.post(ADVIES, json={"regio": regio[0]}).json()["regio"]] == regio[:1]
    other = client.post(ADVIES, json={"regelboek": "dakloos", "antwoorden": {}}).json()
    assert other["regelboek"]["id"] == "dakloos"
    assert other["aanvragen"] is None
    assert other["stappen"]


@pytest.mark.parametrize(
    ("case", "places"),
    [
        ({"antwoorden": {"leeftjd": 34}}, ["/antwoorden/leeftjd"]),
        (
            {"antwoorden": {"leeftijd": 34.5, "kan_hulp_inroepen": "soms"}},
            ["/antwoorden/leeftijd", "/antwoorden/kan_hulp_inroepen"],
        ),
        ({"leeftijd": "34"}, ["/leeftijd"]),
        ({"leeftijd": True}, ["/leeftijd"]),
        ({"leeftijd": -1}, ["/leeftijd"]),
        ({"a/b~c": "ja"}, ["/a~1b~0c"]),
        ({"titel": "zonder antwoorden"}, [""]),
        ({"antwoorden": {}, "kleur": "blauw"}, ["/kleur"]),
        ({"antwoorden": {}, "fictief": "misschien"}, ["/fictief"]),
        ({"antwoorden": {"leeftijd": 3}, "niet_bekend": ["wmo_passend", "leeftijd"]}, ["/niet_bekend/1"]),
        ({"antwoorden": {}, "niet_bekend": ["leeftjd"]}, ["/niet_bekend/0"]),
        ({"antwoorden": {}, "toelichting": {"leeftjd": "x"}}, ["/toelichting/leeftjd"]),
        ({"antwoorden": {}, "toelichting": {"leeftijd": 3}}, ["/toelichting"]),
    ],
    ids=str,
)
def test_bad_input_gets_the_messages_of_the_core_with_pointers_into_what_was_sent(
    client: TestClient, case: dict[str, Any], places: list[str]
) -> None:
    with pytest.raises(OngeldigeCasus) as caught:
        BOEK.adviseer(Casus.uit(case))
    content = _problem(client.post(ADVIES, json=case))
    assert [error["plaats"] for error in content["errors"]] == places
    assert [error["melding"] for error in content["errors"]] == [text for _, text in caught.value.meldingen]
    assert set(content) == {"type", "title", "status", "detail", "errors", "meer"}
    assert content["meer"] == 0
    for place in places:
        _resolve(case, place)


def _resolve(document: Any, pointer: str) -> None:
    """RFC 6901: fails where the pointer points at nothing."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        document = document[int(name) if isinstance(document, list) else name]


def test_of_many_mistakes_the_first_are_told_and_the_rest_counted(client: TestClient) -> None:
    content = _problem(client.post(ADVIES, json={f"onbekend{i}": "ja" for i in range(40_000)}))
    assert len(content["errors"]) == MOST
    assert content["meer"] == 40_000 - MOST
    assert len(json.dumps(content)) < 20_000


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ({"regelboek": "nergens"}, "/regelboek"),
        ({"regelboek": ["kansrijk-of-niet"]}, "/regelboek"),
        ({"regelboek": ""}, "/regelboek"),
        ({"regelboek": "../kansrijk-of-niet"}, "/regelboek"),
        ({"regio": "nergens"}, "/regio"),
        ({"regio": "../kansrijk-of-niet/vragen"}, "/regio"),
        ({"regio": {"a": 1}}, "/regio"),
        ({"regio": [1]}, "/regio"),
        ({"regio": {}}, "/regio"),
        ({"niet_bekend": False}, "/niet_bekend"),
        ({"peildatum": "gisteren"}, "/peildatum"),
        ({"peildatum": "20261122"}, "/peildatum"),
        ({"peildatum": "2026-W48-7"}, "/peildatum"),
        ({"peildatum": "2019-01-01"}, "/peildatum"),
        ({"peildatum": 20240101}, "/peildatum"),
        ({"motor": "stoom"}, "/motor"),
        ({"motor": 1}, "/motor"),
        ({"toch": "ja"}, "/toch"),
        ({"titel": 12}, "/titel"),
        ({"id": False}, "/id"),
        ({"verhaal": []}, "/verhaal"),
        ({"fictief": 1}, "/fictief"),
        ({"antwoorden": []}, "/antwoorden"),
        ({"antwoorden": 0}, "/antwoorden"),
        ({"niet_bekend": {"leeftijd": 1}}, "/niet_bekend"),
        ({"toelichting": "omdat"}, "/toelichting"),
    ],
    ids=str,
)
def test_a_wrong_option_is_named(client: TestClient, option: dict[str, Any], place: str) -> None:
    content = _problem(client.post(ADVIES, json={"antwoorden": {}, **option}))
    assert [error["plaats"] for error in content["errors"]] == [place]
    assert "--" not in content["detail"]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"", ""),
        (b"{", ""),
        (b'{"leeftijd": 34,\n "titel" "x"}', ""),
        (b"leeftijd: 34", ""),
        (b"[]", ""),
        (b"34", ""),
        (b"null", ""),
        (b'{"leeftijd": NaN}', "/leeftijd"),
        (b'{"leeftijd": 1e999}', "/leeftijd"),
        (b'{"leeftijd": ' + b"9" * 5000 + b"}", "/leeftijd"),
        (b'{"leeftijd": 34, "leeftijd": 35}', "/leeftijd"),
        (b'{"antwoorden": {"leeftijd": 34, "leeftijd": 35}}', "/antwoorden/leeftijd"),
        (b"[" * 100_000, ""),
        (b'{"antwoorden":' * 10_000, ""),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "/a"),
        (b'{"leeftijd":\n"\xff"}', ""),
        ('{"leeftijd": 34}'.encode("utf-16"), ""),
        (b'{"titel": "\\ud800", "antwoorden": {}}', "/titel"),
        (b'{"\\u0000": 1}', "/\N{REPLACEMENT CHARACTER}"),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_what_is_no_case_is_refused(client: TestClient, body: bytes, place: str) -> None:
    response = client.post(ADVIES, content=body, headers={"content-type": "application/json"})
    assert [error["plaats"] for error in _problem(response)["errors"]] == [place]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"leeftijd": 34,\n "titel" "x"}', "Regel 2, teken 10: "),
        (b'{"leeftijd":\n"\xff"}', "Regel 2: "),
        (b'{"leeftijd": 1e400}', "'1e400' "),
        (b'{"leeftijd": -1E999}', "'-1E999' "),
        (b'{"leeftijd": -Infinity}', "'-Infinity' "),
    ],
    ids=repr,
)
def test_what_is_no_json_is_told_as_it_was_sent(client: TestClient, body: bytes, words: str) -> None:
    response = client.post(ADVIES, content=body, headers={"content-type": "application/json"})
    assert _problem(response)["errors"][0]["melding"].startswith(words)


@pytest.mark.parametrize(
    "options",
    [
        {"regio": "nergens", "motor": "stoom"},
        {"toch": "ja", "motor": 3, "regelboek": "nergens", "kleur": "x", "peildatum": "gisteren"},
        {"regio": [1], "toch": 1, "titel": 3},
    ],
    ids=str,
)
def test_all_that_is_wrong_around_the_answers_is_told_at_once_with_one_kind_of_place(
    client: TestClient, options: dict[str, Any]
) -> None:
    content = _problem(client.post(ADVIES, json={"antwoorden": {}, **options}))
    assert {error["plaats"] for error in content["errors"]} == {f"/{name}" for name in options}
    lines = [f"{error['plaats']}: {error['melding']}" for error in content["errors"]]
    assert content["detail"].splitlines() == lines


def test_the_privacy_guard_refuses_unless_told_otherwise(client: TestClient) -> None:
    case = {
        "verhaal": "Zij is 34.\nBel 06-12345678.",
        "perspectieven": {"gemeente": "Mail jan@voorbeeld.nl."},
        "antwoorden": {},
        "toelichting": {"leeftijd": "Geboren op 12-03-1987."},
    }
    content = _problem(client.post(ADVIES, json=case))
    assert [error["plaats"] for error in content["errors"]] == [
        "/verhaal",
        "/perspectieven/gemeente",
        "/toelichting/leeftijd",
    ]
    assert "telefoonnummer" in content["errors"][0]["melding"]
    assert '"toch": true' in content["detail"]
    assert "--toch" not in content["detail"]
    assert "12345678" not in json.dumps(content)
    assert client.post(ADVIES, json={**case, "toch": True}).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/yaml", ""])
def test_only_json_is_taken(client: TestClient, kind: str) -> None:
    _problem(client.post(ADVIES, content=b"{}", headers={"content-type": kind}), 415)


def test_a_body_that_is_too_large_is_refused_however_it_comes(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(MAX_BODY // 1024 + 1):
            yield b" " * 1024

    json_type = {"content-type": "application/json"}
    _problem(client.post(ADVIES, content=b" " * (MAX_BODY + 1), headers=json_type), 413)
    _problem(client.post(ADVIES, content=chunks(), headers=json_type), 413)


@pytest.mark.parametrize(
    "path", ["/api/v1/advies/", "/api/v1/vragen/", "/api/v1", "/api/v1/", "/api/v2/advies", "/api/"]
)
def test_addresses_have_no_trailing_slash(client: TestClient, path: str) -> None:
    _problem(client.get(path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", ADVIES, "POST"), ("DELETE", "/api/v1/vragen", "GET"), ("PUT", ADVIES, "POST")],
)
def test_another_method_is_refused(client: TestClient, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    _problem(response, 405)
    assert response.headers["allow"] == allowed


def test_the_questions_are_those_of_the_rulebook(client: TestClient) -> None:
    for naam in ("kansrijk-of-niet", "dakloos"):
        content = client.get("/api/v1/vragen", params={"regelboek": naam}).json()
        stand = Regelboek.standaard(naam).stand()
        assert content["regelboek"] == naam
        assert [(v["id"], v["tekst"], v["hulp"]) for v in content["vragen"]] == [
            (v.id, v.tekst, v.hulp) for v in stand.vragen.values()
        ]
    assert client.get("/api/v1/vragen").json()["regelboek"] == "kansrijk-of-niet"
    _problem(client.get("/api/v1/vragen?regelboek=nergens"))


def test_the_rulebooks_are_named_with_their_fingerprints(client: TestClient) -> None:
    found = {boek["id"]: boek for boek in client.get("/api/v1/regelboeken").json()["regelboeken"]}
    assert found["kansrijk-of-niet"]["vingerafdruk"] == BOEK.vingerafdruk
    assert found["kansrijk-of-niet"]["regio"] == list(BOEK.regios())
    assert [naam for naam, boek in found.items() if boek["standaard"]] == ["kansrijk-of-niet"]


def test_the_casebook_has_its_advice(client: TestClient) -> None:
    found = client.get("/api/v1/casusboek").json()["gevallen"]
    assert [case["id"] for case in found] == [geval.id for geval in GEVALLEN]
    for case, geval in zip(found, GEVALLEN, strict=True):
        assert case["antwoorden"] == geval.antwoorden()
        assert case["uitkomst"] == geval.velden.verwacht.uitkomst


def test_every_answer_tells_its_version(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()["info"]["version"]
    for path in ("vragen", "regelboeken", "casusboek", "openapi.json", "nergens"):
        assert client.get(f"/api/v1/{path}").headers["api-version"] == described


def test_the_description_follows_the_rulebook(client: TestClient) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.headers["access-control-allow-origin"] == "*"
    document = response.json()
    assert set(document["paths"]) == {f"/api/v1/{name}" for name in ("advies", "vragen", "regelboeken", "casusboek")}
    schemas = document["components"]["schemas"]
    assert list(schemas["Antwoorden-kansrijk-of-niet"]["properties"]) == list(BOEK.stand().vragen)
    assert list(schemas["Antwoorden-dakloos"]["properties"]) == list(Regelboek.standaard("dakloos").stand().vragen)
    for naam in ("kansrijk-of-niet", "dakloos"):
        advies = Regelboek.standaard(naam).adviseer({})
        fields = schemas[f"Advies-{naam}"]["properties"]
        assert fields.keys() >= advies.model_dump().keys()
        assert fields["uitkomst"]["enum"] == list(advies.stand.uitkomst)
    assert {"$ref": "#/components/schemas/Advies-dakloos"} in schemas["AdviesJson"]["anyOf"]
    assert all(method["operationId"] for path in document["paths"].values() for method in path.values())


def _schema() -> Any:
    app = make_app(bundled_shelf(), HostNames("127.0.0.1", ["testserver", "localhost"]))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.mark.slow
@_schema().parametrize()  # type: ignore[untyped-decorator, unused-ignore]
@settings(max_examples=40)
def test_the_description_holds(case: schemathesis.Case[Any]) -> None:
    if isinstance(case.body, dict):
        _avoid_what_json_schema_cannot_say(case.body)
    case.call_and_validate()


def _avoid_what_json_schema_cannot_say(body: dict[str, Any]) -> None:
    """From which day on rulebook and regions hold; and that a question is not both answered and not known."""
    if _too_early(body.get("peildatum")):
        body["peildatum"] = "2026-11-22"
    answers = body.get("antwoorden")
    if isinstance(body.get("niet_bekend"), list) and isinstance(answers, dict):
        body["niet_bekend"] = [vraag for vraag in body["niet_bekend"] if vraag not in list(answers)]


def _too_early(text: Any) -> bool:
    try:
        return date.fromisoformat(text) < BOEK.boek.kop.geldig_vanaf
    except (TypeError, ValueError):
        return False
