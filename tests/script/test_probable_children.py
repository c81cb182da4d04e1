"""Who holds a child’s role without a birth date is named; who has one is checked by working time."""

from __future__ import annotations

from datetime import date

from filage.compliance.children import child_findings
from filage.facts.dossier import Dossier
from filage.facts.reading import fact_of_values
from filage.kernel.changes import Change, add
from filage.script.probable_children import ProbableChild, probable_children

LISON = ProbableChild("element/zoe", "Zoé", "person/lison", "Lison Petit", "engagement/lison")


def film(*more: Change, risks: tuple[str, ...] = ("child",)) -> Dossier:
    changes = [
        add("production/film", label="Film", form="fiction"),
        add("element/zoe", label="Zoé", risks=list(risks)),
        add("position/zoe", label="Zoé", roles=["element/zoe"]),
        add("person/lison", given_name="Lison", family_name="Petit"),
        add("engagement/lison", position="position/zoe", person="person/lison", starts_on="2026-12-01",
            ends_on="2026-12-02", unit="cachet", unit_pay="120"),
        *more,
    ]  # fmt: skip
    return Dossier.of_facts(fact_of_values(one.kind, {"id": one.id, **one.values}) for one in changes)


def test_a_childs_role_held_by_somebody_without_a_birth_date_is_said() -> None:
    assert probable_children(film()) == (LISON,)
    (finding,) = child_findings(film())
    assert (finding.code, finding.about) == ("worktime.probable_child", "person/lison")
    assert "ses horaires ne sont pas contrôlés" in finding.message


def test_a_birth_date_known_here_or_elsewhere_ends_it() -> None:
    private = add("person_private/lison", person="person/lison", born_on="2017-03-02")
    assert probable_children(film(private)) == ()
    assert probable_children(film(), [("person/lison", date(2017, 3, 2))]) == ()


def test_an_adult_role_is_not_asked() -> None:
    assert child_findings(film(risks=())) == []
