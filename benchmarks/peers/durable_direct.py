"""durable-rules used directly: the model as a ruleset written by hand, as its own documentation shows.

One fact holds the answers; rules judge criteria by asserting facts, on which further rules fire. The outcome
``twijfel``, which follows when nothing else does, and applying are left to Python, as one would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import reduce
from itertools import count
from operator import or_
from typing import Any

import durable.lang
from durable.engine import Host, MessageNotHandledException
from durable.lang import assert_fact, delete_state, m, ruleset, when_all

_ORDER = ("buiten_reikwijdte", "niet_kansrijk", "kansrijk", "twijfel")
_CRITERIA = (
    "reikwijdte",
    "grondslag",
    "permanent_toezicht",
    "nabijheid_24u",
    "zorgbehoefte_24u",
    "blijvend",
    "profiel_onderbouwd",
    "ambulant_onderbouwd",
    "domein_passend",
)
_NIET = ("twijfel", "niet_kansrijk")


def _is(answer: Any, *words: str) -> Any:
    """The answer is one of these words."""
    return reduce(or_, (answer == word for word in words))


def _thuisloos() -> Any:
    return _is(m.woonsituatie, "dakloos", "opvang", "onconventioneel")


def _ambulant() -> Any:
    return _is(m.ondersteuning_nu, "geen", "ambulant", "ambulant_intensief", "jeugdhulp_ambulant")


def _budget() -> Any:
    return _is(m.leveringsvorm_wens, "pgb", "mpt_en_pgb")


def _aanbod_ontbreekt() -> Any:
    return (m.wmo_passend == "ja") & (m.wmo_aanbod_beschikbaar == "nee")


_SIGNALS: dict[str, Callable[[], Any]] = {
    "tegenspraak_prognose": lambda: (
        (m.behandelaar_verwacht_blijvend == "ja")
        & ((m.ontwikkelperspectief == "ja") | (m.behandeling_kan_behoefte_opheffen == "ja"))
    ),
    "tegenspraak_wmo": lambda: (
        _is(m.ondersteuning_nu, "beschermd_wonen", "ambulant", "ambulant_intensief")
        & (m.ondersteuning_nu_toereikend == "ja")
        & (m.wmo_passend == "nee")
    ),
    "tegenspraak_detentie": lambda: (m.woonsituatie == "detentie") & _is(m.strafrechtelijke_titel, "nee", "ambulant"),
    "tegenspraak_nacht": lambda: (m.ongeplande_zorg_nacht == "ja") & (m.kan_wachten_op_hulp == "ja"),
    "jongere": lambda: (m.leeftijd >= 18) & (m.leeftijd < 27),
    "laag_profiel": lambda: (m.verwacht_profiel == "ggz1") | (m.verwacht_profiel == "ggz2"),
    "ambulant": _ambulant,
    "pgb_niet_mogelijk": lambda: _budget() & (m.verwacht_profiel == "ggz5"),
    "wisselend": lambda: m.zorgbehoefte_wisselt == "ja",
    "meervoudig": lambda: m.meervoudige_problematiek == "ja",
    "andere_reden": lambda: m.reden_zorginhoudelijk == "nee",
    "dakloos": _thuisloos,
    "bijna_18": lambda: (m.leeftijd >= 16) & (m.leeftijd < 18),
    "client_niet_geinformeerd": lambda: m.client_geinformeerd == "nee",
    "jong_volwassen": lambda: (m.leeftijd >= 27) & (m.leeftijd < 30),
    "grondslagen_verweven": lambda: m.andere_grondslag_leidend == "niet_te_scheiden",
    "titel_ambulant": lambda: m.strafrechtelijke_titel == "ambulant",
    "detentie_nu": lambda: m.woonsituatie == "detentie",
    "pgb_voorwaarden": _budget,
    "pgb_woonadres": lambda: _budget() & (_thuisloos() | (m.woonsituatie == "detentie")),
    "thuis_geleverd": lambda: _is(m.leveringsvorm_wens, "vpt", "mpt", "pgb", "mpt_en_pgb"),
    "kliniek_moment": lambda: m.woonsituatie == "kliniek",
    "client_wil_niet": lambda: m.client_wil_aanvraag == "nee",
    "druk_op_client": lambda: m.keuze_zonder_druk == "nee",
    "wmo_aanbod_ontbreekt": _aanbod_ontbreekt,
    "geen_clientondersteuning": lambda: m.clientondersteuning_aangeboden == "nee",
    "dossier_onvolledig": lambda: m.dossier_compleet == "nee",
}
_ROUTES: dict[str, Callable[[], tuple[Any, tuple[str, ...]]]] = {
    "wlz_aanvraag": lambda: (None, ("kansrijk",)),
    "jeugdwet": lambda: ((m.leeftijd < 18) | (m.strafrechtelijke_titel == "jeugdstrafrecht"), ()),
    "jeugdwet_verlengd": lambda: (
        (m.leeftijd >= 18) & (m.leeftijd < 23) & _is(m.ondersteuning_nu, "jeugdhulp", "jeugdhulp_ambulant"),
        (),
    ),
    "forensische_zorg": lambda: (m.strafrechtelijke_titel == "ja", ()),
    "wmo_melding": lambda: (m.wmo_passend == "ja", _NIET),
    "zvw_verpleging": lambda: (m.fysieke_problemen == "ja", _NIET),
    "wmo_herzien": lambda: (
        _is(m.ondersteuning_nu, "ambulant", "ambulant_intensief", "beschermd_wonen")
        & (m.ondersteuning_nu_toereikend == "nee"),
        _NIET,
    ),
    "wlz_voortgezet_verblijf": lambda: (m.verblijf_ggz_drie_jaar == "ja", ()),
    "wlz_andere_grondslag": lambda: (m.andere_grondslag_leidend == "ja", ()),
    "wlz_bestaande_indicatie": lambda: (m.heeft_wlz_indicatie == "ja", ()),
    "dakloosheidsplan": lambda: ((m.heeft_wlz_indicatie == "ja") & _thuisloos(), ()),
    "wmo_beschermd_wonen": lambda: (m.voortdurend_begeleiding_nodig == "ja", _NIET),
    "wmo_ambulant": lambda: (m.voortdurend_begeleiding_nodig == "nee", _NIET),
    "wmo_langdurige_beschikking": lambda: (
        (m.zorgbehoefte_al_jaren_gelijk == "ja") | (m.behandelaar_verwacht_blijvend == "ja"),
        _NIET,
    ),
    "zvw_behandeling": lambda: ((m.behandeling_kan_behoefte_opheffen == "ja") | (m.eerst_behandeling == "ja"), ()),
    "ciz_overleg": lambda: (None, ("twijfel",)),
    "casusbespreking": lambda: (None, ("twijfel",)),
    "regio_aanbod": lambda: (_aanbod_ontbreekt(), ()),
}


def _judgements() -> dict[str, tuple[Any, ...]]:
    """criterium=value → the ways in which the answers show it."""
    alone = (m.heeft_wlz_indicatie, m.strafrechtelijke_titel, m.verblijf_ggz_drie_jaar, m.andere_grondslag_leidend)
    guided = (m.zware_regieproblemen == "ja") & (m.voortdurend_begeleiding_nodig == "ja")
    lasting = (
        (m.behandelaar_verwacht_blijvend == "ja")
        & (m.behandeling_kan_behoefte_opheffen == "nee")
        & (m.ontwikkelperspectief == "nee")
    )
    shown = (m.zorgbehoefte_al_jaren_gelijk == "ja") & (
        (m.zorg_sinds_jeugd == "ja") | (m.tweede_behandelaar_bevestigt == "ja")
    )
    support = m.ondersteuning_nu
    profile = m.verwacht_profiel
    return {
        "reikwijdte=ja": (
            (m.leeftijd >= 18)
            & (alone[0] == "nee")
            & _is(alone[1], "nee", "ambulant")
            & (alone[2] == "nee")
            & _is(alone[3], "nee", "niet_te_scheiden"),
        ),
        "reikwijdte=nee": (m.leeftijd < 18, alone[1] == "jeugdstrafrecht", *(answer == "ja" for answer in alone)),
        "grondslag=ja": ((m.psychische_stoornis_vastgesteld == "ja") & (m.beperkingen_door_stoornis == "ja"),),
        "grondslag=nee": (m.psychische_stoornis_vastgesteld == "nee", m.beperkingen_door_stoornis == "nee"),
        "permanent_toezicht=ja": (
            (m.onafgebroken_toezicht_nodig == "ja")
            & ((m.ernstig_nadeel_dreigt == "ja") | (m.escalatie_dreigt == "ja")),
        ),
        "permanent_toezicht=nee": (
            m.onafgebroken_toezicht_nodig == "nee",
            (m.ernstig_nadeel_dreigt == "nee") & (m.escalatie_dreigt == "nee"),
        ),
        "nabijheid_24u=ja": (
            (m.kan_hulp_inroepen == "nee")
            & (m.ernstig_nadeel_dreigt == "ja")
            & (guided | (m.fysieke_problemen == "ja")),
        ),
        "nabijheid_24u=nee": (
            m.ernstig_nadeel_dreigt == "nee",
            (m.voortdurend_begeleiding_nodig == "nee") & (m.fysieke_problemen == "nee"),
            (m.zware_regieproblemen == "nee") & (m.fysieke_problemen == "nee"),
            (m.kan_hulp_inroepen == "ja") & (m.kan_wachten_op_hulp == "ja"),
        ),
        "blijvend=ja": (lasting & (m.leeftijd >= 27), lasting & (m.leeftijd >= 18) & (m.leeftijd < 27) & shown),
        "blijvend=nee": (
            m.behandeling_kan_behoefte_opheffen == "ja",
            m.ontwikkelperspectief == "ja",
            m.behandelaar_verwacht_blijvend == "nee",
        ),
        "profiel_onderbouwd=ja": (
            (profile == "ggz3") | (profile == "ggz4") | (profile == "ggz5"),
            m.ongeplande_zorg_nacht == "ja",
            m.snel_opschalen_nodig == "ja",
        ),
        "profiel_onderbouwd=nee": (
            _is(profile, "ggz1", "ggz2") & (m.ongeplande_zorg_nacht == "nee") & (m.snel_opschalen_nodig == "nee"),
        ),
        "ambulant_onderbouwd=ja": (
            (support == "beschermd_wonen") | (support == "klinisch") | (support == "jeugdhulp"),
            m.ondersteuning_nu_toereikend == "nee",
        ),
        "ambulant_onderbouwd=nee": (_ambulant() & (m.ondersteuning_nu_toereikend == "ja"),),
        "domein_passend=ja": ((m.wmo_passend == "nee") & (m.eerst_behandeling == "nee"),),
        "domein_passend=nee": (m.wmo_passend == "ja", m.eerst_behandeling == "ja"),
    }


class _QuietHost(Host):  # type: ignore[misc]  # durable-rules has no types
    """A host whose thread for timers stays off: else it disturbs the case that runs (error 307)."""

    def _run(self) -> None:
        pass


class _Case:
    """What fired for the case that runs now; rules fire at most once for it."""

    def __init__(self) -> None:
        self.judged: dict[str, str] = {}
        self.outcomes: set[str] = set()
        self.signals: set[str] = set()
        self.routes: set[str] = set()


def make(payload: Any) -> tuple[Callable[[Mapping[str, Any]], Any], Callable[[Any], dict[str, Any]]]:
    """The contestant; it needs nothing."""
    del payload
    now = [_Case()]
    durable.lang._main_host = _QuietHost()  # noqa: SLF001 - the only way to choose one
    _rules(now)
    numbers = count()

    def tell(fact: dict[str, Any]) -> None:
        with suppress(MessageNotHandledException):
            assert_fact("direct", fact)

    def advise(answers: Mapping[str, Any]) -> _Case:
        case = now[0] = _Case()
        sid = str(next(numbers))
        tell({"sid": sid, "casus": "ja", **answers})
        outcome = next((name for name in _ORDER if name in case.outcomes), "twijfel")
        case.outcomes = {outcome}
        tell({"sid": sid, "uitkomst": outcome})
        delete_state("direct", sid)
        case.judged["aanvragen"] = str(outcome == "kansrijk" and answers.get("client_wil_aanvraag") != "nee")
        return case

    return advise, in_words


def in_words(found: _Case) -> dict[str, Any]:
    """What was found, in the words that all contestants share."""
    return {
        "uitkomst": next(iter(found.outcomes)),
        "aanvragen": found.judged["aanvragen"] == "True",
        "criteria": {name: found.judged.get(name, "onbekend") for name in _CRITERIA},
        "signalen": [name for name in _SIGNALS if name in found.signals],
        "routes": [name for name in _ROUTES if name in found.routes],
    }


def _rules(now: list[_Case]) -> None:
    with ruleset("direct"):
        for judged, ways in _judgements().items():
            for way in ways:
                when_all((m.casus == "ja") & way)(_judge(now, judged))
        when_all(m.oordeel == "permanent_toezicht=ja")(_judge(now, "zorgbehoefte_24u=ja"))
        when_all(m.oordeel == "nabijheid_24u=ja")(_judge(now, "zorgbehoefte_24u=ja"))
        both = (m.oordeel == "permanent_toezicht=nee", m.oordeel == "nabijheid_24u=nee")
        when_all(*both)(_judge(now, "zorgbehoefte_24u=nee"))
        when_all(m.oordeel == "reikwijdte=nee")(_reach(now, "buiten_reikwijdte"))
        for name in ("grondslag", "zorgbehoefte_24u", "blijvend"):
            when_all(m.oordeel == f"{name}=nee")(_reach(now, "niet_kansrijk"))
        needed = [name for name in _CRITERIA if name not in ("permanent_toezicht", "nabijheid_24u")]
        when_all(*(m.oordeel == f"{name}=ja" for name in needed))(_reach(now, "kansrijk"))
        for name, condition in _SIGNALS.items():
            when_all((m.casus == "ja") & condition())(_note(now, "signals", name))
        for name, route in _ROUTES.items():
            answers, outcomes = route()
            facts = [] if answers is None else [(m.casus == "ja") & answers]
            for outcome in outcomes or (None,):
                more = [m.uitkomst == outcome] if outcome else []
                when_all(*facts, *more)(_note(now, "routes", name))


def _judge(now: list[_Case], judged: str) -> Callable[[Any], None]:
    name, _, value = judged.partition("=")

    def fire(c: Any) -> None:
        if name not in now[0].judged:
            now[0].judged[name] = value
            c.assert_fact({"oordeel": judged})

    return fire


def _reach(now: list[_Case], outcome: str) -> Callable[[Any], None]:
    return lambda c: now[0].outcomes.add(outcome)  # noqa: ARG005 - durable-rules hands it over


def _note(now: list[_Case], kind: str, name: str) -> Callable[[Any], None]:
    return lambda c: getattr(now[0], kind).add(name)  # noqa: ARG005 - durable-rules hands it over
