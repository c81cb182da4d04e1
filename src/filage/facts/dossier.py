"""A dossier: everything a production knows, as frozen facts indexed by kind and id."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from filage.facts.base import Fact, references
from filage.facts.employer import Employer
from filage.facts.kinds import BY_KIND, PRIVATE, RANK
from filage.facts.production import Production
from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import closest

SCHEMA = "filage/1"
SomeFact = TypeVar("SomeFact", bound=Fact)


@dataclass(frozen=True, eq=False)
class Dossier:
    """Facts by kind, then by id. Two dossiers are equal when their validated facts are, whatever their order."""

    by_kind: Mapping[str, Mapping[str, Fact]]

    @classmethod
    def of_facts(cls, facts: Iterable[Fact]) -> Dossier:
        """Index facts; BadInput names each id given twice for one kind."""
        by_kind: dict[str, dict[str, Fact]] = {}
        twice: list[Problem] = []
        for fact in facts:
            kept = by_kind.setdefault(fact.kind, {})
            if fact.id in kept:
                twice.append(Problem(f"{fact.about} est donné deux fois", path=fact.about))
            kept[fact.id] = fact
        if twice:
            raise BadInput(twice)
        return cls(by_kind)

    def __eq__(self, other: object) -> bool:
        """Compare validated facts."""
        if not isinstance(other, Dossier):
            return NotImplemented
        return {fact.about: fact for fact in self} == {fact.about: fact for fact in other}

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[Fact]:
        """Yield every fact in canonical order: kinds as in a file, then ids as given."""
        for kind in sorted(self.by_kind, key=RANK.__getitem__):
            yield from self.by_kind[kind].values()

    def __len__(self) -> int:
        """Count the facts."""
        return sum(len(facts) for facts in self.by_kind.values())

    def all(self, model: type[SomeFact]) -> tuple[SomeFact, ...]:
        """Return the facts of one kind, in the order given."""
        return cast("tuple[SomeFact, ...]", tuple(self.by_kind.get(model.kind, {}).values()))

    def find(self, about: str | None, model: type[SomeFact]) -> SomeFact | None:
        """Return the fact a reference names, or None when it is absent or of another kind."""
        kind, _, ident = (about or "").partition("/")
        if kind != model.kind:
            return None
        return cast("SomeFact | None", self.by_kind.get(kind, {}).get(ident))

    def get(self, about: str) -> Fact | None:
        """Return the fact `kind/id`, whatever its kind, or None."""
        kind, _, ident = about.partition("/")
        return self.by_kind.get(kind, {}).get(ident)

    @cached_property
    def production(self) -> Production:
        """The production; BadInput when the dossier has none."""
        return self._only(Production)

    @cached_property
    def employer(self) -> Employer:
        """The structure; BadInput when the dossier has none."""
        return self._only(Employer)

    def _only(self, model: type[SomeFact]) -> SomeFact:
        found = self.all(model)
        if len(found) != 1:
            message = f"le dossier a {len(found)} fait « {model.collection} » : il en faut un"
            raise BadInput(Problem(message, path=model.collection))
        return found[0]

    def without_private(self) -> Dossier:
        """The same dossier without the kinds only payroll may see."""
        return Dossier({kind: facts for kind, facts in self.by_kind.items() if kind not in PRIVATE})

    def with_facts(self, facts: Iterable[Fact]) -> Dossier:
        """The same dossier with these facts added or replaced."""
        by_kind = dict(self.by_kind)
        for fact in facts:
            by_kind[fact.kind] = {**by_kind.get(fact.kind, {}), fact.id: fact}
        return Dossier(by_kind)

    def dangling(self, elsewhere: Container[str] = ()) -> list[Problem]:
        """Return a problem for each reference to a fact that is not there, with the nearest id.

        `elsewhere` holds references known to exist although their facts are not here (refused for another reason).
        """
        problems = []
        for fact in self:
            for path, target in references(fact):
                kind, _, ident = target.partition("/")
                known = self.by_kind.get(kind, {})
                if ident not in known and target not in elsewhere:
                    near = closest(ident, known)
                    hint = (
                        f"vouliez-vous {kind}/{near} ?"
                        if near
                        else f"ajoutez ce fait dans {BY_KIND[kind].collection}"
                    )
                    problems.append(
                        Problem(f"{target} n’existe pas", path=f"{fact.about}.{path}", suggestion=hint)
                    )
        return problems
