"""The findings that a change settles, in words: for whom, those of the same sort together."""

from collections.abc import Iterable
from typing import Final

from filage.facts.calendar import Participation
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement
from filage.kernel.finding import Finding
from filage_web.preview.hours import name_of_part
from filage_web.shell.opening import without_name

NAMED: Final = 3
"""People named before the others are counted."""


def person_of(about: str, dossier: Dossier) -> str:
    """The name of the person a finding is about, directly or through what they are hired for or called to."""
    if part := dossier.find(about, Participation):
        return name_of_part(part, dossier)
    engagement = dossier.find(about, Engagement)
    person = dossier.find(engagement.person if engagement else about, Person)
    return person.name() if person else ""


def unnamed(finding: Finding, dossier: Dossier) -> str:
    """The name of the person a finding is about, when its message does not say it."""
    who = person_of(finding.about, dossier)
    return "" if who in finding.message else who


def settled_words(findings: Iterable[Finding], dossier: Dossier) -> list[str]:
    """Say what is settled: « Réglé pour Aline, Marcel et 3 autres : Heures supplémentaires, majoration de 25 %. »."""
    alike: dict[tuple[str, str], list[tuple[Finding, str]]] = {}
    for finding in findings:
        who = person_of(finding.about, dossier)
        sort = without_name(finding.message, who)
        if who and who not in finding.message:  # the figures of each are left out when several are told
            sort = finding.message.partition(" : ")[0]
        told = who if who not in finding.message or sort != finding.message else ""
        alike.setdefault((finding.code, sort), []).append((finding, told))
    return [_told(sort, same) for (_code, sort), same in alike.items()]


def _told(sort: str, same: list[tuple[Finding, str]]) -> str:
    names = list(dict.fromkeys(who for _, who in same if who))
    first = same[0][0].message
    if len(same) == 1:
        return f"Réglé{f' pour {names[0]}' if names and names[0] not in first else ''} : {first}"
    if not names:
        return f"Réglé : {first} ({len(same)} fois)"
    alone = {finding.message for finding, _ in same} == {first}
    return f"Réglé pour {_names(names)} : {first if alone else sort.removesuffix('.') + '.'}"


def _names(names: list[str]) -> str:
    if len(names) <= NAMED:
        *first, last = names
        return f"{', '.join(first)} et {last}" if first else last
    more = len(names) - NAMED + 1
    return f"{', '.join(names[: NAMED - 1])} et {more} autres"
