"""The production file rendered to PDF: figures are written in French here, pages are set by Typst."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filage.documents.months import months_of
from filage.documents.typst import pdf_bytes
from filage.kernel import french
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from filage.kernel.finding import Finding
    from filage.planning.teams import Team
    from filage.review.production_file import Entry, Figures, Funds, PriceTable, ProductionFile, Stretch

TEMPLATE = "production_file.typ"
SEVERITIES = {"blocking": "non conforme", "warning": "à regarder", "info": "pour information"}
CONFIDENCE = {"confirmed": "texte lu", "one_source": "source secondaire", "uncertain": "à vérifier"}
NOTHING, FOOT = "–", 40


def production_pdf(file: ProductionFile, version: str) -> bytes:
    """Render the production file; the same file gives the same bytes."""
    return pdf_bytes(TEMPLATE, _data(file, version), file.on)


def _data(file: ProductionFile, version: str) -> dict[str, Any]:
    return {
        "title": file.title,
        "foot": file.title if len(file.title) <= FOOT else f"{file.title[:FOOT]}…",
        "subtitle": file.subtitle,
        "kind": " · ".join(part for part in (file.form, file.season) if part),
        "director": f"{file.directs} {file.director}" if file.director else "",
        "company": file.company,
        "place": " · ".join(part for part in (file.company, file.city) if part),
        "licences": list(file.licences),
        "on": french.day(file.on),
        "version": version,
        "scenario": file.scenario,
        "concept": _paragraphs(file.concept),
        "specification": _paragraphs(file.specification),
        "credits": _paragraphs(file.credits),
        "phases": [_stretch(phase) for phase in file.phases],
        "first_night": _first_night(file),
        "figures": _figures(file.figures, sells_dates=file.sells_dates),
        "teams": [_team(team) for team in file.teams],
        "months": list(months_of(file.calendar)),
        "parts": [
            {
                "label": part.label,
                "amount": french.euro(part.amount),
                "income": part.income,
                "posts": [
                    {
                        "label": f"{post.code}  {post.label}".strip(),
                        "amount": french.number(post.amount, 2),
                        "entries": [_entry(entry) for entry in post.entries],
                    }
                    for post in part.posts
                ],
            }
            for part in file.parts
        ],
        "totals": {
            "expense": french.euro(file.figures.expense),
            "income": french.euro(file.figures.income),
            "balance": french.signed_euro(file.figures.income - file.figures.expense),
        },
        "sells_dates": file.sells_dates,
        "price": _price(file.price) if file.price else None,
        "funds": _funds(file.funds),
        "findings": [_finding(finding) for finding in file.findings],
        "not_checked": [f"{item.rule} : {item.needs}." for item in file.not_checked],
        "notes": [{"number": str(n.number), "text": n.text, "source": n.source} for n in file.notes],
        "sources": [
            {
                "title": source.title,
                "url": source.url,
                "checked": french.day(source.checked_on) if source.checked_on else NOTHING,
                "confidence": CONFIDENCE[source.confidence],
                "doubtful": source.confidence == "uncertain",
                "values": _count(source.values, "valeur"),
            }
            for source in file.sources
        ],
    }


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]


def _stretch(phase: Stretch) -> dict[str, str]:
    return {"label": phase.label, "from": french.day(phase.starts_on), "to": french.day(phase.ends_on)}


def _first_night(file: ProductionFile) -> str:
    shows = [event for event in file.calendar if event.performance]
    first = next((event for event in shows if event.premiere), shows[0] if shows else None)
    if first is None:
        return ""
    return " · ".join(part for part in (french.day(first.day), first.place) if part)


def _figures(figures: Figures, *, sells_dates: bool) -> list[dict[str, str]]:
    """The six figures of the first page; a work that sells no date has neither price nor performances."""
    people = figures.people
    gap = (
        ("Excédent", "produits moins charges") if figures.gap < 0 else ("À trouver", "charges moins produits")
    )
    found = [
        _figure("Charges", french.euro(figures.expense), "" if figures.complete else "total incomplet"),
        _figure("Produits", french.euro(figures.income), "toutes sources à leur montant plein"),
        _figure(gap[0], french.euro(abs(figures.gap)), gap[1]),
    ]
    where = f"dans {_count(figures.places, 'lieu', 'lieux')}" if figures.places else ""
    if sells_dates:
        price = NOTHING if figures.first_price is None else french.euro(figures.first_price)
        same = (
            "" if figures.first_series is None else f"HT, {_count(figures.first_series, 'date')} au même lieu"
        )
        found += [
            _figure("Prix de cession", price, same),
            _figure("Représentations", str(figures.performances), where),
        ]
    elif figures.shoot_days:
        found.append(_figure("Jours de tournage", str(figures.shoot_days), where))
    engaged = "personne engagée" if people < 2 else "personnes engagées"  # noqa: PLR2004 - French plural begins at two
    return [*found, _figure("Équipe", str(people), engaged)]


def _figure(label: str, value: str, detail: str) -> dict[str, str]:
    return {"label": label, "value": value, "detail": detail}


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number < 2 else many or one + 's'}"  # noqa: PLR2004 - French plural begins at two


def _team(team: Team) -> dict[str, Any]:
    return {
        "label": team.label,
        "members": [
            {"name": m.name, "job": m.job, "roles": ", ".join(m.roles), "open": not m.state}
            for m in team.members
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    quantity, price = "", ""
    if entry.rate is not None:
        quantity, price = french.percent(entry.rate), f"de {french.number(entry.quantity or ZERO, 2)}"
    elif entry.quantity is not None:
        quantity = f"{french.number(entry.quantity)} {_unit(entry)}".strip()
        if entry.unit_price is not None:
            price = french.number(entry.unit_price, 2) + (" brut" if entry.paid else "")
    reason = ""
    if entry.computed is not None:
        reason = f"remplacé à la main ; le calcul donne {french.euro(entry.computed)}. {entry.reason}"
    return {
        "label": entry.label, "quantity": quantity, "price": price, "amount": french.number(entry.amount, 2),
        "origin": entry.origin, "reason": reason, "notes": [str(number) for number in entry.notes],
    }  # fmt: skip


def _unit(entry: Entry) -> str:
    """The unit as typed; a computed one loses its plural below two."""
    computed = entry.origin != "saisi" and entry.unit not in ("mois", "repas")
    single = entry.quantity is not None and abs(entry.quantity) < 2  # noqa: PLR2004 - French plural begins at two
    return entry.unit.removesuffix("s") if computed and single else entry.unit


def _price(price: PriceTable) -> dict[str, Any]:
    result = [
        {"label": f"après {_count(number, 'date')}", "amount": french.signed_euro(amount)}
        for number, amount in price.results
    ]
    return {
        "series": [str(number) for number in price.series],
        "rows": [
            {
                "label": row.label,
                "role": row.role,
                "amounts": [french.number(amount, 2) for amount in row.amounts],
            }
            for row in price.rows
        ],
        "planned": _count(price.planned, "date"),
        "break_even": "aucun nombre de dates"
        if price.break_even is None
        else _count(price.break_even, "date"),
        "results": result,
        "vat": french.percent(price.vat_rate),
    }


def _funds(funds: Funds) -> dict[str, Any]:
    def lines(certain: bool) -> list[dict[str, str]]:  # noqa: FBT001 - the two halves of one table
        return [
            {
                "label": source.label,
                "nature": source.nature,
                "state": source.state.lower(),
                "amount": french.number(source.amount, 2),
                "probability": french.percent(source.probability),
                "weighted": french.number(source.weighted, 2),
                "received": french.number(source.received, 2) if source.received else NOTHING,
            }
            for source in funds.sources
            if source.is_certain is certain
        ]

    widths = [f"{share:f}" for share in funds.shares]
    written = [f"{french.number(share, 1)}\u00a0%" for share in funds.shares]
    names = ("Certain", "Probable", "À trouver")
    amounts = (funds.certain, funds.probable, max(funds.gap, ZERO))
    return {
        "bar": [
            {"label": label, "width": width, "share": share, "amount": french.euro(amount)}
            for label, width, share, amount in zip(names, widths, written, amounts, strict=True)
            if amount > 0
        ],
        "groups": [
            {
                "label": "Certain", "lines": lines(certain=True), "amount": french.number(funds.certain, 2),
                "weighted": french.number(funds.certain, 2),
            },
            {
                "label": "Probable", "lines": lines(certain=False), "amount": french.number(funds.probable, 2),
                "weighted": french.number(funds.weighted - funds.certain, 2),
            },
        ],
        "gap": french.number(funds.gap, 2),
        "gap_weighted": french.number(funds.gap_weighted, 2),
        "expense": french.number(funds.expense, 2),
        "received": french.number(funds.received, 2) if funds.received else NOTHING,
        "is_missing": funds.gap > 0,
        "gap_word": "À trouver" if funds.gap > 0 else "Excédent" if funds.gap < 0 else "À l’équilibre",
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    remedies = [
        remedy.label if remedy.cost is None else f"{remedy.label} ({french.signed_euro(remedy.cost)})"
        for remedy in finding.remedies
    ]
    return {
        "severity": finding.severity,
        "word": SEVERITIES[finding.severity],
        "message": finding.message,
        "source": finding.source.title if finding.source else "",
        "remedies": remedies,
    }
