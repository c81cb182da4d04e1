"""Where a fact is written from a page: in the production, or in the scenario the page is read in."""

from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest

from filage_web.scenarios.chosen import Chosen
from filage_web.scenarios.fact_forms import fact_form

HERE = "/s/le-fil/p/woyzeck"


def read_in(scenario: str = "") -> Chosen:
    """A page of Woyzeck, of which only the address matters."""
    chosen = SimpleNamespace(
        structure=SimpleNamespace(slug="le-fil"),
        production="woyzeck",
        ident=scenario,
        scenario=scenario or None,
    )
    return cast("Any", chosen)


@pytest.mark.parametrize(
    ("scenario", "ident", "path"),
    [
        ("", "", "fiche/nouvelle/funding/"),
        ("", "drac", "fiche/funding/drac/"),
        ("annecy-perdu", "", "scenarios/dans/funding/nouvelle/"),
        ("annecy-perdu", "drac", "scenarios/dans/funding/drac/"),
    ],
)
def test_a_fact_is_added_or_edited_where_its_page_is_read(scenario: str, ident: str, path: str) -> None:
    address = urlsplit(fact_form(read_in(scenario), "funding", ident, back="/retour/"))

    assert address.path == f"{HERE}/{path}"
    assert parse_qs(address.query) == {"retour": ["/retour/"]} | (
        {"scenario": [scenario]} if scenario else {}
    )


def test_what_is_given_fills_the_form_and_never_replaces_where_one_comes_back_to() -> None:
    address = fact_form(
        read_in(),
        "funding",
        back="/retour/",
        given={"nature": "patronage", "tags": ["a", "b"], "retour": "/x/"},
    )

    assert parse_qs(urlsplit(address).query) == {
        "nature": ["patronage"], "tags": ["a", "b"], "retour": ["/retour/"]
    }  # fmt: skip
