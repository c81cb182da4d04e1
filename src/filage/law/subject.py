"""The subjects under which the parameters are shown, in the order of a pay slip."""

from __future__ import annotations

from typing import Final

OTHER: Final = "Autres valeurs"
SUBJECTS: Final = (
    ("Smic et minimum garanti", ("paie.smic_", "paie.minimum_garanti")),
    ("Plafonds et durée légale", ("paie.pass", "paie.pmss", "paie.pjss", "paie.phss", "paie.plafond_", "paie.heures_")),
    (
        "Sécurité sociale",
        ("paie.maladie_", "paie.vieillesse_", "paie.allocations_", "paie.atmp_", "paie.csa", "paie.artiste_coefficient",
         "paie.realisateur_coefficient", "paie.stage_",
         "paie.seuil_"),
    ),
    ("CSG et CRDS", ("paie.csg_", "paie.crds")),
    ("Réductions de cotisations", ("paie.rg_", "paie.rgdu_", "paie.cachet_heures_reduction")),
    ("Chômage et garantie des salaires", ("paie.chomage_", "paie.ags", "paie.cachet_heures_chomage", "paie.cachets_",
                                          "paie.droits_")),
    ("Retraite complémentaire", ("paie.agirc_", "paie.ceg_", "paie.cet_", "paie.apec_")),
    ("Prévoyance et santé", ("paie.prevoyance_", "paie.fonds_sante", "paie.garantie_sante", "paie.sante_",
                             "paie.medecine_", "paie.thalie_")),
    ("Congés", ("paie.conges_",)),
    ("Formation et apprentissage", ("paie.formation_", "paie.cpf_", "paie.taxe_apprentissage")),
    ("Fonds de la branche", ("paie.fnas", "paie.fcap", "paie.casc_")),
    ("Logement, transport, dialogue social", ("paie.fnal_", "paie.peec", "paie.versement_mobilite",
                                              "paie.dialogue_social")),
    ("Taxe sur les salaires", ("paie.taxe_salaires",)),
    ("Abattement et défraiements", ("paie.dfs_", "defraiement.")),
    ("TVA", ("tva.",)),
    (OTHER, ()),
)  # fmt: skip
"""Each subject's French title, and how the ids of its parameters begin; what no subject takes goes to the last."""
TITLES: Final = tuple(title for title, _ in SUBJECTS)


def subject_of(parameter: str) -> str:
    """Return the French title of the subject of a parameter; a new one no subject takes is among the others."""
    return next((title for title, starts in SUBJECTS if parameter.startswith(starts)), OTHER)
