"""The rules of working time, row by row: what each says, what becomes of it, what it lacks to be checked here."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from filage.kernel.text import fold
from filage.review import Outcome
from filage.worktime.coverage import CLASS_LABELS, Covered, coverage
from filage.worktime.premium_rules import premiums

OURS, EVERYTHING, CODE = "ici", "tous", "code"
LIMIT, PREMIUM, FORMALITY, INFORMATION = CLASS_LABELS
STATUS: Final = {LIMIT: "calc", PREMIUM: "calc", FORMALITY: "hand", INFORMATION: ""}
LABELS: Final = {
    "1285": "Entreprises artistiques et culturelles (1285)",
    "3090": "Spectacle vivant privé (3090)",
    "2642": "Production audiovisuelle (2642)",
    "3097": "Production cinématographique (3097)",
    "2121": "Édition phonographique (2121)",
}
"""The conventions Filage knows something of, by IDCC."""
_FIELD: Final = re.compile(r" \([a-z]+_?[a-z]+\)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the texts, and what it gives in this production."""

    row: Covered
    says: str
    breaches: int
    not_checked: str
    """What it lacked to be checked here; empty when it lacked nothing."""
    applies: bool
    """Whether the structure's convention, or the labour code, makes it bind here."""

    @property
    def needs(self) -> tuple[str, ...]:
        """What must be known besides the hours, without the names of files."""
        return tuple(_FIELD.sub("", need) for need in self.row.needs)

    @property
    def is_doubtful(self) -> bool:
        """Whether the text must be read again."""
        return self.row.source.confidence == "uncertain"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a class there are, among all."""

    kind: str
    label: str
    number: int


def rules_of(outcome: Outcome) -> list[Rule]:
    """Gather every row, with what this production's calendar gives."""
    broken = Counter(finding.source.id for finding in outcome.findings if finding.source)
    lacking: dict[str, str] = {}
    for item in outcome.not_checked:
        known = lacking.get(item.rule)
        lacking[item.rule] = f"{known} ; {item.needs}" if known and item.needs not in known else item.needs
    idcc = outcome.dossier.employer.idcc
    paid = {premium.id: premium.label for premium in premiums()}
    return [_rule(row, broken, lacking, idcc, paid) for row in coverage()]


def _rule(
    row: Covered,
    broken: Mapping[str, int],
    lacking: Mapping[str, str],
    idcc: str | None,
    paid: Mapping[str, str],
) -> Rule:
    measured = [f"{what} {limit}" for what, limit in zip(row.measures, row.limits, strict=False)]
    return Rule(
        row=row,
        says=" ; ".join(measured) or paid.get(row.id, "") or row.note,
        breaches=broken.get(row.source.id, 0),
        not_checked=lacking.get(row.id, ""),
        applies=row.idcc is None or row.idcc == idcc,
    )


def kept(rules: Iterable[Rule], *, text: str, kind: str, words: str) -> list[Rule]:
    """Keep the rules of a text, of a class, that speak of some words."""
    wanted = fold(words).split()
    return [
        rule
        for rule in rules
        if _of_text(rule, text)
        and (not kind or rule.row.kind == kind)
        and all(word in _words(rule) for word in wanted)
    ]


def _of_text(rule: Rule, text: str) -> bool:
    if text == EVERYTHING:
        return True
    if text == CODE:
        return rule.row.idcc is None
    return rule.applies if text == OURS else rule.row.idcc == text


def _words(rule: Rule) -> str:
    row = rule.row
    said = (row.id, row.table, row.people, row.condition, row.legal_basis, row.note, rule.says, *row.needs)
    return fold(" ".join(said))


def by_table(rules: Iterable[Rule]) -> list[tuple[str, list[Rule]]]:
    """Gather rules under the title of their text."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.row.table, []).append(rule)
    return list(groups.items())


def tallies(rules: Iterable[Rule]) -> list[Tally]:
    """Count the rows of each class."""
    counts = Counter(rule.row.kind for rule in rules)
    return [Tally(kind, label, counts[kind]) for kind, label in CLASS_LABELS.items()]


def texts_of(idcc: str | None) -> list[tuple[str, str]]:
    """List the texts one may ask for, the structure's first."""
    ours = [(OURS, "Ceux d’ici")] if idcc in LABELS else []
    tables = {row.idcc for row in coverage() if row.idcc}
    conventions = [(key, LABELS[key]) for key in LABELS if key in tables]
    return [*ours, (EVERYTHING, "Tous"), (CODE, "Code du travail"), *conventions]
