"""Where a fact is written: its own form, in the scenario a page is read in, coming back to that page."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from filage_web.scenarios.chosen import PARAMETER, Chosen


def fact_form(
    found: Chosen,
    kind: str,
    ident: str = "",
    *,
    back: str,
    given: Mapping[str, Any] | None = None,
) -> str:
    """Return the address of the form of a fact, or of a new one without an id; `given` fills it in at first."""
    verb = "edit" if ident else "add"
    name = f"scenarios:{verb}_fact" if found.scenario else f"forms:{verb}"
    here = [found.structure.slug, found.production, kind, *([ident] if ident else [])]
    asked = {**(given or {}), "retour": back} | ({PARAMETER: found.ident} if found.scenario else {})
    return f"{reverse(name, args=here)}?{urlencode(asked, doseq=True)}"
