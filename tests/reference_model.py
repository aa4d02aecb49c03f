"""The decision model once more, written by hand: the oracle of the differential tests and the peer in the benchmarks.

It shares no line with the library and reads no rulebook, so that a mistake in one shows up against the other.
Run as a program it prints what a case should expect, ready to be pasted:

    python tests/reference_model.py casebook/kansrijk-of-niet/mevrouw-de-wit.yaml
"""

import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

Answer = str | int
"""The word or number that answers one question."""

JA_NEE = ("ja", "nee")

QUESTIONS: dict[str, Sequence[Answer]] = {
    "leeftijd": range(121),
    "heeft_wlz_indicatie": JA_NEE,
    "strafrechtelijke_titel": ("ja", "nee", "ambulant", "jeugdstrafrecht"),
    "verblijf_ggz_drie_jaar": JA_NEE,
    "andere_grondslag_leidend": ("ja", "nee", "niet_te_scheiden"),
    "psychische_stoornis_vastgesteld": JA_NEE,
    "beperkingen_door_stoornis": JA_NEE,
    "onafgebroken_toezicht_nodig": JA_NEE,
    "ernstig_nadeel_dreigt": JA_NEE,
    "escalatie_dreigt": JA_NEE,
    "kan_hulp_inroepen": JA_NEE,
    "kan_wachten_op_hulp": JA_NEE,
    "zware_regieproblemen": JA_NEE,
    "fysieke_problemen": JA_NEE,
    "voortdurend_begeleiding_nodig": JA_NEE,
    "ongeplande_zorg_nacht": JA_NEE,
    "behandeling_kan_behoefte_opheffen": JA_NEE,
    "behandelaar_verwacht_blijvend": JA_NEE,
    "ontwikkelperspectief": JA_NEE,
    "zorgbehoefte_al_jaren_gelijk": JA_NEE,
    "zorg_sinds_jeugd": JA_NEE,
    "tweede_behandelaar_bevestigt": JA_NEE,
    "snel_opschalen_nodig": JA_NEE,
    "eerst_behandeling": JA_NEE,
    "wmo_passend": JA_NEE,
    "wmo_aanbod_beschikbaar": JA_NEE,
    "woonsituatie": (
        "zelfstandig",
        "bij_naasten",
        "beschermd_wonen",
        "beschermd_thuis",
        "kliniek",
        "opvang",
        "dakloos",
        "onconventioneel",
        "detentie",
        "jeugdinstelling",
        "anders",
    ),
    "ondersteuning_nu": (
        "geen",
        "ambulant",
        "ambulant_intensief",
        "beschermd_wonen",
        "klinisch",
        "jeugdhulp",
        "jeugdhulp_ambulant",
        "anders",
    ),
    "ondersteuning_nu_toereikend": JA_NEE,
    "verwacht_profiel": ("ggz1", "ggz2", "ggz3", "ggz4", "ggz5"),
    "leveringsvorm_wens": ("verblijf", "vpt", "mpt", "pgb", "mpt_en_pgb"),
    "zorgbehoefte_wisselt": JA_NEE,
    "meervoudige_problematiek": JA_NEE,
    "reden_zorginhoudelijk": JA_NEE,
    "client_geinformeerd": JA_NEE,
    "client_wil_aanvraag": JA_NEE,
    "keuze_zonder_druk": JA_NEE,
    "clientondersteuning_aangeboden": JA_NEE,
    "dossier_compleet": JA_NEE,
}

# Answers that lead to kansrijk when all are given; the questions left out here do not bear on it.
FAVOURABLE: dict[str, Sequence[Answer]] = {
    "leeftijd": (18, 19, 22, 26, 27, 28, 34, 47, 61, 78, 120),
    "heeft_wlz_indicatie": ("nee",),
    "strafrechtelijke_titel": ("nee", "nee", "ambulant"),
    "verblijf_ggz_drie_jaar": ("nee",),
    "andere_grondslag_leidend": ("nee", "nee", "niet_te_scheiden"),
    "psychische_stoornis_vastgesteld": ("ja",),
    "beperkingen_door_stoornis": ("ja",),
    "ernstig_nadeel_dreigt": ("ja",),
    "kan_hulp_inroepen": ("nee",),
    "zware_regieproblemen": ("ja",),
    "fysieke_problemen": JA_NEE,
    "voortdurend_begeleiding_nodig": ("ja",),
    "behandeling_kan_behoefte_opheffen": ("nee",),
    "behandelaar_verwacht_blijvend": ("ja",),
    "ontwikkelperspectief": ("nee",),
    "zorgbehoefte_al_jaren_gelijk": ("ja",),
    "zorg_sinds_jeugd": ("ja", "ja", "nee"),
    "tweede_behandelaar_bevestigt": ("ja", "ja", "nee"),
    "eerst_behandeling": ("nee",),
    "wmo_passend": ("nee",),
    "ondersteuning_nu": ("beschermd_wonen", "klinisch", "jeugdhulp"),
    "verwacht_profiel": ("ggz3", "ggz4", "ggz5"),
}

# Ages around the thresholds, so that random cases often stand on an edge.
EDGES = (15, 16, 17, 18, 22, 23, 26, 27, 29, 30)


def reference(answers: Mapping[str, Any]) -> dict[str, Any]:  # noqa: C901, PLR0912, PLR0915 - one straight pass, as a peer would write it
    """Advise on answers (question id to "ja", "nee", another word or an age; an open one is left out).

    Returns:
        `uitkomst`, `aanvragen`, `criteria` (id to ja, nee or onbekend), `signalen` and `routes` (lists of ids).
    """
    get = answers.get
    leeftijd: Any = get("leeftijd")
    indicatie = get("heeft_wlz_indicatie")
    titel = get("strafrechtelijke_titel")
    verblijf = get("verblijf_ggz_drie_jaar")
    andere_grondslag = get("andere_grondslag_leidend")
    stoornis = get("psychische_stoornis_vastgesteld")
    beperkingen = get("beperkingen_door_stoornis")
    toezicht = get("onafgebroken_toezicht_nodig")
    nadeel = get("ernstig_nadeel_dreigt")
    escalatie = get("escalatie_dreigt")
    inroepen = get("kan_hulp_inroepen")
    wachten = get("kan_wachten_op_hulp")
    regie = get("zware_regieproblemen")
    fysiek = get("fysieke_problemen")
    begeleiding = get("voortdurend_begeleiding_nodig")
    nacht = get("ongeplande_zorg_nacht")
    opschalen = get("snel_opschalen_nodig")
    behandelbaar = get("behandeling_kan_behoefte_opheffen")
    prognose = get("behandelaar_verwacht_blijvend")
    perspectief = get("ontwikkelperspectief")
    al_jaren = get("zorgbehoefte_al_jaren_gelijk")
    eerst_behandeling = get("eerst_behandeling")
    wmo_passend = get("wmo_passend")
    wonen = get("woonsituatie")
    steun = get("ondersteuning_nu")
    toereikend = get("ondersteuning_nu_toereikend")
    profiel = get("verwacht_profiel")
    vorm = get("leveringsvorm_wens")
    wil = get("client_wil_aanvraag")

    volwassen = leeftijd is not None and leeftijd >= 18
    minderjarig = leeftijd is not None and leeftijd < 18
    thuisloos = wonen in ("dakloos", "opvang", "onconventioneel")
    laag_profiel = profiel in ("ggz1", "ggz2")
    licht_geholpen = steun in ("geen", "ambulant", "ambulant_intensief", "jeugdhulp_ambulant")
    budget = vorm in ("pgb", "mpt_en_pgb")
    aanbod_ontbreekt = wmo_passend == "ja" and get("wmo_aanbod_beschikbaar") == "nee"

    if (
        minderjarig
        or indicatie == "ja"
        or verblijf == "ja"
        or andere_grondslag == "ja"
        or titel in ("ja", "jeugdstrafrecht")
    ):
        reikwijdte = "nee"
    elif (
        volwassen
        and indicatie == "nee"
        and verblijf == "nee"
        and titel in ("nee", "ambulant")
        and andere_grondslag in ("nee", "niet_te_scheiden")
    ):
        reikwijdte = "ja"
    else:
        reikwijdte = "onbekend"

    if stoornis == "nee" or beperkingen == "nee":
        grondslag = "nee"
    elif stoornis == "ja" and beperkingen == "ja":
        grondslag = "ja"
    else:
        grondslag = "onbekend"

    if toezicht == "nee" or (nadeel == "nee" and escalatie == "nee"):
        permanent_toezicht = "nee"
    elif toezicht == "ja" and (nadeel == "ja" or escalatie == "ja"):
        permanent_toezicht = "ja"
    else:
        permanent_toezicht = "onbekend"

    door_regie = regie == "ja" and begeleiding == "ja"
    if (
        nadeel == "nee"
        or (fysiek == "nee" and (begeleiding == "nee" or regie == "nee"))
        or (inroepen == "ja" and wachten == "ja")
    ):
        nabijheid = "nee"
    elif inroepen == "nee" and nadeel == "ja" and (door_regie or fysiek == "ja"):
        nabijheid = "ja"
    else:
        nabijheid = "onbekend"

    if permanent_toezicht == "ja" or nabijheid == "ja":
        zorgbehoefte = "ja"
    elif permanent_toezicht == "nee" and nabijheid == "nee":
        zorgbehoefte = "nee"
    else:
        zorgbehoefte = "onbekend"

    jong_onderbouwd = al_jaren == "ja" and "ja" in (get("zorg_sinds_jeugd"), get("tweede_behandelaar_bevestigt"))
    if behandelbaar == "ja" or perspectief == "ja" or prognose == "nee":
        blijvend = "nee"
    elif (
        prognose == "ja"
        and behandelbaar == "nee"
        and perspectief == "nee"
        and volwassen
        and (leeftijd >= 27 or jong_onderbouwd)
    ):
        blijvend = "ja"
    else:
        blijvend = "onbekend"

    if nacht == "ja" or opschalen == "ja" or profiel in ("ggz3", "ggz4", "ggz5"):
        profiel_onderbouwd = "ja"
    elif laag_profiel and nacht == "nee" and opschalen == "nee":
        profiel_onderbouwd = "nee"
    else:
        profiel_onderbouwd = "onbekend"

    if toereikend == "nee" or steun in ("beschermd_wonen", "klinisch", "jeugdhulp"):
        ambulant_onderbouwd = "ja"
    elif licht_geholpen and toereikend == "ja":
        ambulant_onderbouwd = "nee"
    else:
        ambulant_onderbouwd = "onbekend"

    if wmo_passend == "ja" or eerst_behandeling == "ja":
        domein_passend = "nee"
    elif wmo_passend == "nee" and eerst_behandeling == "nee":
        domein_passend = "ja"
    else:
        domein_passend = "onbekend"

    if reikwijdte == "nee":
        uitkomst = "buiten_reikwijdte"
    elif grondslag == "nee" or zorgbehoefte == "nee" or blijvend == "nee":
        uitkomst = "niet_kansrijk"
    elif (
        reikwijdte
        == grondslag
        == zorgbehoefte
        == blijvend
        == profiel_onderbouwd
        == ambulant_onderbouwd
        == domein_passend
        == "ja"
    ):
        uitkomst = "kansrijk"
    else:
        uitkomst = "twijfel"

    signalen = []
    if prognose == "ja" and (perspectief == "ja" or behandelbaar == "ja"):
        signalen.append("tegenspraak_prognose")
    if steun in ("beschermd_wonen", "ambulant", "ambulant_intensief") and toereikend == "ja" and wmo_passend == "nee":
        signalen.append("tegenspraak_wmo")
    if wonen == "detentie" and titel in ("nee", "ambulant"):
        signalen.append("tegenspraak_detentie")
    if nacht == "ja" and wachten == "ja":
        signalen.append("tegenspraak_nacht")
    if volwassen and leeftijd < 27:
        signalen.append("jongere")
    if laag_profiel:
        signalen.append("laag_profiel")
    if licht_geholpen:
        signalen.append("ambulant")
    if profiel == "ggz5" and budget:
        signalen.append("pgb_niet_mogelijk")
    if get("zorgbehoefte_wisselt") == "ja":
        signalen.append("wisselend")
    if get("meervoudige_problematiek") == "ja":
        signalen.append("meervoudig")
    if get("reden_zorginhoudelijk") == "nee":
        signalen.append("andere_reden")
    if thuisloos:
        signalen.append("dakloos")
    if minderjarig and leeftijd >= 16:
        signalen.append("bijna_18")
    if get("client_geinformeerd") == "nee":
        signalen.append("client_niet_geinformeerd")
    if leeftijd is not None and 27 <= leeftijd < 30:
        signalen.append("jong_volwassen")
    if andere_grondslag == "niet_te_scheiden":
        signalen.append("grondslagen_verweven")
    if titel == "ambulant":
        signalen.append("titel_ambulant")
    if wonen == "detentie":
        signalen.append("detentie_nu")
    if budget:
        signalen.append("pgb_voorwaarden")
    if budget and (thuisloos or wonen == "detentie"):
        signalen.append("pgb_woonadres")
    if vorm in ("vpt", "mpt") or budget:
        signalen.append("thuis_geleverd")
    if wonen == "kliniek":
        signalen.append("kliniek_moment")
    if wil == "nee":
        signalen.append("client_wil_niet")
    if get("keuze_zonder_druk") == "nee":
        signalen.append("druk_op_client")
    if aanbod_ontbreekt:
        signalen.append("wmo_aanbod_ontbreekt")
    if get("clientondersteuning_aangeboden") == "nee":
        signalen.append("geen_clientondersteuning")
    if get("dossier_compleet") == "nee":
        signalen.append("dossier_onvolledig")

    niet = uitkomst in ("twijfel", "niet_kansrijk")
    routes = []
    if uitkomst == "kansrijk":
        routes.append("wlz_aanvraag")
    if minderjarig or titel == "jeugdstrafrecht":
        routes.append("jeugdwet")
    if volwassen and leeftijd < 23 and steun in ("jeugdhulp", "jeugdhulp_ambulant"):
        routes.append("jeugdwet_verlengd")
    if titel == "ja":
        routes.append("forensische_zorg")
    if niet and wmo_passend == "ja":
        routes.append("wmo_melding")
    if niet and fysiek == "ja":
        routes.append("zvw_verpleging")
    if niet and toereikend == "nee" and steun in ("ambulant", "ambulant_intensief", "beschermd_wonen"):
        routes.append("wmo_herzien")
    if verblijf == "ja":
        routes.append("wlz_voortgezet_verblijf")
    if andere_grondslag == "ja":
        routes.append("wlz_andere_grondslag")
    if indicatie == "ja":
        routes.append("wlz_bestaande_indicatie")
        if thuisloos:
            routes.append("dakloosheidsplan")
    if niet and begeleiding == "ja":
        routes.append("wmo_beschermd_wonen")
    if niet and begeleiding == "nee":
        routes.append("wmo_ambulant")
    if niet and (al_jaren == "ja" or prognose == "ja"):
        routes.append("wmo_langdurige_beschikking")
    if behandelbaar == "ja" or eerst_behandeling == "ja":
        routes.append("zvw_behandeling")
    if uitkomst == "twijfel":
        routes.append("ciz_overleg")
        routes.append("casusbespreking")
    if aanbod_ontbreekt:
        routes.append("regio_aanbod")

    return {
        "uitkomst": uitkomst,
        "aanvragen": uitkomst == "kansrijk" and wil != "nee",
        "criteria": {
            "reikwijdte": reikwijdte,
            "grondslag": grondslag,
            "permanent_toezicht": permanent_toezicht,
            "nabijheid_24u": nabijheid,
            "zorgbehoefte_24u": zorgbehoefte,
            "blijvend": blijvend,
            "profiel_onderbouwd": profiel_onderbouwd,
            "ambulant_onderbouwd": ambulant_onderbouwd,
            "domein_passend": domein_passend,
        },
        "signalen": signalen,
        "routes": routes,
    }


def random_answers(rng: random.Random, open_share: float = 0.2) -> dict[str, Answer]:
    """Draw the answers of one case; all four outcomes come up often.

    Cases differ in how strongly they lean to kansrijk (from entirely to not at all) and in how much stays open
    (a third of them nothing); over many cases a share of about `open_share` of the questions is open (up to 0.5).
    """
    wild = rng.choice((0.0, 0.05, 0.2, 0.5, 1.0))
    gap = min(1.0, open_share * rng.choice((0, 1, 2)))
    answers: dict[str, Answer] = {}
    for question, allowed in QUESTIONS.items():
        if rng.random() < gap:
            continue
        choices = allowed
        if question in FAVOURABLE and rng.random() >= wild:
            choices = FAVOURABLE[question]
        elif question == "leeftijd" and rng.random() < 0.5:
            choices = EDGES
        answers[question] = rng.choice(choices)
    return answers


def known(answers: Mapping[str, Any]) -> dict[str, Answer]:
    """Leave the open answers out and write booleans as ja and nee."""
    words: dict[Any, Answer] = {True: "ja", False: "nee"}
    return {
        question: words[answer] if isinstance(answer, bool) else answer
        for question, answer in answers.items()
        if answer not in (None, "onbekend")
    }


def expectation(answers: Mapping[str, Any]) -> str:
    """Write what is expected for these answers as the YAML of `verwacht`."""
    result = reference(known(answers))
    criteria = ", ".join(f"{name}: {value}" for name, value in result["criteria"].items())
    return "\n".join(
        (
            "verwacht:",
            f"  uitkomst: {result['uitkomst']}",
            f"  aanvragen: {'ja' if result['aanvragen'] else 'nee'}",
            f"  criteria: {{{criteria}}}",
            f"  signalen: [{', '.join(result['signalen'])}]",
            f"  routes: [{', '.join(result['routes'])}]",
        )
    )


def main(paths: Sequence[str]) -> None:
    """Print the expectation of each case file, and of each of its variants."""
    for path in paths:
        case = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        answers = case.get("antwoorden", case)
        unknown = sorted(set(answers) - set(QUESTIONS))
        impossible = sorted(
            f"{question}: {answer}"
            for question, answer in known(answers).items()
            if question in QUESTIONS and answer not in QUESTIONS[question]
        )
        print(f"# {path}")
        for mistake in unknown + impossible:
            print(f"# WRONG: {mistake}")
        print(expectation(answers))
        for variant in case.get("varianten") or ():
            print(f"# variant {variant['als']}")
            print(expectation({**answers, **variant["als"]}))


if __name__ == "__main__":
    main(sys.argv[1:])
