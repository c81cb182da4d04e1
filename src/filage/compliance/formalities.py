"""Formalities that cost: each obligation, permit, insurance, right or translation proposes the line that prices it.

Nothing is added by itself: a line is proposed, accepted with its source or set aside. A price nobody published is
absent, and the line says that it must be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from filage.budget.posts import posts_of
from filage.compliance.languages import language_findings
from filage.compliance.licences import LIVE_FORMS
from filage.compliance.risks import preparations_asked
from filage.facts.budget import BudgetLine
from filage.facts.calendar import Event
from filage.facts.funding import Funding
from filage.facts.script import Need
from filage.facts.team import Engagement, Position
from filage.facts.venue import Scouting, Venue
from filage.kernel.changes import add, set_
from filage.kernel.step import Source
from filage.kernel.text import fold, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filage.facts.dossier import Dossier
    from filage.kernel.changes import Change

FILMED = frozenset({"fiction", "short_film", "documentary", "captation", "tv_show", "music_video"})
_LONGEST_ID = 64
LANGUAGE_POSTS = ("production et communication", "artistique", "divers")


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A budget line that a formality proposes: euros, `unit_price` absent when it must be asked.

    `rule` says which formality, and for what; `about` is the fact that calls for it.
    """

    rule: str
    label: str
    why: str
    about: str
    quantity: str
    unit: str
    unit_price: Decimal | None
    account: str
    post: str
    phase: str
    source: Source

    @property
    def confidence(self) -> str:
        """How sure the price is: a price to ask is uncertain."""
        return "uncertain" if self.unit_price is None else self.source.confidence

    def change(self) -> Change:
        """The line added to the budget, its source in its note; an estimate until a quote replaces it."""
        price = {} if self.unit_price is None else {"unit_price": f"{self.unit_price:f}"}
        ident = "demarche-" + self.rule.replace("/", "-").replace("_", "-")
        asked = "Prix à demander" if self.unit_price is None else "Prix à vérifier"
        return add(
            f"budget_line/{ident[:_LONGEST_ID].rstrip('-')}", label=self.label, phase=self.phase, post=self.post,
            account=self.account, quantity=self.quantity, unit=self.unit, reliability="estimate",
            proposed_by=self.rule, note=f"{self.why} {asked} : {self.source.title}.", **price,
        )  # fmt: skip


def proposed_lines(dossier: Dossier, today: date) -> tuple[ProposedLine, ...]:
    """Return the lines that the formalities of a dossier propose, those accepted, priced or set aside left out."""
    done = {line.proposed_by for line in dossier.all(BudgetLine)} | set(dossier.production.formalities_aside)
    labels = [fold(line.label) for line in dossier.all(BudgetLine)]
    found: dict[str, ProposedLine] = {}
    for line, covered in _all(dossier, today):
        if line.rule not in done and not any(word in label for word in covered for label in labels):
            found.setdefault(line.rule, line)
    return tuple(found.values())


def set_aside(dossier: Dossier, rule: str) -> Change:
    """The change that stops proposing the line of a formality."""
    kept = dict.fromkeys([*dossier.production.formalities_aside, rule])
    return set_(dossier.production.about, formalities_aside=list(kept))


def _all(dossier: Dossier, today: date) -> Iterator[tuple[ProposedLine, tuple[str, ...]]]:
    """Every line proposed, with the words that mean that the budget already holds it."""
    yield from _of_the_production(dossier)
    yield from _of_the_risks(dossier, today)
    yield from _of_the_languages(dossier, today)
    yield from _of_the_scoutings(dossier)


def _of_the_production(dossier: Dossier) -> Iterator[tuple[ProposedLine, tuple[str, ...]]]:
    for row in _data()["formalities"]:
        if all(SITUATIONS[name](dossier) for name in row["when"]):
            source = _source(row["id"], f"{row['source']} ({row['basis']})", row["confidence"])
            yield _line(row, dossier, row["id"], row["why"], dossier.production.about, source), _covered(row)


def _of_the_risks(dossier: Dossier, today: date) -> Iterator[tuple[ProposedLine, tuple[str, ...]]]:
    """What the risks of the scenes ask for and that is bought, once an element."""
    rows = {row["id"]: row for row in _data()["preparations"]}
    for asked in preparations_asked(dossier, today):
        row = rows.get(asked.preparation.id)
        if row is None:
            continue
        price = asked.need.estimate if asked.need else None
        rule = f"{row['id']}/{asked.element.id}"
        name, asks = asked.element.label, asked.preparation.label
        why = sentence(f"{name[:1].upper()}{name[1:]} : {asks[:1].lower()}{asks[1:]}")
        source = _source(
            row["id"], f"devis ; {asked.preparation.source.title}", asked.preparation.source.confidence
        )
        label = f"{row['label']} ({asked.element.label})"
        line = _line(row | {"label": label}, dossier, rule, why, asked.element.about, source, price=price)
        yield line, _covered(row)


def _of_the_languages(dossier: Dossier, today: date) -> Iterator[tuple[ProposedLine, tuple[str, ...]]]:
    """Interpreters, surtitles and translations: those called for, and the needs made of them, at their estimate."""
    row = {"id": "langue", "unit": "forfait", "account": "6226", "posts": LANGUAGE_POSTS}  # fmt: skip
    for finding in language_findings(dossier, today):
        for change in (change for remedy in finding.remedies for change in remedy.changes):
            source = finding.source or _source("langue", "devis", "uncertain")
            yield _language(row, dossier, change.id, change.values, finding.about, source), ()
    for need in dossier.all(Need):
        if need.id.startswith("langue-") and need.line is None:
            values = {"label": need.label, "estimate": need.estimate, "note": need.note}
            source = _source("langue", "estimation du besoin", "uncertain")
            yield _language(row, dossier, need.id, values, need.about, source), ()


def _language(
    row: dict[str, Any],
    dossier: Dossier,
    rule: str,
    values: Mapping[str, Any],
    about: str,
    source: Source,
) -> ProposedLine:
    price = values.get("estimate")
    why = f"{values['label']} : une langue n’est pas comprise de tous."
    line = row | {"label": values["label"]}
    return _line(line, dossier, rule, why, about, source, price=None if price is None else Decimal(price))


def _of_the_scoutings(dossier: Dossier) -> Iterator[tuple[ProposedLine, tuple[str, ...]]]:
    """Places kept or in reserve whose authorisation is not yet given, at the price heard there."""
    for place in dossier.all(Scouting):
        if place.line or place.rank != "first" or place.authorisation in ("none", "refused"):
            continue
        venue = dossier.find(place.venue, Venue)
        name = venue.label if venue else place.set
        row = {"id": "lieu", "label": f"Autorisation et location : {name}", "unit": "jours", "account": "6132",
               "posts": ["decor", "lieu", "regie"]}  # fmt: skip
        source = _source("lieu", "ce que le gestionnaire du lieu a dit au repérage", "uncertain")
        why = f"{place.set} se joue à {name} : l’autorisation se demande au gestionnaire."
        yield (
            _line(row, dossier, f"lieu/{place.id}", why, place.about, source, price=place.cost),
            (fold(name),),
        )


def _line(
    row: Mapping[str, Any],
    dossier: Dossier,
    rule: str,
    why: str,
    about: str,
    source: Source,
    *,
    price: Decimal | None = None,
) -> ProposedLine:
    phase = row.get("phase", "production")
    return ProposedLine(
        rule=rule, label=row["label"], why=why, about=about, quantity=row.get("quantity", "1"), unit=row["unit"],
        unit_price=price, account=row["account"], post=_post(dossier, row["posts"], phase), phase=phase, source=source,
    )  # fmt: skip


def _post(dossier: Dossier, words: Iterable[str], phase: str) -> str:
    """The first chapter whose name holds one of the words, of that phase if there is one, else the last of them."""
    posts = posts_of(dossier)
    own = [post for post in posts if post.phase == phase] or list(posts)
    for word in words:
        for post in own:
            if word in fold(post.label):
                return post.code
    return own[-1].code


def _covered(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(fold(word) for word in row.get("covered", ()))


def _source(ident: str, title: str, confidence: str) -> Source:
    checked = date.fromisoformat(_data()["checked_on"])
    return Source(f"formalities.{ident}", title, "", checked, confidence)


@cache
def _data() -> dict[str, Any]:
    text = files("filage.data").joinpath("formalities.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


# --- situations ---------------------------------------------------------------------------------------------


def _played(dossier: Dossier) -> bool:
    return any(e.type == "performance" and e.option != "cancelled" for e in dossier.all(Event))


def _places(dossier: Dossier) -> Iterator[Venue]:
    """The venues of the events that are not cancelled."""
    named = {event.venue for event in dossier.all(Event) if event.option != "cancelled"}
    return (venue for venue in dossier.all(Venue) if venue.about in named)


def _aided_by_cnc(dossier: Dossier) -> bool:
    return dossier.production.form in FILMED and any(
        "cnc" in fold(f"{one.label} {one.scheme or ''} {one.catalogue or ''}")
        for one in dossier.all(Funding)
        if one.state != "refused"
    )


SITUATIONS: Mapping[str, Callable[[Dossier], bool]] = {
    "works": lambda dossier: bool(dossier.all(Engagement) or dossier.all(Position)),
    "filmed": lambda dossier: dossier.production.form in FILMED,
    "played": _played,
    "stage": lambda dossier: dossier.production.form in LIVE_FORMS - {"concert", "festival"},
    "music": lambda dossier: dossier.production.form in {"concert", "festival", "opera"},
    "public_event": lambda dossier: dossier.production.form in {"festival", "event"},
    "circus": lambda dossier: dossier.production.form == "circus",
    "outdoors": lambda dossier: any(venue.outdoors for venue in _places(dossier)),
    "abroad": lambda dossier: any(fold(v.country) not in ("fr", "france") for v in _places(dossier)),
    "cnc": _aided_by_cnc,
}
"""The situations the data may name, all of which must hold."""
