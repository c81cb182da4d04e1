"""Variables that lines brought from elsewhere use and that a budget does not have: asked for, never guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from filage.facts.budget import BudgetLine, ModelLine, Variable
from filage.kernel.changes import Change, add
from filage.kernel.expression import ExpressionError, names_in
from filage_web.forms import french_input
from filage_web.forms.identifiers import new_id
from filage_web.scenarios.chosen import Chosen


@dataclass(frozen=True, slots=True)
class Asked:
    """A variable to give: its name, what is proposed or typed, what is wrong, the change once it is right."""

    name: str
    value: str
    problem: str = ""
    change: Change | None = None


def missing_names(lines: Iterable[BudgetLine | ModelLine], found: Chosen) -> list[str]:
    """The names that lines use and that the budget does not know, in order."""
    known = found.opened.outcome.variables.keys() | {one.name_text for one in found.dossier.all(Variable)}
    wanted: dict[str, None] = {}
    for line in lines:
        for text in (line.quantity, line.unit_price or "0"):
            try:
                wanted |= dict.fromkeys(sorted(names_in(text)))
            except ExpressionError:
                continue  # shown in its cell once the line is there
    return [name for name in wanted if name not in known]


def asked_variables(
    names: Iterable[str], given: Mapping[str, str], elsewhere: Mapping[str, Variable]
) -> list[Asked]:
    """Read the value of each; `elsewhere` proposes that of the production it comes from."""
    taken: set[str] = set()
    return [_asked(name, given, elsewhere.get(name), taken) for name in names]


def _asked(name: str, given: Mapping[str, str], known: Variable | None, taken: set[str]) -> Asked:
    typed = given.get(f"variable-{name}")
    if typed is None or not typed.strip():
        proposed = french_input.shown("expression", known.value) if known and typed is None else ""
        return Asked(name, proposed, "" if typed is None else "Donnez sa valeur.")
    try:
        value = french_input.number(typed.strip())
    except ValueError as error:
        return Asked(name, typed, str(error))
    values = {"name_text": name, "value": value}
    values |= {key: text for key in ("label", "unit") if known and (text := getattr(known, key))}
    ident = new_id(Variable.kind, values, taken)
    taken.add(ident)
    return Asked(name, typed, "", add(f"{Variable.kind}/{ident}", **values))
