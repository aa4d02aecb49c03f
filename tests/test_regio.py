"""Regional files: they only add doubt, shut nobody out, and are refused with a case when they do more."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml
from hypothesis import given
from starlette.testclient import TestClient

import ggztriage.proof.gate
from ggztriage import OngeldigeCasus, OngeldigRegelboek, Regelboek
from ggztriage.boek.boek import Boek, rulebooks_in
from ggztriage.cli.app import run
from ggztriage.data import data_folder
from ggztriage.proof.gate import proof_file, prove_bundled
from ggztriage.taal.tree import Antwoord
from ggztriage.web.app import make_app
from ggztriage.web.security import HostNames
from ggztriage.web.shelf import Shelf
from tests.casussen import TEXT, criterium, national, rule

Answers = dict[str, Antwoord]
NAMES = Regelboek.standaard().regios()
BOEKEN = {name: Regelboek.standaard().met_regio([name]) for name in NAMES}


def zzp1(a: Answers) -> bool:
    no_place = a.get("woonsituatie") in {
        "kliniek",
        "opvang",
        "dakloos",
        "onconventioneel",
        "detentie",
        "jeugdinstelling",
    }
    heavier = a.get("verwacht_profiel", "ggz1") != "ggz1"
    home = a.get("leveringsvorm_wens", "verblijf") != "verblijf"
    return heavier or home or no_place or a.get("onafgebroken_toezicht_nodig") == "ja"


def jongeren(a: Answers) -> bool:
    enough = a.get("ondersteuning_nu_toereikend") == "nee" and a.get("dossier_compleet") == "ja"
    return int(a.get("leeftijd", 0)) >= 27 or enough


def langdurig(a: Answers) -> bool:
    return a.get("reden_zorginhoudelijk") == "ja"


ORACLES: dict[str, Callable[[Answers], bool]] = {
    "zzp1-extramuraal": zzp1,
    "jongeren-tenzij": jongeren,
    "langdurig-beschikken": langdurig,
}
GROUNDS: Answers = {
    "heeft_wlz_indicatie": "nee",
    "strafrechtelijke_titel": "nee",
    "verblijf_ggz_drie_jaar": "nee",
    "andere_grondslag_leidend": "nee",
    "psychische_stoornis_vastgesteld": "ja",
    "beperkingen_door_stoornis": "ja",
    "ernstig_nadeel_dreigt": "ja",
    "escalatie_dreigt": "ja",
    "voortdurend_begeleiding_nodig": "ja",
    "zware_regieproblemen": "ja",
    "kan_hulp_inroepen": "nee",
    "ongeplande_zorg_nacht": "ja",
    "behandelaar_verwacht_blijvend": "ja",
    "behandeling_kan_behoefte_opheffen": "nee",
    "ontwikkelperspectief": "nee",
    "zorgbehoefte_al_jaren_gelijk": "ja",
    "zorg_sinds_jeugd": "ja",
    "eerst_behandeling": "nee",
    "wmo_passend": "nee",
}


@pytest.mark.parametrize("name", NAMES)
@given(answers=national(), grounds=national().map(lambda a: {**a, **GROUNDS}))
def test_a_bundled_region_turns_kansrijk_into_twijfel_where_its_agreement_is_not_met(
    name: str, answers: Answers, grounds: Answers
) -> None:
    for case in (answers, grounds):
        before = Regelboek.standaard().adviseer(case, motor="gecompileerd")
        after = BOEKEN[name].adviseer(case, motor="gecompileerd")
        kept = before.uitkomst != "kansrijk" or ORACLES[name](case)
        assert after.uitkomst == (before.uitkomst if kept else "twijfel")
        shown = {c.id: c.waarde for c in after.criteria if c.herkomst == "landelijk"}
        assert shown == {c.id: c.waarde for c in before.criteria}


def test_the_advice_says_what_is_regional() -> None:
    advies = Regelboek.standaard().adviseer({**GROUNDS, "leeftijd": 20}, regio=NAMES)
    shown = [(criterium.id, criterium.herkomst) for criterium in advies.criteria]
    shown += [(signaal.id, signaal.herkomst) for signaal in advies.signalen]
    shown += [(route.id, route.herkomst) for route in advies.routes]
    regional = {name for name, herkomst in shown if herkomst != "landelijk"}
    assert {"jongeren_tenzij_onderbouwd", "zzp1_extramuraal_vorm", "langdurig_beschikken_reden"} <= regional
    assert all(name.startswith(tuple(n.replace("-", "_") for n in NAMES)) for name in regional)
    assert [regio.id for regio in advies.regio] == list(NAMES)


def test_the_order_of_choosing_makes_no_difference() -> None:
    one, *more = NAMES
    step = Regelboek.standaard().met_regio(more).met_regio([one, one])
    whole = Regelboek.standaard().met_regio(reversed(NAMES))
    assert step.vingerafdruk == whole.vingerafdruk
    assert step.stand().criteria == whole.stand().criteria


def test_the_kept_proofs_of_the_bundled_regions_are_current() -> None:
    folder = data_folder("rules")
    fresh = prove_bundled(Boek.laad(folder, naam) for naam in rulebooks_in(folder))
    assert proof_file().read_text("utf-8") == fresh, "run: python -m scripts.bewezen"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(copytree(data_folder("rules"), tmp_path / "rules"))


def head(name: str, **extra: Any) -> dict[str, Any]:
    fields = {"naam": name, "regelboek": "kansrijk-of-niet", "verzwaart": "kansrijk", "versie": "1"}
    more = {"geldig_vanaf": "2024-01-01", "uitleg": TEXT, "bronnen": ["wlz-3.2.3"]}
    return {"id": name, **fields, **more, **extra}


def write_regio(rules: Path, name: str, *regels: tuple[str, Any], **sections: Any) -> None:
    """Write a regional file with one criterium."""
    made = [rule(f"{name}-{n}", dan, als, bronnen=["wlz-3.2.3"]) for n, (dan, als) in enumerate(regels)]
    one = criterium(f"{name}_c", *made) | {"bronnen": ["wlz-3.2.3"]}
    content = {"regio": head(name), "criteria": [one], **sections}
    (rules / "regio" / f"{name}.yaml").write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")


def item(name: str, **als: Any) -> dict[str, Any]:
    """A signal or route of a regional file."""
    condition = als or {"leeftijd": {"onder": 20}}
    return {"id": name, "naam": name, "als": condition, "tekst": TEXT, "bronnen": ["wlz-3.2.3"]}


def refused(rules: Path, *names: str) -> str:
    with pytest.raises(OngeldigRegelboek) as problem:
        Regelboek.laad(rules, regio=names)
    return str(problem.value)


def test_a_region_that_shuts_a_group_out(rules: Path) -> None:
    write_regio(rules, "streng", ("ja", {"leeftijd": {"vanaf": 27}}))
    message = refused(rules, "streng")
    assert message.startswith("regio/streng.yaml, regel 1: Zo mag een regio niet worden gebruikt.")
    assert "leeftijd: 18 tot en met 22" in message
    assert "Bijvoorbeeld bij leeftijd: 18" in message


def test_a_book_takes_a_region_that_no_desk_takes(rules: Path) -> None:
    write_regio(rules, "streng", ("ja", {"leeftijd": {"vanaf": 27}}))
    boek = Boek.laad(rules).met_regio(["streng"])
    assert boek.regio == ("streng",)
    with pytest.raises(OngeldigRegelboek, match="Zo mag een regio niet worden gebruikt"):
        Regelboek(boek)


def test_a_region_that_changes_another_outcome(rules: Path) -> None:
    write_regio(rules, "los", ("ja", {"leeftijd": {"vanaf": 27}}), regio=head("los", verzwaart="niet_kansrijk"))
    message = refused(rules, "los")
    assert "Landelijk is de uitkomst hier 'niet_kansrijk'; met de regio wordt die anders. Bijvoorbeeld bij" in message


def test_regions_that_are_fine_alone_and_shut_a_group_out_together(rules: Path) -> None:
    old = ("ja", {"leeftijd": {"vanaf": 27}})
    write_regio(rules, "links", old, ("ja", {"leveringsvorm_wens": "vpt"}))
    write_regio(rules, "rechts", old, ("ja", {"leveringsvorm_wens": "verblijf"}))
    assert Regelboek.laad(rules, regio=["links"]).regio == ("links",)
    assert Regelboek.laad(rules, regio=["rechts"]).regio == ("rechts",)
    message = refused(rules, "links", "rechts")
    assert "regio/links.yaml, regel 1, regio/rechts.yaml, regel 1" in message
    assert "leeftijd: 18 tot en met 22" in message


def test_a_region_of_which_one_file_is_to_blame_names_only_that_file(rules: Path) -> None:
    write_regio(rules, "streng", ("ja", {"leeftijd": {"vanaf": 27}}))
    message = refused(rules, "streng", "langdurig-beschikken")
    assert "regio/streng.yaml" in message
    assert "langdurig" not in message


def test_a_region_that_only_starts_later_is_proved_for_that_period(rules: Path) -> None:
    later = head("later", geldig_vanaf="2030-01-01")
    write_regio(rules, "later", ("ja", {"leeftijd": {"vanaf": 27}}), regio=later)
    assert "18 tot en met 22" in refused(rules, "later")


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({"vragen": []}, "'vragen' is onbekend"),
        ({"uitkomsten": []}, "'uitkomsten' is onbekend"),
        ({"signalen": [item("anders")]}, "'anders' moet beginnen met de naam van de regio"),
        ({"routes": [item("mijn_r", leeftyd={"onder": 20})]}, "Bedoelt u 'leeftijd'?"),
        ({"regio": head("mijn", verzwaart="kansrijker")}, "'kansrijker' is geen uitkomst"),
        ({"regio": head("anders")}, "moeten het id 'mijn'"),
        ({"regio": head("mijn", bronnen=["nergens"])}, "'nergens' staat niet onder `bronnen`"),
    ],
)
def test_a_regional_file_with_a_mistake_is_refused_with_its_place(
    rules: Path, sections: dict[str, Any], message: str
) -> None:
    write_regio(rules, "mijn", ("ja", {"leeftijd": {"vanaf": 18}}), **sections)
    found = refused(rules, "mijn")
    assert message in found
    assert found.startswith("regio/mijn.yaml")
    assert Regelboek.laad(rules).regio == ()


def test_two_regions_with_the_same_name_in_them(rules: Path) -> None:
    write_regio(rules, "a", ("ja", {"leeftijd": {"vanaf": 18}}), criteria=[])
    write_regio(rules, "a-a", ("ja", {"leeftijd": {"vanaf": 18}}), criteria=[])
    for name in ("a", "a-a"):
        path = rules / "regio" / f"{name}.yaml"
        content = yaml.safe_load(path.read_text("utf-8"))
        path.write_text(yaml.safe_dump(content | {"signalen": [item("a_a_x")]}), "utf-8")
    assert "'a_a_x' staat ook in de regio 'a'" in refused(rules, "a", "a-a")


def test_without_the_solver_only_proved_files_may_be_used(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ggztriage.proof.gate, "solver_is_here", lambda: False)
    monkeypatch.setattr(ggztriage.proof.gate, "_PROVED", set())
    assert Regelboek.laad(rules, regio=NAMES).regio == tuple(NAMES)
    path = rules / "regio" / f"{NAMES[0]}.yaml"
    path.write_text(path.read_text("utf-8").replace("versie: 1.1.0", "versie: 1.1.1"), "utf-8")
    assert "nog niet bewezen. Bewijzen kan na: pip install 'ggztriage[bewijs]'" in refused(rules, NAMES[0])


def test_proofs_at_the_same_time(rules: Path) -> None:
    names = [f"r{n}" for n in range(4)]
    for n, name in enumerate(names):
        write_regio(rules, name, ("ja", {"leeftijd": {"vanaf": 18 + n}}), ("ja", {"leveringsvorm_wens": "vpt"}))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda name: Regelboek.laad(rules, regio=[name]).regio, names)) == [(n,) for n in names]


@pytest.fixture
def later(rules: Path) -> Path:
    """Rules with a region that holds from another day on."""
    write_regio(rules, "later", ("ja", {"leveringsvorm_wens": "vpt"}), regio=head("later", geldig_vanaf="2099-06-01"))
    return rules


def test_a_region_that_does_not_hold_yet_is_said_and_never_dropped(later: Path) -> None:
    boek = Regelboek.laad(later, regio=["later"])
    assert "later" in boek.regios()
    for ask in (lambda: boek.adviseer({}), boek.stand, lambda: Regelboek.laad(later).adviseer({}, regio="later")):
        with pytest.raises(OngeldigeCasus) as caught:
            ask()
        ((place, message),) = caught.value.meldingen
        assert place == "regio"
        assert message.startswith("De regio 'later' geldt vanaf 2099-06-01, niet op ")
    assert boek.adviseer({}, peildatum="2099-06-01").stand.regio == ("later",)
    assert boek.boek.stand(zonder_latere_regio=True).regio == ()


def test_every_door_says_that_a_region_does_not_hold_yet(later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = later / "casus.yaml"
    case.write_text("antwoorden: {leeftijd: 34}\n", encoding="utf-8")
    options = ["--regels", str(later), "--regio", "later"]
    for words in (["advies", str(case)], ["exporteer", "sql"], ["exporteer", "jdm"], ["verken"]):
        assert run([*words, *options]) == 2
        assert "--regio: De regio 'later' geldt vanaf 2099-06-01" in capsys.readouterr().err
    assert run(["advies", str(case), *options, "--peildatum", "2099-06-01", "--kort"]) == 0
    shelf = Shelf(later)
    client = TestClient(make_app(shelf, HostNames("127.0.0.1", ["testserver"])))
    answer = client.post("/api/v1/advies", json={"leeftijd": 34, "regio": "later"})
    assert answer.status_code == 422
    assert [error["plaats"] for error in answer.json()["errors"]] == ["/regio"]
    assert client.post("/api/v1/advies", json={"regio": "later", "peildatum": "2099-06-01"}).status_code == 200
    later_one = next(keuze for keuze in shelf.regios["kansrijk-of-niet"] if keuze.id == "later")
    assert later_one.naam == "later (geldt vanaf 2099-06-01)"
