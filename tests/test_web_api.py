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
    response = client.post(ADVIES, json={"leeftijd": 20, "regio": regio, "peildatum": "2024-02-29"})
    assert response.json()["regio"] == regio
    assert response.json()["peildatum"] == "2024-02-29"
    assert client.post(ADVIES, json={"regio": regio[0]}).json()["regio"] == regio[:1]
    other = client.post(ADVIES, json={"regelboek": "dakloos", "antwoorden": {}}).json()
    assert other["regelboek"]["id"] == "dakloos"
    assert other["aanvragen"] is None
    assert other["stappen"]


@pytest.mark.parametrize(
    "case",
    [
        {"antwoorden": {"leeftjd": 34}},
        {"antwoorden": {"leeftijd": 34.5, "kan_hulp_inroepen": "soms"}},
        {"leeftijd": "34"},
        {"leeftijd": True},
        {"leeftijd": -1},
        {"titel": "zonder antwoorden"},
        {"antwoorden": {}, "kleur": "blauw"},
        {"antwoorden": {}, "fictief": "misschien"},
    ],
    ids=str,
)
def test_bad_input_gets_the_messages_of_the_core(client: TestClient, case: dict[str, Any]) -> None:
    with pytest.raises(OngeldigeCasus) as caught:
        BOEK.adviseer(Casus.lees_tekst(json.dumps(case, indent=1), "casus", BOEK.stand()))
    content = _problem(client.post(ADVIES, json=case))
    assert [(m["plaats"], m["melding"]) for m in content["meldingen"]] == caught.value.meldingen
    assert content["detail"] == str(caught.value)


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ({"regelboek": "nergens"}, "regelboek"),
        ({"regelboek": ["kansrijk-of-niet"]}, "regelboek"),
        ({"regelboek": ""}, "regelboek"),
        ({"regio": "nergens"}, "regio nergens"),
        ({"regio": "../kansrijk-of-niet/vragen"}, "regio ../kansrijk-of-niet/vragen"),
        ({"regio": {"a": 1}}, "regio"),
        ({"peildatum": "gisteren"}, "peildatum"),
        ({"peildatum": "2019-01-01"}, "peildatum"),
        ({"peildatum": 20240101}, "peildatum"),
        ({"motor": "stoom"}, None),
        ({"motor": 1}, "motor"),
        ({"toch": "ja"}, "toch"),
        ({"titel": 12}, "titel"),
        ({"id": False}, "id"),
        ({"verhaal": []}, "verhaal"),
        ({"fictief": 1}, "fictief"),
        ({"antwoorden": []}, "antwoorden"),
        ({"antwoorden": 0}, "antwoorden"),
    ],
    ids=str,
)
def test_a_wrong_option_is_named(client: TestClient, option: dict[str, Any], place: str | None) -> None:
    content = _problem(client.post(ADVIES, json={"antwoorden": {}, **option}))
    assert place is None or [melding["plaats"] for melding in content["meldingen"]] == [place]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"leeftijd: 34",
        b"[]",
        b"34",
        b"null",
        b'{"leeftijd": NaN}',
        b'{"leeftijd": 1e999}',
        b'{"leeftijd": ' + b"9" * 5000 + b"}",
        b'{"leeftijd": 34, "leeftijd": 35}',
        b"[" * 100_000,
        b'{"antwoorden":' * 10_000,
        b'{"a":' * 200 + b"1" + b"}" * 200,
        b'{"leeftijd": "\xff"}',
        '{"leeftijd": 34}'.encode("utf-16"),
        b'{"titel": "\\ud800", "antwoorden": {}}',
        b'{"\\u0000": 1}',
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_is_no_case_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post(ADVIES, content=body, headers={"content-type": "application/json"})
    assert _problem(response)["meldingen"]


def test_the_privacy_guard_refuses_unless_told_otherwise(client: TestClient) -> None:
    case = {"verhaal": "Bel 06-12345678.", "antwoorden": {}}
    content = _problem(client.post(ADVIES, json=case))
    assert "telefoonnummer" in content["detail"]
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
    assert set(schemas["Advies"]["properties"]) >= json.loads(BOEK.adviseer({}).model_dump_json()).keys()
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
    """From which day on a rulebook holds; and that an age is written as 72, not as 72.0."""
    if _too_early(body.get("peildatum")):
        body["peildatum"] = "2026-11-22"
    inner = body.get("antwoorden")
    for answers in (body, inner if isinstance(inner, dict) else {}):
        age = answers.get("leeftijd")
        if isinstance(age, float) and age.is_integer():
            answers["leeftijd"] = int(age)


def _too_early(text: Any) -> bool:
    try:
        return date.fromisoformat(text) < BOEK.boek.kop.geldig_vanaf
    except (TypeError, ValueError):
        return False
