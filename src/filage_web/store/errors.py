"""What the store refuses, in words for the person who asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from filage.facts.base import Fact
from filage.kernel.errors import FilageError


class UnknownProduction(Http404):
    """No production of that id in the structure: a page answers 404."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A fact that someone else changed since it was shown: both versions, who, when, in doing what."""

    about: str
    mine: Fact | None
    """What was about to be saved; None when it was to be removed."""
    theirs: Fact | None
    """What is saved now; None when it was removed."""
    who: str
    at: datetime | None
    label: str
    revision: int | None
    """The revision to send with « keep mine » ; None when the fact is gone."""


class Conflict(FilageError):
    """Facts moved since they were shown; nothing was written. `moved` holds both versions of each."""

    def __init__(self, moved: Sequence[Moved]) -> None:
        self.moved = tuple(moved)
        facts = ", ".join(one.about for one in self.moved)
        super().__init__(f"modifié entre-temps par quelqu’un d’autre : {facts} ; rien n’a été enregistré")


@dataclass(frozen=True, slots=True)
class Question:
    """A fact of an imported file that the structure already knows otherwise: one must say which is right."""

    about: str
    mine: Fact
    """What the structure holds."""
    theirs: Fact
    """What the file says."""


class Undecided(FilageError):
    """An import that must ask first; nothing was written. `questions` holds both versions of each fact."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = tuple(questions)
        facts = ", ".join(one.about for one in self.questions)
        super().__init__(f"déjà connu de la structure avec d’autres valeurs : {facts} ; rien n’a été importé")
