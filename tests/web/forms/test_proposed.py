"""The posts of the budget, proposed where one writes a post's code."""

from filage_web.forms import Choices, FactForm
from support.dossiers import small


def form(cast, post):
    data = {"label": "Bar", "post": post, "phase": "exploitation", "quantity": "1", "unit_price": "12"}
    fields = tuple(data)
    return FactForm("budget_line", data, choices=Choices(cast.structure, small()), only=fields)


def test_a_post_is_proposed_by_its_code_and_name(cast):
    assert "70 · Plateau" in str(form(cast, "")["post"])


def test_a_post_is_read_by_its_name_its_code_or_as_a_new_one(cast):
    for typed, written in (("70 · plateau", "70"), ("80", "80"), ("95", "95")):
        made = form(cast, typed)
        assert made.is_valid(), made.errors
        assert made.values["post"] == written
