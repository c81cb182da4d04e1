"""What the State gives back to employers: RGDU since 2026, the general reduction and reduced rates in 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from filage.kernel import step as steps
from filage.payroll.ceiling import DAYS_OF_A_MONTH, FULL_TIME_WEEK
from filage.payroll.terms import ARTISTS, FIFTY, STAGIAIRE, Terms

if TYPE_CHECKING:
    from filage.kernel.step import Step
    from filage.law import Law
    from filage.payroll.ceiling import Presence

RGDU_STARTS_ON = date(2026, 1, 1)


def reduction_id(terms: Terms) -> str | None:
    """The stable id of the reduction that applies on the day; artists at reduced rates and trainees have none."""
    if terms.status in ARTISTS or terms.status == STAGIAIRE:
        return None
    return "rgdu" if terms.day >= RGDU_STARTS_ON else "reduction_generale"


def reduction_coefficient(terms: Terms, gross: Step, presence: Presence, law: Law) -> Step | None:
    """Return the coefficient applied to gross, four decimals; None when there is no reduction at this pay.

    RGDU: Tmin + Tdelta × [½ (3 Smic × hours / gross − 1)]^P, at most Tmin + Tdelta, nothing from 3 Smic
    (CSS D241-7, décret 2025-887). Before 2026: (T / 0.6) × (1.6 Smic × hours / gross − 1). Either × 100/90 when a
    fund pays the holidays.
    """
    if reduction_id(terms) is None or gross.value <= 0:
        return None
    hours = slip_hours(terms, presence, law)
    found = (
        _rgdu(terms, gross, hours, law) if terms.day >= RGDU_STARTS_ON else _general(terms, gross, hours, law)
    )
    if found is None or found.value <= 0:
        return None
    return _with_paid_leave_fund(found, terms, law) if terms.paid_leave_fund else found


def _rgdu(terms: Terms, gross: Step, hours: Step, law: Law) -> Step | None:
    smic = law["paie.smic_horaire_reference_rgdu"].forecast(terms.day)
    exit_point = law["paie.rgdu_point_sortie"].forecast(terms.day)
    excess = steps.difference(
        "écart à la sortie",
        steps.quotient(
            "Smic de sortie rapporté au brut",
            steps.product("Smic de sortie", exit_point, smic, hours),
            gross,
            unit="ratio",
        ),
        steps.given("1", 1, unit="ratio"),
        unit="ratio",
    )
    if excess.value <= 0:
        return None
    size = "moins_50" if terms.headcount < FIFTY else "50_et_plus"
    floor = law["paie.rgdu_tmin"].forecast(terms.day)
    delta = law[f"paie.rgdu_tdelta_{size}"].forecast(terms.day)
    exponent = law["paie.rgdu_puissance"].forecast(terms.day)
    half = steps.product("moitié de l’écart", steps.given("½", "0.5", unit="ratio"), excess, unit="ratio")
    curve = steps.product("part dégressive", delta, steps.power("dégressivité", half, exponent), unit="ratio")
    raw = steps.rounded(steps.total("coefficient", [floor, curve], unit="ratio"), "rate4")
    top = steps.total("coefficient maximal", [floor, delta], unit="ratio")
    return steps.least("coefficient RGDU", raw, top, unit="ratio")


def _with_paid_leave_fund(coefficient: Step, terms: Terms, law: Law) -> Step:
    """The coefficient × 100/90 when a fund pays the holidays, four decimals.

    It is admitted for holiday funds, not read word for word for Congés Spectacles: doubtful.
    """
    surcharge = law["paie.rgdu_majoration_caisse_conges"].forecast(terms.day)
    ratio = steps.quotient(
        "majoration 100/90 de la réduction (caisse de congés)",
        steps.given("100", 100, unit="ratio"),
        steps.given("90", 90, unit="ratio"),
        unit="ratio",
    )
    ratio = replace(ratio, sources=surcharge.sources, certainty=2)
    label = f"{coefficient.label} × 100/90"
    return steps.rounded(steps.product(label, coefficient, ratio, unit="ratio"), "rate4")


def _general(terms: Terms, gross: Step, hours: Step, law: Law) -> Step | None:
    size = "moins_50" if terms.headcount < FIFTY else "50_et_plus"
    smic = law["paie.smic_horaire"].forecast(terms.day)
    largest = law[f"paie.rg_tmax_{size}"].forecast(terms.day)
    excess = steps.difference(
        "écart à la sortie",
        steps.quotient(
            "1,6 Smic rapporté au brut",
            steps.product("1,6 Smic", steps.given("1,6", "1.6", unit="ratio"), smic, hours),
            gross,
            unit="ratio",
        ),
        steps.given("1", 1, unit="ratio"),
        unit="ratio",
    )
    if excess.value <= 0:
        return None
    slope = steps.quotient("pente", largest, steps.given("0,6", "0.6", unit="ratio"), unit="ratio")
    raw = steps.rounded(steps.product("coefficient", slope, excess, unit="ratio"), "rate4")
    return steps.least("coefficient de réduction générale", raw, largest, unit="ratio")


def slip_hours(terms: Terms, presence: Presence, law: Law) -> Step:
    """Paid hours of the slip: given, or those of its cachets, or the legal month of 1820/12 hours by its days.

    An artist without cachets nor hours counts a full month, as Urssaf's own simulator does.
    """
    if presence.hours is not None:
        return steps.given("heures payées", presence.hours, unit="hours")
    if terms.status in ARTISTS and presence.cachets is not None:
        each = law["paie.cachet_heures_reduction"].forecast(terms.day)
        return steps.product(
            "heures des cachets", steps.given("cachets", presence.cachets, unit="cachets"), each, unit="hours"
        )
    month = steps.quotient(
        "heures d’un mois plein",
        steps.given("heures par an", 1820, unit="hours"),
        steps.given("mois", 12, unit="mois"),
        unit="hours",
    )
    if presence.weekly_hours is not None:
        month = steps.product(
            "heures du temps partiel",
            month,
            steps.quotient(
                "temps partiel",
                steps.given("heures par semaine", presence.weekly_hours, unit="hours"),
                steps.given("temps plein", FULL_TIME_WEEK, unit="hours"),
                unit="ratio",
            ),
            unit="hours",
        )
    if presence.is_full_month or terms.status in ARTISTS:
        return month
    share = steps.quotient(
        "part du mois",
        steps.given("jours du contrat", presence.days or 0, unit="jours"),
        steps.given("jours du mois", DAYS_OF_A_MONTH, unit="jours"),
        unit="ratio",
    )
    return steps.product("heures du mois incomplet", month, share, unit="hours")


def with_reduced_rates(terms: Terms, gross: Step, presence: Presence, law: Law) -> Terms:
    """Return the terms with 2025's reduced health and family rates when pay is under their thresholds."""
    if terms.day >= RGDU_STARTS_ON or terms.status == STAGIAIRE:
        return terms
    smic = law["paie.smic_horaire"].forecast(terms.day).value * slip_hours(terms, presence, law).value
    health = gross.value <= law["paie.seuil_maladie_reduite_2025"].forecast(terms.day).value * smic
    family = gross.value <= law["paie.seuil_af_reduites_2025"].forecast(terms.day).value * smic
    if (health, family) == (terms.reduced_health, terms.reduced_family):
        return terms
    return replace(terms, reduced_health=health, reduced_family=family)
