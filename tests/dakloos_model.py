"""The second rulebook once more, written by hand: what the YAML and both motors are held against."""

from __future__ import annotations

import random
from collections.abc import Mapping

from ggztriage.boek.stand import Stand
from ggztriage.taal.tree import Antwoord

DAKLOOS = ("openbare_ruimte", "noodopvang", "opvang", "inwoning", "onconventioneel", "dakloos")
INSTELLING = ("kliniek", "detentie", "beschermd_wonen")
THUIS = ("zelfstandig", "bij_naasten")
TE_LANG = ("kliniek", "beschermd_wonen")

# Answers that lead to a plan when all are given, so that random cases reach it often.
GUNSTIG: dict[str, tuple[Antwoord, ...]] = {
    "gevaar_nu": ("nee",),
    "leeftijd": (18, 34, 62),
    "heeft_wlz_indicatie": ("ja",),
    "soort_indicatie": ("ggz_wonen", "vg_psychisch"),
    "pgb": ("nee",),
    "woonsituatie": (*DAKLOOS, *INSTELLING, *THUIS),
    "vertrek_zonder_plek": ("ja",),
    "bereikbaar": ("ja",),
}


def by_hand(answers: Mapping[str, Antwoord]) -> dict[str, object]:  # noqa: C901, PLR0912, PLR0915 - one straight pass
    """Outcome, criteria, signals, routes and steps of one case."""
    get = answers.get
    leeftijd, wonen, reden, wil = get("leeftijd"), get("woonsituatie"), get("reden_geen_zorg"), get("wil_zorg")
    moet_weg = wonen in (*INSTELLING, *THUIS) and get("vertrek_zonder_plek") == "ja"
    te_lang = wonen in TE_LANG and get("verblijf_te_lang") == "ja"
    kan_blijven = get("vertrek_zonder_plek") == "nee" and (
        wonen in THUIS or wonen == "detentie" or (wonen in TE_LANG and get("verblijf_te_lang") == "nee")
    )
    soort = get("soort_indicatie")

    if (
        (isinstance(leeftijd, int) and leeftijd < 18)
        or get("heeft_wlz_indicatie") == "nee"
        or soort in ("vg", "anders")
        or get("pgb") == "ja"
        or kan_blijven
    ):
        reikwijdte = "nee"
    elif (
        leeftijd is not None
        and get("heeft_wlz_indicatie") == "ja"
        and soort is not None
        and get("pgb") == "nee"
        and (wonen in DAKLOOS or moet_weg or te_lang)
    ):
        reikwijdte = "ja"
    else:
        reikwijdte = "onbekend"

    bewust = get("bewuste_keuze")
    if wil == "ja":
        zorgwens = "ja"
    elif wil == "nee" and bewust == "ja":
        zorgwens = "nee"
    else:
        zorgwens = "onbekend"

    onzorgvuldig = "nee" in (get("opzegging_aangekondigd"), get("alternatief_gezocht"))
    if reden is None:
        goed_gestopt = "onbekend"
    elif reden != "weggestuurd":
        goed_gestopt = "ja"
    elif onzorgvuldig:
        goed_gestopt = "nee"
    elif get("opzegging_aangekondigd") == get("alternatief_gezocht") == "ja":
        goed_gestopt = "ja"
    else:
        goed_gestopt = "onbekend"

    omgekeerd = {"ja": "nee", "nee": "ja", "onbekend": "onbekend"}
    criteria = {
        "reikwijdte": reikwijdte,
        "veiligheid": omgekeerd[str(get("gevaar_nu", "onbekend"))],
        "contact": get("bereikbaar", "onbekend"),
        "zorgwens": zorgwens,
        "delen": get("toestemming_delen", "onbekend"),
        "dossierhouder": get("dossierhouder_bekend", "onbekend"),
        "goed_gestopt": goed_gestopt,
        "overbrugging": get("overbruggingszorg", "onbekend"),
        "samen_eruit": omgekeerd[str(get("overleg_loopt_vast", "onbekend"))],
    }

    helder = (
        reikwijdte == "ja"
        and criteria["veiligheid"] == "ja"
        and criteria["contact"] == "ja"
        and "onbekend" not in (criteria["delen"], criteria["dossierhouder"], goed_gestopt)
    )
    if get("gevaar_nu") == "ja":
        uitkomst = "eerst_veiligheid"
    elif reikwijdte == "nee":
        uitkomst = "buiten_reikwijdte"
    elif helder and zorgwens == "ja" and criteria["overbrugging"] != "onbekend":
        uitkomst = "plan_naar_zorg"
    elif helder and zorgwens == "nee":
        uitkomst = "plan_contact_houden"
    else:
        uitkomst = "zoek_eerst_uit"

    zoek = uitkomst == "zoek_eerst_uit"
    plan = uitkomst == "plan_naar_zorg"
    verder = zoek or plan or uitkomst == "plan_contact_houden"
    weg = get("vertrek_zonder_plek") == "ja"
    nee_niet_vrij = wil == "nee" and bewust == "nee"
    pgb_buiten = uitkomst == "buiten_reikwijdte" and get("pgb") == "ja"
    met_indicatie = get("heeft_wlz_indicatie") == "ja"
    volwassen = isinstance(leeftijd, int) and leeftijd >= 18
    when = {
        "veiligheid_nu": get("gevaar_nu") == "ja",
        "daarna_verder": uitkomst == "eerst_veiligheid",
        "uitzoeken": zoek,
        "toestemming_vragen": verder and get("toestemming_delen") == "nee",
        "slaapplek": (verder or pgb_buiten)
        and (
            wonen in ("openbare_ruimte", "dakloos") or (wonen == "onconventioneel" and get("netwerk_en_dak") == "nee")
        ),
        "weigering_bespreken": verder and get("opvang_toegang") == "geweigerd",
        "weg_uit_opvang": wonen in ("opvang", "noodopvang"),
        "huis_behouden": verder and weg and wonen in THUIS,
        "doorstroom": verder and te_lang,
        "ander_team": verder and weg and wonen == "beschermd_wonen",
        "vertrek_kliniek": verder and weg and wonen == "kliniek",
        "vrijlating_voorbereiden": verder and weg and wonen == "detentie",
        "laatste_aanbieder": verder and reden in ("zelf_vertrokken", "weggestuurd", "samen_gestopt", "weigert"),
        "gesprek": verder and get("bereikbaar") == "ja",
        "brief": zoek and get("bereikbaar") == "nee",
        "opzoeken": zoek and get("bereikbaar") == "nee",
        "clientondersteuner": (verder or (pgb_buiten and met_indicatie))
        and get("clientondersteuning_aangeboden") == "nee",
        "pgb_zorg": pgb_buiten and met_indicatie,
        "dossierhouder_aan_zet": verder and get("dossierhouder_bekend") == "ja",
        "vast_aanspreekpunt": verder and get("dossierhouder_bekend") == "nee",
        "specialisten": verder and get("problemen_op_meer_gebieden") == "ja",
        "behandelaar_zoeken": verder and get("behandelaar_betrokken") == "nee",
        "aanbieder_aan_zet": verder and goed_gestopt == "nee",
        "opnieuw_beginnen": verder and get("eerder_plek_verloren") == "ja",
        "voorkeursaanbieder": plan and get("dossierhouder_bekend") == "nee",
        "bemiddelen": plan,
        "overbrugging_regelen": (plan or zoek)
        and reikwijdte == "ja"
        and wil == "ja"
        and get("overbruggingszorg") == "nee",
        "nee_begrijpen": zoek and wil == "nee",
        "nee_onderzoeken": zoek and nee_niet_vrij,
        "deur_open": verder and wil == "nee",
        "herhaalafspraak": wil == "nee"
        and get("netwerk_en_dak") == "ja"
        and (verder or (uitkomst == "buiten_reikwijdte" and wonen in THUIS and volwassen and met_indicatie)),
        "bemoeizorg": verder and wil == "nee",
        "verplichte_zorg_afwegen": zoek and nee_niet_vrij and get("ernstig_nadeel_nu") == "ja",
        "melding_gemeente": zoek and nee_niet_vrij and get("ernstig_nadeel_nu") == "ja",
        "meedenken": verder and (get("al_vaker_geprobeerd") == "ja" or nee_niet_vrij),
        "veiligheidshuis": verder and get("veiligheid_of_justitie") == "ja",
        "taskforce": verder and get("overleg_loopt_vast") == "ja",
        "werkgroep_landelijk": verder and get("taskforce_zonder_resultaat") == "ja",
        "rijk": verder and get("taskforce_zonder_resultaat") == "ja",
    }
    signalen = {
        "op_straat": wonen in ("openbare_ruimte", "dakloos"),
        "opvang_past_niet": wonen in ("opvang", "noodopvang"),
        "wachten_is_geen_zorg": reden == "wachtlijst",
        "twee_vakgebieden": soort == "vg_psychisch",
        "detentie": wonen == "detentie",
        "ernstig_nadeel": get("ernstig_nadeel_nu") == "ja",
        "opvang_geweigerd": get("opvang_toegang") == "geweigerd",
    }
    routes = {
        "toegang_tot_wlz": get("heeft_wlz_indicatie") == "nee",
        "jeugdhulp": isinstance(leeftijd, int) and leeftijd < 18,
        "andere_indicatie": soort in ("vg", "anders"),
        "pgb_bespreken": get("pgb") == "ja",
        "zorg_op_de_plek_van_nu": kan_blijven,
        "opvang_bij_gemeente": uitkomst == "buiten_reikwijdte"
        and wonen in ("openbare_ruimte", "inwoning", "onconventioneel", "dakloos"),
        "wonen_zonder_wlz_zorg": uitkomst == "plan_contact_houden",
    }
    lists = {"signalen": signalen, "routes": routes, "stappen": when}
    return {
        "uitkomst": uitkomst,
        "criteria": criteria,
        **{kind: [name for name, here in items.items() if here] for kind, items in lists.items()},
    }


def random_case(rng: random.Random, stand: Stand) -> dict[str, Antwoord]:
    """The answers of one case; cases differ in how much stays open and in how strongly they lean to a plan."""
    wild, gap = rng.choice((0.0, 0.05, 0.3, 1.0)), rng.choice((0.0, 0.0, 0.1, 0.4))
    answers: dict[str, Antwoord] = {}
    for vraag in stand.vragen.values():
        if rng.random() < gap:
            continue
        every = (16, 17, 18, 40) if vraag.getal else tuple(vraag.keuzes)
        answers[vraag.id] = rng.choice(GUNSTIG.get(vraag.id, every) if rng.random() >= wild else every)
    return answers
