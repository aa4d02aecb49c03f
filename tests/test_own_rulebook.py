"""A rulebook of one's own, about something else: everything works with it, and nothing national comes along."""

from __future__ import annotations

import csv
import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from ggztriage import OngeldigRegelboek, Regelboek
from ggztriage.bespreking.sessie import Sessie
from ggztriage.bespreking.steps import momenten
from ggztriage.casusboek import Casusboek
from ggztriage.casusboek.words import bespreking_data
from ggztriage.cli.app import run
from ggztriage.web.app import make_app
from ggztriage.web.bespreking.kamer import Kamer
from ggztriage.web.security import TOKEN_FIELD, HostNames
from ggztriage.web.shelf import Shelf

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "schulden"
RULES = str(EXAMPLE / "rules")
OWN = ("--regels", RULES, "--regelboek", "schulden")
BOEK = Regelboek.laad(RULES, "schulden")
CASES = Casusboek.standaard(BOEK)
NATIONAL = re.compile(
    r"\b(wlz|ciz|wmo|zvw|vws|zorgkantoor\w*|gemeente\w*|kansrijk\w*|behandelaar|aanbieder|zorglogica|regellogica"
    r"|verdeellogica|zorgpad|vpt|mpt|indicatie|dakloos|psychisch\w*|eindrapport)\b",
    re.IGNORECASE,
)


def own(text: str) -> str:
    """``text``, in which no word of the national rulebooks stands."""
    found = NATIONAL.search(text)
    assert found is None, text[max(0, found.start() - 80) : found.end() + 80]
    return text


def command(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(words) == 0, capsys.readouterr()
    return own("\n".join(capsys.readouterr()))


@pytest.mark.parametrize("regio", [(), ("--regio", "rivierstad")])
def test_it_is_proved(regio: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert "Bewezen voor elk mogelijk geval" in command(capsys, "controleer", *OWN, *regio)


def test_it_has_three_criteria_seven_rules_and_six_questions() -> None:
    stand = BOEK.stand()
    assert (len(stand.criteria), len(stand.regels), len(stand.vragen)) == (3, 7, 6)
    assert {criterium.logica for criterium in stand.criteria} == set(stand.logicas) == {"rust", "plan"}


@pytest.mark.durable
@pytest.mark.parametrize("naam", [geval.id for geval in CASES.gevallen])
@pytest.mark.parametrize("regio", [(), ("rivierstad",)])
def test_both_motors_give_the_same_advice_in_every_form(naam: str, regio: tuple[str, ...]) -> None:
    boek, casus = BOEK.met_regio(regio), CASES.kies(naam).casus
    one, other = (boek.adviseer(casus, motor=motor) for motor in ("durable", "gecompileerd"))
    assert own(one.model_dump_json().replace("durable", "gecompileerd")) == other.model_dump_json()
    for text in (one.als_tekst(), one.als_markdown(), one.als_html()):
        own(text)
    assert "(rust)" in one.als_tekst()


def test_a_region_asks_more() -> None:
    answers = {**CASES.kies("mevrouw-lindeman").casus.antwoorden, "overzicht": "geen"}
    assert BOEK.adviseer(answers).uitkomst == "schuldhulp"
    assert BOEK.met_regio(["rivierstad"]).adviseer(answers).uitkomst == "uitzoeken"


def test_a_region_is_refused_with_the_remedy_until_the_rulebook_says_what_doubt_is(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    proof = rules / "schulden" / "bewijs.yaml"
    text = proof.read_text(encoding="utf-8")
    proof.write_text(re.sub(r"  veilige_twijfel:\n(?:    .*\n)+", "", text), encoding="utf-8")
    with pytest.raises(OngeldigRegelboek, match="Zet daar onder `bewijs` `veilige_twijfel`"):
        Regelboek.laad(rules, "schulden").met_regio(["rivierstad"])
    with pytest.raises(OngeldigRegelboek, match="Zo mag een regio niet worden gebruikt"):
        Regelboek.laad(rules, "schulden", ["rivierstad"])


def test_its_casebook_is_found_beside_it_and_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(CASES.gevallen) == 3
    assert (CASES.fouten, CASES.tegenspraken, CASES.onaf) == ([], [], [])
    found = json.loads(command(capsys, "casusboek", *OWN, "--json"))
    assert all(case["klopt"] for case in found["gevallen"])
    command(capsys, "casusboek", *OWN, "--thema", "eigen_tempo", "--dekking", "--leesbaarheid")


def test_a_new_case_offers_its_own_themes_and_roles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = command(capsys, "casusboek", "nieuw", "mevrouw-nieuw", *OWN, "--naar", str(tmp_path))
    assert f"--map {tmp_path} --regels {RULES} --regelboek schulden" in said
    path = tmp_path / "mevrouw-nieuw.yaml"
    text = own(path.read_text(encoding="utf-8"))
    assert "post_en_overzicht, huis_en_energie of eigen_tempo" in text
    assert re.findall(r"#   (\w+): …", text)[:4] == ["schuldhulp", "maatje", "verhuurder", "inwoner"]
    casusboek = Casusboek.laad(tmp_path, BOEK)
    missing = own("\n".join(message for _, message in casusboek.onaf))
    assert "Hier ontbreekt: schuldhulp, maatje, verhuurder en inwoner." in missing


def test_a_rulebook_without_words_of_its_own_asks_for_none(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    (rules / "schulden" / "bespreking.yaml").unlink()
    boek = Regelboek.laad(rules, "schulden")
    data = bespreking_data(boek.boek)
    assert (data.themas, data.rollen, data.grijze_gebieden) == ({}, {}, {})
    assert list(data.perspectieven) == ["deelnemer"]
    own(data.model_dump_json())
    casusboek = Casusboek(boek)
    path = tmp_path / "mevrouw-lindeman.yaml"
    kept = (EXAMPLE / "casebook" / "schulden" / path.name).read_text(encoding="utf-8")
    path.write_text(re.sub(r"thema:.*\n|perspectieven:\n(?:  .*\n)+", "", kept), encoding="utf-8")
    casusboek.lees(path, path.name)
    assert (casusboek.fouten, casusboek.tegenspraken, casusboek.onaf) == ([], [], [])


def test_words_that_do_not_fit_are_told_with_file_and_line(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    (rules / "schulden" / "bespreking.yaml").write_text("themas:\n  Geld: {naam: Geld}\nthema: {}\n", encoding="utf-8")
    with pytest.raises(OngeldigRegelboek) as found:
        bespreking_data(Regelboek.laad(rules, "schulden").boek)
    assert {place for place, _ in found.value.meldingen} >= {"schulden/bespreking.yaml, regel 3"}


def test_a_logic_that_the_rulebook_does_not_declare_is_refused(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    path = rules / "schulden" / "criteria.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("logica: plan", "logica: plann"), encoding="utf-8")
    with pytest.raises(OngeldigRegelboek, match=r"De logica 'plann' staat niet onder `logicas`.* Bedoelt u 'plan'"):
        Regelboek.laad(rules, "schulden")


def test_every_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("sql", "dmn", "jdm", "algoritmeregister"):
        assert command(capsys, "exporteer", kind, *OWN), kind
    schema = json.loads(command(capsys, "exporteer", "json-schema", "casus", *OWN))
    validator = Draft202012Validator(schema)
    for geval in CASES.gevallen:
        assert validator.is_valid(geval.casus.antwoorden)
        assert validator.is_valid({"regelboek": "schulden", "antwoorden": geval.casus.antwoorden})
    assert not validator.is_valid({"leeftijd": 34, "psychische_stoornis_vastgesteld": "ja"})
    table, result = tmp_path / "in.csv", tmp_path / "uit.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(BOEK.stand().vragen))
        writer.writeheader()
        writer.writerows(geval.antwoorden() for geval in CASES.gevallen)
    command(capsys, "reeks", str(table), str(result), *OWN)
    rows = list(csv.DictReader(own(result.read_text(encoding="utf-8")).splitlines()))
    assert [row["uitkomst"] for row in rows] == [geval.adviseer().uitkomst for geval in CASES.gevallen]


def test_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command(capsys, "casusboek", "druk", "--alles", *OWN, "--naar", str(tmp_path))
    pages = {path.name: own(visible(path.read_text(encoding="utf-8"))) for path in tmp_path.iterdir()}
    assert set(pages) == {"deelnemers.html", "begeleider.html", "formulier.html", "perspectieven.html"}
    assert "Maatje" in pages["perspectieven.html"]
    assert "Post en overzicht" in pages["begeleider.html"]


# --- A session --------------------------------------------------------------------------------------------------------


def visible(page: str) -> str:
    """What people read of a page."""
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


class Room:
    """A server over the example, with a facilitator."""

    def __init__(self, folder: Path) -> None:
        self.kamer = Kamer(folder)
        self.app = make_app(Shelf(EXAMPLE / "rules", "schulden"), HostNames("127.0.0.1", ["testserver"]), self.kamer)
        self.leader = TestClient(self.app)

    def sessie(self) -> Sessie:
        return self.kamer.store.sessies()[0]

    def see(self, client: TestClient, path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text)
        own(visible(answer.text))
        return answer.text

    def send(self, client: TestClient, page: str, path: str, data: dict[str, str]) -> str:
        token = re.search(rf'name="{TOKEN_FIELD}" value="(\w+)"', self.see(client, page))
        assert token is not None
        answer = client.post(path, data={TOKEN_FIELD: token[1], **data})
        assert answer.status_code == 200, (path, visible(answer.text))
        own(visible(answer.text))
        return answer.text


def play(room: Room, sessie: Sessie, people: list[TestClient]) -> None:
    """Every case through its five steps, and then looking back; what everybody sees is checked on the way."""
    lead, phone = f"/bespreking/{sessie.id}", f"/doe-mee/{sessie.code}"
    for person, role in zip(people, ("maatje", "maatje", "inwoner", "schuldhulp"), strict=True):
        room.send(person, phone, f"{phone}/mee", {"perspectief": role})
    for place, moment in enumerate(momenten(len(sessie.casussen))[1:-1], 1):
        room.send(room.leader, lead, f"{lead}/ga", {"versie": str(room.sessie().versie), "wat": str(place)})
        for page in (lead, f"{lead}/scherm"):
            room.see(room.leader, page)
        room.see(people[0], phone)
        if moment.stap == "beoordelen":
            for person, judged in zip(people, ("ja", "nee", "onbekend", "ja"), strict=True):
                given = {"casus": str(moment.casus), "c-eigen_keuze": judged, "uitkomst": "uitzoeken"}
                room.send(person, phone, f"{phone}/oordeel", given)
        if moment.stap == "richting":
            settled = {"deel": "richting", "casus": str(moment.casus), "versie": "0", "keuze": "naast"}
            settled |= {"grijs_gebied": "nog_geen_ja", "k-lucht": "ja", "tekst": "Donderdag koffie."}
            room.send(room.leader, lead, f"{lead}/richting", settled)
    for person in people:
        room.send(person, phone, f"{phone}/evaluatie", {"begrip": "2", "geleerd": "Luisteren."})


def test_a_session_from_a_file_through_its_steps_to_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ("--map", str(tmp_path))
    prepared = str(EXAMPLE / "voorbereiding.yaml")
    said = command(capsys, "bespreking", "nieuw", prepared, "--regels", RULES, *folder, "--papier", str(tmp_path / "p"))
    assert f"--regels {RULES}" in said
    room = Room(tmp_path)
    sessie = room.sessie()
    lead = f"/bespreking/{sessie.id}"
    room.see(room.leader, "/bespreking")
    assert "De rol van de verhuurder" in room.see(room.leader, lead)
    play(room, sessie, [TestClient(room.app) for _ in range(4)])
    for vorm in ("html", "md", "json", "csv"):
        text = command(capsys, "bespreking", "rapport", sessie.id, *folder, "--vorm", vorm)
        assert own(room.leader.get(f"{lead}/verslag.{vorm}").text)
        if vorm == "md":
            report = text
    for expected in (
        "Eigen tempo",
        "**De rol van de verhuurder.** Meedenken over uitstel",
        "Maatje: 2",
        "Ernaast blijven",
        "Geeft dit lucht?",
        "Hulp is nodig, maar deze persoon zegt nog geen ja.",
    ):
        assert expected in report
    for page in ("deelnemers", "begeleider", "formulier", "perspectieven"):
        room.see(room.leader, f"{lead}/papier/{page}.html")


def test_a_session_from_the_form(tmp_path: Path) -> None:
    room = Room(tmp_path)
    form = room.see(room.leader, "/bespreking/nieuw")
    for word in ("Post en overzicht", "Wat verwacht u van de verhuurder?", "twee maatjes uit de wijk", "Sem de Bruin"):
        assert word in form
    wrong = room.leader.post("/bespreking/nieuw", data={TOKEN_FIELD: "onzin"})
    assert wrong.status_code == 403
    data = {
        "titel": "Proef",
        "soort": "doelgroepbespreking",
        "themas": "eigen_tempo",
        "casussen": "meneer-okafor",
        "v-rol_verhuurder": "Alleen luisteren.",
        "d-maatje": "Twee maatjes",
        "bewaren": "3",
    }
    page = room.send(room.leader, "/bespreking/nieuw", "/bespreking/nieuw", data)
    assert "Alleen luisteren." in page
    prep = room.sessie().voorbereiding
    assert (prep.regelboek, prep.vooraf) == ("schulden", {"rol_verhuurder": "Alleen luisteren."})


def test_the_pages_about_it(tmp_path: Path) -> None:
    room = Room(tmp_path)
    for path in ("/", "/casus", "/casusboek", "/casusboek/meneer-okafor?advies=tonen", "/uitleg/criteria", "/uitleg"):
        room.see(room.leader, path)
    assert "eigen_tempo" not in visible(room.see(room.leader, "/casusboek"))
    own(room.leader.get("/api/v1/openapi.json").text)


def test_a_session_keeps_its_words_when_the_rulebook_changes(tmp_path: Path) -> None:
    example = tmp_path / "schulden"
    shutil.copytree(EXAMPLE, example)
    assert run(["bespreking", "nieuw", str(example / "voorbereiding.yaml"), "--regels", str(example / "rules"),
                "--map", str(tmp_path / "zaal")]) == 0  # fmt: skip
    shutil.rmtree(example)
    kamer = Kamer(tmp_path / "zaal")
    found = kamer.store.sessies()[0].voorbereiding.woorden
    assert found is not None
    assert found.themas["eigen_tempo"].naam == "Eigen tempo"
    kamer.store.close()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("themas: [jongeren]", "'jongeren' bestaat niet."),
        ("verwachting_ciz: Meekijken.", "'verwachting_ciz' bestaat niet."),
        ("rol_verhuurde: Luisteren.", "Bedoelt u 'rol_verhuurder'?"),
        ("behoeft: Niets.", "Bedoelt u 'behoefte'?"),
        ("woorden: {}", "Dit hoort niet in een voorbereiding."),
        ("deelnemers: {ciz: Een adviseur}", "'ciz' bestaat niet."),
    ],
)
def test_what_a_preparation_asks_is_for_its_rulebook(
    line: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "voorbereiding.yaml"
    path.write_text(f"titel: Proef\nregelboek: schulden\ncasussen: [meneer-okafor]\n{line}\n", encoding="utf-8")
    assert run(["bespreking", "nieuw", str(path), "--regels", RULES, "--map", str(tmp_path / "zaal")]) == 2
    assert message in capsys.readouterr().err
