"""Risks of the scenes planned: what each asks for, by when, and what settles it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from filage.compliance.risk_data import CONDITIONS, risks
from filage.compliance.risks import preparations_asked, risk_findings
from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier
from filage.facts.reading import dossier_of_tree
from filage.facts.script import Element
from filage.kernel.changes import add, set_
from filage.kernel.text import fold
from filage.script.risks import OF_CATEGORY, risk_labels

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "risks" / "cases.yaml").read_text("utf-8"))
FOLDER = Path(__file__).parents[2] / "src" / "filage" / "data" / "risks"
DAY = "2026-11-20"


def dossier(
    *,
    risk: str = "fire",
    label: str = "des bougies",
    form: str = "theatre",
    kind: str = "performance",
    day: str = DAY,
    category: str = "props",
) -> Dossier:
    tree = {
        "schema": "filage/1",
        "employer": {"id": "fil", "label": "Le Fil", "idcc": "1285"},
        "production": {"id": "essai", "label": "Essai", "form": form},
        "elements": [
            {"id": "chose", "label": label, "category": category, "risks": [risk] if risk else []},
            {"id": "zoe", "label": "Zoé"},
        ],
        "scenes": [{"id": "1", "label": "La cuisine", "elements": ["element/chose", "element/zoe"]}],
        "events": [{"id": "j1", "type": kind, "day": day, "scenes": ["scene/1"]}],
    }
    return dossier_of_tree(tree)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['risk']}-{case['form']}-{case['today']}")
def test_each_risk_asks_for_its_preparations(case) -> None:
    found = dossier(
        risk=case["risk"], label=case.get("label", "la chose"), form=case["form"], kind=case["type"]
    )
    asked = list(preparations_asked(found, case["today"]))
    assert [one.preparation.id for one in asked] == case["asked"]
    assert [one.preparation.id for one in asked if one.is_late(case["today"])] == case["late"]


def test_every_risk_has_its_file_and_its_case() -> None:
    assert set(risks()) == set(risk_labels())
    assert {case["risk"] for case in CASES} == set(risk_labels())


def test_the_files_are_well_kept() -> None:
    every = [one for risk in risks().values() for one in risk.preparations]
    assert len({one.id for one in every}) == len(every)
    for one in every:
        assert set(one.when) <= set(CONDITIONS)
        assert one.words, one.id
        assert one.days >= one.latest > 0
        assert one.source.confidence in ("confirmed", "one_source", "uncertain")
        assert one.source.title
        assert one.basis
        assert fold(one.label) != fold(one.ask)
        # whoever adds the need the remedy proposes is recognised even under another id
        assert any(word in fold(one.label.replace("’", "'")) for word in one.words), one.id


def test_a_file_says_nothing_that_is_not_read() -> None:
    required = {
        "id",
        "label",
        "detail",
        "ask",
        "department",
        "days",
        "obligation",
        "when",
        "words",
        "basis",
        "source",
    }
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        assert (data["id"], set(data)) == (
            path.stem,
            {"id", "checked_on", "rehearsed", "present", "preparations"},
        )
        for row in data["preparations"]:
            assert required | {"confidence"} <= set(row) <= required | {"confidence", "url", "latest", "held"}


def test_says_what_is_missing_with_whom_and_by_when() -> None:
    findings, deadlines = risk_findings(dossier(), date(2026, 10, 10))
    (finding,) = findings
    assert (finding.code, finding.severity, finding.about) == ("risk.late", "warning", "element/chose")
    assert finding.message == (
        "« des bougies » (feu ou flamme), prévu le ven. 20 nov. 2026 : "
        "accord écrit du lieu pour la flamme ou l’artifice (à demander depuis le mar. 6 oct. : exploitant du lieu) ; "
        "examen de la commission de sécurité (artifices ou flammes devant un public) "
        "(à demander depuis le mar. 6 oct. : mairie, par l’exploitant du lieu, à vérifier) ; "
        "surveillance incendie et extincteurs prévus à chaque passage "
        "(à demander avant le ven. 6 nov. : lieu, ou prestataire de sécurité incendie, à vérifier). "
        "Présence à prévoir : quelqu’un chargé de l’incendie, extincteur en main (SSIAP ou pompier si le lieu le "
        "demande) ; artificier certifié (C4-T2) pour un article T2 ou F4."
    )
    assert finding.source is not None
    assert finding.source.title.startswith("Règlement de sécurité contre l’incendie")
    assert [(one.on, one.about, one.area) for one in deadlines] == [
        (date(2026, 11, 6), "element/chose", "besoins")
    ]


def test_the_remedy_adds_a_need_which_settles_it_once_in_place() -> None:
    found, today = dossier(), date(2026, 10, 10)
    (finding,), _ = risk_findings(found, today)
    after = apply_changes(found, [change for one in finding.remedies for change in one.changes])
    (still,), deadlines = risk_findings(after, today)
    assert (still.code, still.remedies, deadlines) == ("risk.late", (), [])
    assert "(à trouver)" in still.message
    needs = [change.about for one in finding.remedies for change in one.changes]
    done = apply_changes(after, [set_(about, state="done") for about in needs])
    assert risk_findings(done, today) == ([], [])


def test_what_is_booked_is_on_its_way_and_no_longer_late() -> None:
    found, today = dossier(), date(2026, 10, 10)
    (finding,), _ = risk_findings(found, today)
    changes = [change for one in finding.remedies for change in one.changes]
    after = apply_changes(found, [*changes, *(set_(change.about, state="booked") for change in changes)])
    (still,), _ = risk_findings(after, today)
    assert (still.code, still.severity) == ("risk.to_prepare", "info")


def test_a_need_written_in_other_words_is_recognised() -> None:
    need = add("need/pompier", label="Deux extincteurs et un SSIAP", element="element/chose", state="done")
    found = apply_changes(dossier(), [need])
    assert [
        one.preparation.id for one in preparations_asked(found, date(2026, 10, 1)) if not one.is_done
    ] == [
        "feu-lieu",
        "feu-commission",
    ]


def test_one_need_stands_for_one_preparation_only() -> None:
    need = add(
        "need/l", label="Accord écrit du lieu, commission comprise", element="element/chose", state="done"
    )
    found = apply_changes(dossier(), [need])
    assert sum(one.is_done for one in preparations_asked(found, date(2026, 10, 1))) == 1


@pytest.mark.parametrize(("category", "risk"), OF_CATEGORY.items())
def test_the_category_is_enough(category, risk) -> None:
    found = dossier(risk="", category=category, form="fiction", kind="shoot")
    assert {one.risk for one in preparations_asked(found, date(2026, 10, 1))} == {risk}


def test_the_authorisation_of_who_plays_settles_the_authorisation_asked_for_a_child() -> None:
    found = apply_changes(
        dossier(risk="child", form="short_film", kind="shoot"),
        [
            add("person/tom", given_name="Tom", family_name="Valmy"),
            add("position/zoe", label="Zoé", roles=["element/zoe"]),
            add(
                "engagement/tom",
                position="position/zoe",
                person="person/tom",
                starts_on=DAY,
                ends_on=DAY,
                unit="day",
                unit_pay="100",
                authorised=["MIN-ENF-AUTORISATION"],
            ),
        ],
    )
    assert [one.preparation.id for one in preparations_asked(found, date(2026, 10, 1))] == [
        "enfant-responsable",
        "enfant-accueil",
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (set_("event/j1", option="cancelled"), "cancelled"),
        (set_("event/j1", day="2026-10-09"), "past"),
        (set_("event/j1", scenes=[], type="shoot"), "no scene"),
        (set_("scene/1", elements=[]), "no element"),
    ],
)
def test_nothing_is_asked_of_what_is_not_planned(change, why) -> None:
    assert risk_findings(apply_changes(dossier(), [change]), date(2026, 10, 10)) == ([], []), why


def test_the_day_itself_is_still_to_come() -> None:
    findings, deadlines = risk_findings(dossier(), date(2026, 11, 20))
    assert ([one.code for one in findings], deadlines) == (["risk.late"], [])
    assert risk_findings(dossier(), date(2026, 11, 21)) == ([], [])


def test_a_performance_that_names_no_scene_plays_them_all() -> None:
    found = apply_changes(dossier(), [set_("event/j1", scenes=[])])
    assert {one.element for one in preparations_asked(found, date(2026, 10, 10))} == {
        found.find("element/chose", Element)
    }
