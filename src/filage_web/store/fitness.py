"""What a well-formed fact may still not say here."""

from filage.facts.base import Fact
from filage.facts.employer import Employer
from filage.facts.kinds import PRIVATE
from filage.facts.scenario import Scenario
from filage.kernel.errors import BadInput, Problem
from filage.law import load_law
from filage.review import law_of_structure


def unfit(fact: Fact) -> list[Problem]:
    """List what keeps a fact out: private data in a scenario, rates the law data does not know."""
    if isinstance(fact, Scenario):
        return _scenario(fact)
    if isinstance(fact, Employer):
        return _employer(fact)
    return []


def _scenario(scenario: Scenario) -> list[Problem]:
    problems = [
        Problem("un scénario ne porte pas de données privées", f"{scenario.about}.changes[{index}]")
        for index, change in enumerate(scenario.changes)
        if change.kind in PRIVATE
    ]
    if "\\u0000" in scenario.model_dump_json():
        problems.append(Problem("un texte ne contient pas de caractère nul", f"{scenario.about}.changes"))
    return problems


def _employer(employer: Employer) -> list[Problem]:
    try:
        law_of_structure(employer, load_law())
    except BadInput as error:
        return [
            Problem(one.message, f"{employer.about}.rates", suggestion=one.suggestion)
            for one in error.problems
        ]
    return []
