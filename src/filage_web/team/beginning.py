"""What a new engagement begins with: the role it is for, its job, the days it is wanted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from filage.facts.dossier import Dossier
from filage.facts.script import Element
from filage.facts.team import Engagement, Position
from filage.script.casting import position_of, position_values
from filage.script.played import PLAYERS
from filage_web.team.pay import usual_terms


def first_values(dossier: Dossier, asked: Mapping[str, str], today: date) -> dict[str, Any]:
    """Give the first values of the form: what the address asks for, over the usual terms.

    An address that names a role (`role=element/…`) opens on the position that holds it, else on a new one.
    """
    role = dossier.find(asked.get("role"), Element)
    if role and role.category not in PLAYERS:
        role = None
    position = dossier.find(asked.get("position"), Position)
    if role and position is None:
        position = position_of(dossier, role.about)
    roles = position.roles if position else (role.about,) if role else ()
    given: dict[str, Any] = {**usual_terms(dossier, today, roles), "unit": "cachet"}
    if position:
        given["position"] = position.about
    if role:
        given["role"] = role.about
        if position is None:
            told = position_values(role.label, role.about, dossier.production.form, category=role.category)
            given |= {"new_position": told["label"], "new_status": told["status"]}
    return given | {name: value for name, value in asked.items() if name in Engagement.model_fields}
