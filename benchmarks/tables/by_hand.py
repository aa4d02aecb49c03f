"""The model written by hand in NumPy: read the Parquet, make numbers of the words, work it out, write the Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

Array = np.ndarray[Any, np.dtype[Any]]

_JUDGED = ("onbekend", "ja", "nee")
_OUTCOMES = ("buiten_reikwijdte", "niet_kansrijk", "kansrijk", "twijfel")


def run(source: Path, target: Path) -> None:
    """Advise on every row."""
    names = pq.read_schema(source).names
    table = pq.read_table(source, read_dictionary=[name for name in names if name != "leeftijd"])
    for name, (codes, words) in _advise(table).items():
        values = pa.array(codes == 1) if words is None else pa.DictionaryArray.from_arrays(pa.array(codes), list(words))
        table = table.append_column(name, values)
    pq.write_table(table, target)


def _advise(table: pa.Table) -> dict[str, tuple[Array, Sequence[str] | None]]:
    """Each added column as numbers, with the words that they stand for (None: a boolean)."""

    def answer(name: str, *words: str) -> Array:
        """For every row whether the answer is one of ``words``; an open answer is not."""
        column = table.column(name).unify_dictionaries().combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = column.chunk(0)
        fits = np.array([*(word in words for word in column.dictionary.to_pylist()), False])
        found: Array = fits[column.indices.fill_null(len(fits) - 1).to_numpy()]
        return found

    def yes(name: str) -> Array:
        return answer(name, "ja")

    def no(name: str) -> Array:
        return answer(name, "nee")

    leeftijd = table.column("leeftijd").combine_chunks().fill_null(-1).to_numpy()
    volwassen = leeftijd >= 18
    jong = volwassen & (leeftijd < 27)
    weg = ("heeft_wlz_indicatie", "strafrechtelijke_titel", "verblijf_ggz_drie_jaar", "andere_grondslag_leidend")
    binnen = (
        no("heeft_wlz_indicatie"),
        answer("strafrechtelijke_titel", "nee", "ambulant"),
        no("verblijf_ggz_drie_jaar"),
        answer("andere_grondslag_leidend", "nee", "niet_te_scheiden"),
    )
    nadeel, geen_nadeel = yes("ernstig_nadeel_dreigt"), no("ernstig_nadeel_dreigt")
    begeleiding, geen_begeleiding = yes("voortdurend_begeleiding_nodig"), no("voortdurend_begeleiding_nodig")
    escalatie, geen_escalatie = yes("escalatie_dreigt"), no("escalatie_dreigt")
    laag, hoog = answer("verwacht_profiel", "ggz1", "ggz2"), answer("verwacht_profiel", "ggz3", "ggz4", "ggz5")
    licht = answer("ondersteuning_nu", "geen", "ambulant", "ambulant_intensief", "jeugdhulp_ambulant")
    zwaar = answer("ondersteuning_nu", "beschermd_wonen", "klinisch", "jeugdhulp")
    kans_op_herstel = yes("behandeling_kan_behoefte_opheffen") | yes("ontwikkelperspectief")
    onderbouwd = ~jong | (
        yes("zorgbehoefte_al_jaren_gelijk") & (yes("zorg_sinds_jeugd") | yes("tweede_behandelaar_bevestigt"))
    )
    rustig = no("ongeplande_zorg_nacht") & no("snel_opschalen_nodig")

    reikwijdte = _judge(
        volwassen & np.logical_and.reduce(binnen),
        ((leeftijd >= 0) & (leeftijd < 18))
        | answer("strafrechtelijke_titel", "jeugdstrafrecht")
        | np.logical_or.reduce([yes(name) for name in weg]),
    )
    grondslag = _judge(
        yes("psychische_stoornis_vastgesteld") & yes("beperkingen_door_stoornis"),
        no("psychische_stoornis_vastgesteld") | no("beperkingen_door_stoornis"),
    )
    toezicht = _judge(
        yes("onafgebroken_toezicht_nodig") & (nadeel | escalatie),
        no("onafgebroken_toezicht_nodig") | (geen_nadeel & geen_escalatie),
    )
    nabijheid = _judge(
        no("kan_hulp_inroepen") & nadeel & ((begeleiding & yes("zware_regieproblemen")) | yes("fysieke_problemen")),
        geen_nadeel
        | (geen_begeleiding & no("fysieke_problemen"))
        | (no("zware_regieproblemen") & no("fysieke_problemen"))
        | (yes("kan_hulp_inroepen") & yes("kan_wachten_op_hulp")),
    )
    zorgbehoefte = _judge((toezicht == 1) | (nabijheid == 1), (toezicht == 2) & (nabijheid == 2))
    blijvend = _judge(
        yes("behandelaar_verwacht_blijvend")
        & no("behandeling_kan_behoefte_opheffen")
        & no("ontwikkelperspectief")
        & volwassen
        & onderbouwd,
        kans_op_herstel | no("behandelaar_verwacht_blijvend"),
    )
    profiel = _judge(hoog | yes("ongeplande_zorg_nacht") | yes("snel_opschalen_nodig"), laag & rustig)
    ambulant = _judge(zwaar | no("ondersteuning_nu_toereikend"), licht & yes("ondersteuning_nu_toereikend"))
    domein = _judge(no("wmo_passend") & no("eerst_behandeling"), yes("wmo_passend") | yes("eerst_behandeling"))

    needed = (reikwijdte, grondslag, zorgbehoefte, blijvend, profiel, ambulant, domein)
    uitkomst = np.select(
        [
            reikwijdte == 2,
            (grondslag == 2) | (zorgbehoefte == 2) | (blijvend == 2),
            np.logical_and.reduce([judged == 1 for judged in needed]),
        ],
        [np.int8(0), np.int8(1), np.int8(2)],
        np.int8(3),
    )
    aanvragen = ((uitkomst == 2) & ~no("client_wil_aanvraag")).astype(np.int8)
    return {
        "uitkomst": (uitkomst, _OUTCOMES),
        "aanvragen": (aanvragen, None),
        "reikwijdte": (reikwijdte, _JUDGED),
        "grondslag": (grondslag, _JUDGED),
        "permanent_toezicht": (toezicht, _JUDGED),
        "nabijheid_24u": (nabijheid, _JUDGED),
        "zorgbehoefte_24u": (zorgbehoefte, _JUDGED),
        "blijvend": (blijvend, _JUDGED),
        "profiel_onderbouwd": (profiel, _JUDGED),
        "ambulant_onderbouwd": (ambulant, _JUDGED),
        "domein_passend": (domein, _JUDGED),
    }


def _judge(yes: Array, no: Array) -> Array:
    return yes.astype(np.int8) + 2 * no.astype(np.int8)
