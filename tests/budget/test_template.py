"""A production started from a template: whole, coherent, and without any invented price."""

from datetime import date
from itertools import pairwise

import pytest

from filage.budget.posts import posts_of
from filage.budget.template import template, template_facts, template_phases, template_values
from filage.facts.base import choices
from filage.facts.budget import BudgetLine
from filage.facts.dossier import Dossier
from filage.facts.employer import Employer
from filage.facts.production import Production
from filage.facts.script import Need
from filage.facts.task import Task
from filage.facts.team import Position
from filage.law import load_law
from filage.review import review

START = date(2027, 1, 4)
FORMS = tuple(choices(Production, "form"))


def started(form):
    production = Production(id="neuve", label="Neuve", form=form, **template_values(form, START))
    return Dossier.of_facts([Employer(id="fil", label="Le Fil"), production, *template_facts(form, START)])


@pytest.mark.parametrize("form", FORMS)
def test_a_production_started_from_its_template_is_reviewed_without_an_error(form):
    outcome = review(started(form), load_law(), date(2026, 11, 23))
    assert [finding.message for finding in outcome.findings if finding.severity == "blocking"] == []


@pytest.mark.parametrize("form", FORMS)
def test_no_amount_is_invented(form):
    """Counts are usage; money is still to be priced: every line and every pay is worth nothing yet, and says so."""
    dossier = started(form)
    assert review(dossier, load_law(), date(2026, 11, 23)).budget.expense == 0
    assert {(line.unit_price, line.rate, line.reliability) for line in dossier.all(BudgetLine)} == {
        (None, None, "estimate")
    }
    assert all("à chiffrer" in v.label for v in template(form).variables if v.unit == "EUR")


@pytest.mark.parametrize("form", FORMS)
def test_it_has_all_that_a_trade_starts_with(form):
    dossier = started(form)
    counts = [len(dossier.all(kind)) for kind in (Position, BudgetLine, Need, Task)]
    assert [count > 1 for count in counts] == [True] * 4
    posts = {post.code for post in posts_of(dossier)}
    named = {line.post for line in dossier.all(BudgetLine)} | {
        p.post for p in dossier.all(Position) if p.post
    }
    named |= {code for line in dossier.all(BudgetLine) for code in line.share_of}
    assert named - posts == set()


@pytest.mark.parametrize("form", FORMS)
def test_phases_follow_one_another_from_the_day_given(form):
    phases = template_phases(form, START)
    assert phases[0].starts_on == START
    assert all((b.starts_on - a.ends_on).days == 1 for a, b in pairwise(phases))


def test_once_priced_a_template_adds_up():
    form = "theatre"
    facts = [
        fact.model_copy(update={"value": "200"}) if getattr(fact, "unit", None) == "EUR" else fact
        for fact in started(form)
    ]
    outcome = review(Dossier.of_facts(facts), load_law(), date(2026, 11, 23))
    paid = {row.about for row in outcome.budget.rows if row.amount > 0}
    assert {f"position/{name}" for name in ("interpretes", "regie-generale", "direction")} <= paid
