"""What the contributions leave out of a gross pay: the deduction for expenses (DFS), a trainee's exempt allowance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.kernel.errors import BadInput, Problem
from filage.payroll.reductions import slip_hours
from filage.payroll.terms import APPRENTI, ARTISTE, ARTISTS, REALISATEUR, STAGIAIRE, TECHNICIEN, Terms

if TYPE_CHECKING:
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.payroll.ceiling import Presence

DFS_25, DFS_20 = "paie.dfs_25", "paie.dfs_20"
RATE_OF_GROUP = {
    "dramatic": DFS_25, "lyric": DFS_25, "dancer": DFS_25, "interpreter": DFS_25, "musician": DFS_20,
}  # fmt: skip
"""The jobs of CGI, annexe IV, article 5, that name an artist's population; a musician's are choir and conductor too."""

_ASSUMED = {
    (ARTISTE, ""): (DFS_25, "DFS : taux des artistes dramatiques, lyriques, chorégraphiques et de cinéma supposé"),
    (TECHNICIEN, ""): (DFS_20, "DFS : taux des régisseurs de théâtre et de la création de cinéma supposé"),
    (TECHNICIEN, "technician"): (DFS_20, "DFS : taux des régisseurs de théâtre et de la création de cinéma supposé"),
    (REALISATEUR, ""): (DFS_20, "DFS : taux du personnel de création de l’industrie cinématographique supposé"),
}  # fmt: skip


NO_DFS = "DFS : aucun taux sourcé pour cet emploi"
DFS_JOBS = "artiste dramatique, lyrique, chorégraphique ou de cinéma, musicien, régisseur de théâtre"


def has_dfs(terms: Terms) -> bool:
    """Whether a rate of DFS is known for the job, or may be supposed."""
    if terms.status in ARTISTS and terms.job_group in RATE_OF_GROUP:
        return True
    suits = terms.status != REALISATEUR or terms.idcc == "3097"
    return suits and (terms.status, terms.job_group) in _ASSUMED


def insured_pay(terms: Terms, gross: Step, presence: Presence, law: Law) -> Step:
    """Return what Social Security and Agirc-Arrco are based on, in euros; BadInput when no DFS rate suits the job.

    With DFS: gross less its deduction, which stops at 7 600 euros a year and at the Smic. For a trainee: what exceeds
    15 % of the hourly ceiling per hour.
    """
    if terms.status == STAGIAIRE:
        return _beyond_franchise(terms, gross, presence, law)
    if not terms.dfs or gross.value <= 0:
        return gross
    rate = _dfs_rate(terms, law)
    cap = law["paie.dfs_plafond"].forecast(terms.day)
    left = steps.difference("reste du plafond annuel de DFS", cap, steps.given("déjà déduit", terms.dfs_used))
    deduction = steps.least("déduction forfaitaire", steps.product("DFS", gross, rate), left)
    if deduction.value <= 0:
        return gross
    after = steps.rounded(steps.difference("brut après DFS", gross, deduction))
    floor = steps.rounded(
        steps.product(
            "Smic des heures", law["paie.smic_horaire"].forecast(terms.day), _hours(terms, presence, law)
        )
    )
    if after.value >= floor.value:
        return after
    return steps.greatest("brut après DFS, au moins le Smic", after, steps.least("Smic", gross, floor))


def employee_pay(terms: Terms, insured: Step, presence: Presence, law: Law) -> Step:
    """Return what the employee's own contributions are based on: an apprentice's stop at half the Smic, below."""
    if terms.status != APPRENTI:
        return insured
    exempt = steps.rounded(
        steps.product(
            "part exonérée de l’apprenti",
            law["paie.apprenti_part_exoneree"].forecast(terms.day),
            law["paie.smic_horaire"].forecast(terms.day),
            slip_hours(terms, presence, law),
        )
    )
    return steps.difference(
        "brut au-delà de la part exonérée", insured, steps.least("part exonérée", insured, exempt)
    )


def _dfs_rate(terms: Terms, law: Law) -> Step:
    if not has_dfs(terms):
        raise BadInput(Problem(NO_DFS, path="dfs", expected=DFS_JOBS))
    if terms.job_group in RATE_OF_GROUP:
        return law[RATE_OF_GROUP[terms.job_group]].forecast(terms.day)
    name, why = _ASSUMED[terms.status, terms.job_group]
    known = law[name].forecast(terms.day)
    return steps.assumed(known.label, known.value, known.sources[0], why, unit="rate")


def _hours(terms: Terms, presence: Presence, law: Law) -> Step:
    """The hours whose Smic is the floor: those paid, else 12 a cachet by analogy with unemployment insurance."""
    if presence.hours is None and presence.cachets is not None:
        each = replace(law["paie.cachet_heures_chomage"].forecast(terms.day), certainty=2)
        return steps.product(
            "heures des cachets", steps.given("cachets", presence.cachets, unit="cachets"), each
        )
    return slip_hours(terms, presence, law)


def _beyond_franchise(terms: Terms, gross: Step, presence: Presence, law: Law) -> Step:
    franchise = steps.rounded(
        steps.product(
            "franchise de la gratification",
            law["paie.stage_franchise"].forecast(terms.day),
            law["paie.phss"].forecast(terms.day),
            slip_hours(terms, presence, law),
        )
    )
    return steps.difference(
        "gratification au-delà de la franchise", gross, steps.least("part exempte", gross, franchise)
    )
