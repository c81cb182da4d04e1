"""What the pages of the intention show: the interview and its answers, the writings and their passages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from filage.facts.base import label_of
from filage.facts.dossier import Dossier
from filage.facts.intent import Answer, Mark, Writing
from filage.facts.people import Person
from filage.facts.script import Element, Need
from filage.planning.needs import DEPARTMENTS
from filage.script.interview import Lead, Question, questions_for
from filage.script.passages import standing


@dataclass(frozen=True, slots=True)
class Became:
    """What a mark or an answer became: its kind in French, its name, its state, where it is shown."""

    title: str
    label: str
    state: str
    about: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its answer, if there is one."""

    id: str
    text: str
    why: str
    leads: tuple[str, ...]
    doors: tuple[tuple[str, str, str], ...]
    """What its answer may become: word, kind of fact, what its form is opened with."""
    answer: Answer | None
    person: str
    became: tuple[Became, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Questions of one part of the interview."""

    name: str
    questions: tuple[Asked, ...]

    @property
    def answered(self) -> int:
        """How many have their answer."""
        return sum(one.answer is not None for one in self.questions)


@dataclass(frozen=True, slots=True)
class Text:
    """One writing, as the list shows it."""

    id: str
    label: str
    type: str
    on: date | None
    words: int
    marks: int
    lost: int


def sections_of(dossier: Dossier) -> list[Section]:
    """Lay out the interview of the production, its answers beside; questions not of the guide come last."""
    answers = {answer.topic: answer for answer in dossier.all(Answer) if answer.topic}
    became = became_of(dossier)
    guide = questions_for(dossier.production.form)
    grouped: dict[str, list[Asked]] = {}
    for one in guide:
        grouped.setdefault(one.section, []).append(_asked(one, answers.get(one.id), dossier, became))
    known = {one.id for one in guide}
    others = [answer for answer in dossier.all(Answer) if answer.topic not in known]
    if others:
        grouped["Autres questions"] = [_other(answer, dossier, became) for answer in others]
    return [Section(name, tuple(found)) for name, found in grouped.items()]


FEW_WORDS: Final = 8


def _doors(answer: Answer | None, leads: Iterable[Lead], category: str) -> tuple[tuple[str, str, str], ...]:
    """The forms an answer may open, each once: a need and an element always, then what its question leads to."""
    if answer is None:
        return ()
    words = " ".join(answer.text.split()[:FEW_WORDS])
    found = {
        "need": ("Besoin", {"label": words, "source": answer.about, "department": DEPARTMENTS[category]}),
        "element": ("Élément", {"label": words, "category": category}),
    }
    for lead in leads:
        match lead.kind:
            case "constraint":
                found["constraint"] = ("Contrainte", {"imposed_by": lead.value, "text": answer.text[:500]})
            case "place":
                found["venue"] = ("Lieu", {"label": words})
            case "team":
                found["position"] = ("Poste à pourvoir", {"label": words})
            case "right":
                found["right"] = ("Droit à demander", {"label": words})
            case "date":
                found["task"] = ("Tâche ou jalon", {"label": words})
    return tuple((word, kind, urlencode(given)) for kind, (word, given) in found.items())


def _asked(one: Question, answer: Answer | None, dossier: Dossier, became: dict[str, list[Became]]) -> Asked:
    leads = tuple(lead.label for lead in one.leads_to)
    found = tuple(became.get(answer.about, ())) if answer else ()
    doors = _doors(answer, one.leads_to, one.category)
    return Asked(one.id, one.text, one.why, leads, doors, answer, _person(answer, dossier), found)


def _other(answer: Answer, dossier: Dossier, became: dict[str, list[Became]]) -> Asked:
    found = tuple(became.get(answer.about, ()))
    doors = _doors(answer, (), "props")
    return Asked(answer.id, answer.question, "", (), doors, answer, _person(answer, dossier), found)


def _person(answer: Answer | None, dossier: Dossier) -> str:
    person = dossier.find(answer.person, Person) if answer else None
    return person.name() if person else ""


def became_of(dossier: Dossier) -> dict[str, list[Became]]:
    """What each mark and each answer became: `kind/id` of the source → needs and elements."""
    found: dict[str, list[Became]] = {}
    for need in dossier.all(Need):
        if need.source:
            made = Became("Besoin", need.label, label_of(need, "state").lower(), need.about)
            found.setdefault(need.source, []).append(made)
    for mark in dossier.all(Mark):
        if element := dossier.find(mark.element, Element):
            made = Became("Élément", element.label, label_of(element, "category").lower(), element.about)
            found.setdefault(mark.about, []).append(made)
    return found


def texts_of(dossier: Dossier) -> list[Text]:
    """List the writings, latest first, with how many of their passages still stand."""
    found = [_text(writing, marks_in(dossier, writing.about)) for writing in dossier.all(Writing)]
    return sorted(found, key=lambda one: (one.on or date.min, one.label), reverse=True)


def _text(writing: Writing, marks: Iterable[Mark]) -> Text:
    kept, lost = standing(writing.text, marks)
    words = len(writing.text.split())
    return Text(writing.id, writing.label, label_of(writing, "type"), writing.on, words, len(kept), len(lost))


def marks_in(dossier: Dossier, writing: str) -> list[Mark]:
    """List the passages marked in a writing."""
    return [mark for mark in dossier.all(Mark) if mark.writing == writing]


def usual_person(dossier: Dossier) -> str:
    """Who answered most so far: proposed for the next answer."""
    counted = Counter(answer.person for answer in dossier.all(Answer) if answer.person)
    return counted.most_common(1)[0][0] if counted else ""
