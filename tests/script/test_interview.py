"""The guided interview: every kind of production has its questions, and each says why and what it leads to."""

from __future__ import annotations

import pytest

from filage.facts.base import choices
from filage.facts.production import Constraint, Production
from filage.facts.script import Element
from filage.script.interview import COMMON, PLAIN, families, family_of, question, questions_for

FORMS = list(choices(Production, "form"))
KNOWN = {
    "need": set(choices(Element, "category")),
    "risk": set(choices(Element, "risks")),
    "constraint": set(choices(Constraint, "imposed_by")),
}


def test_each_kind_of_production_belongs_to_one_family():
    forms = [form for family in families() for form in family.forms]
    assert sorted(forms) == sorted(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_the_interview_of_each_kind_holds_in_one_meeting(form: str):
    asked = questions_for(form)
    assert 12 <= len(asked) <= 30
    assert len({one.id for one in asked}) == len(asked)
    assert asked[0].id == f"{COMMON}-desir"
    assert asked[-1].id.startswith(COMMON)


@pytest.mark.parametrize("family", families(), ids=lambda family: family.key)
def test_a_family_asks_between_twelve_and_twenty_five_questions_of_its_own(family):
    assert 12 <= len(family.questions) <= 25


@pytest.mark.parametrize("form", FORMS)
def test_each_question_is_a_question_says_why_and_leads_somewhere_known(form: str):
    for one in questions_for(form):
        assert "?" in one.text, one.id
        assert one.why.endswith("."), one.id
        assert one.leads_to, one.id
        for lead in one.leads_to:
            assert lead.value in KNOWN.get(lead.kind, {""}), (one.id, lead)
            assert lead.kind in KNOWN or lead.kind in PLAIN, (one.id, lead)
            assert lead.label


@pytest.mark.parametrize("form", FORMS)
def test_questions_of_one_section_follow_each_other(form: str):
    sections = [one.section for one in questions_for(form)]
    firsts = [name for rank, name in enumerate(sections) if rank == 0 or sections[rank - 1] != name]
    assert len(firsts) == len(set(firsts))


def test_an_answer_finds_its_question_again():
    assert all(question(one.id) == one for form in FORMS for one in questions_for(form))
    assert question("stage-jamais") is None
    assert question("nulle-part") is None
    assert question("") is None


def test_an_answer_proposes_the_category_its_question_names():
    children = question("stage-enfants")
    assert children is not None
    assert children.category == "child"
    assert [lead.label for lead in children.leads_to] == [
        "un besoin : enfant",
        "une précaution : enfant",
        "une date",
    ]


def test_an_unknown_kind_has_no_interview():
    with pytest.raises(KeyError):
        family_of("cabaret-sous-marin")
