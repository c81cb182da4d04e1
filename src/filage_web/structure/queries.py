"""The legal values a production rests on, those the structure must give, and those it gave."""

from dataclasses import dataclass
from datetime import date

from filage.facts.employer import Employer, OwnRate
from filage.kernel import french
from filage.kernel.errors import UnknownParameter
from filage.kernel.step import Source
from filage.law import Law, Parameter, load_law
from filage.review import Outcome, law_of_structure


@dataclass(frozen=True, slots=True)
class OwnValue:
    """One of the structure's own values, with what the law says otherwise."""

    rate: OwnRate
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Used:
    """A legal value the figures rest on: its source, its day of check, how sure it is."""

    label: str
    part: str
    value: str
    source: Source
    own: bool

    @property
    def is_doubtful(self) -> bool:
        """Whether it must be checked."""
        return self.source.confidence == "uncertain"


def own_values(employer: Employer) -> list[OwnValue]:
    """List the structure's own values under their French names."""
    law = load_law()
    return [OwnValue(rate, *_named(law, rate)) for rate in employer.rates]


def _named(law: Law, rate: OwnRate) -> tuple[str, str]:
    try:
        parameter = law[rate.parameter]
    except UnknownParameter:
        return rate.parameter, french.number(rate.value)
    return parameter.label, french.quantity(rate.value, parameter.unit)


def asked(outcome: Outcome) -> list[Parameter]:
    """List the values that only the structure knows and that some engagement needs."""
    law = load_law()
    names = dict.fromkeys(name for cost in outcome.costs for name in cost.missing if name in law)
    return [law[name] for name in names]


def used_values(outcome: Outcome) -> list[Used]:
    """List the legal values used, doubtful ones first."""
    law = law_of_structure(outcome.dossier.employer, load_law())
    found = [
        _used(law, source) for ident, source in outcome.sources().items() if ident.partition("@")[0] in law
    ]
    return sorted(found, key=lambda used: (not used.is_doubtful, used.label, used.part))


def _used(law: Law, source: Source) -> Used:
    parameter = law[source.id.partition("@")[0]]
    held = next((one.value for one in parameter.values if one.source.id == source.id), None)
    value = french.quantity(held, parameter.unit) if held is not None else ""
    return Used(parameter.label, parameter.part, value, source, source.title.startswith("Structure : "))


def oldest_check(used: list[Used]) -> date | None:
    """Give the day of the oldest check among the values used."""
    return min((one.source.checked_on for one in used if one.source.checked_on), default=None)
