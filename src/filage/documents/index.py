"""The page that lists what was built: one file, no script, no network, right when opened from a disk."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from filage.kernel import french

if TYPE_CHECKING:
    from collections.abc import Mapping

    from filage.review import Outcome

_KILO = 1000


def index_bytes(
    outcome: Outcome, files: Mapping[str, tuple[str, int]], version: str, scenario: str = ""
) -> bytes:
    """Render the index of `files`: name → (what it is, size in bytes)."""
    production, employer, budget = outcome.dossier.production, outcome.dossier.employer, outcome.budget
    figures = [
        ("Charges", french.euro(budget.expense)),
        ("Produits", french.euro(budget.income)),
        ("Excédent" if outcome.plan.gap < 0 else "À trouver", french.euro(abs(outcome.plan.gap))),
    ]
    if outcome.price:
        figures.append(("Prix de cession, une date", french.euro(outcome.price.prices[0].unit_price)))
    worst = [
        f"{outcome.count(severity)} {word}"
        for severity, word in (
            ("blocking", "non conforme"),
            ("warning", "à regarder"),
            ("info", "pour information"),
        )
        if outcome.count(severity)
    ]
    page = _PAGE.format(
        title=escape(production.label),
        subtitle=f'<p class="subtitle">{escape(production.subtitle)}</p>' if production.subtitle else "",
        company=escape(employer.label),
        on=french.day(outcome.on),
        scenario=f" · scénario « {escape(scenario)} »" if scenario else "",
        figures="".join(f"<div><dt>{label}</dt><dd>{amount}</dd></div>" for label, amount in figures),
        findings=escape(", ".join(worst) or "rien à signaler"),
        incomplete="" if budget.complete else "<p>Total incomplet : des taux manquent.</p>",
        files="".join(_file(name, label, size) for name, (label, size) in files.items()),
        version=escape(version),
    )
    return page.encode()


def _file(name: str, label: str, size: int) -> str:
    return (
        f'<li><a href="{escape(name)}">{escape(name)}</a><span class="what">{escape(label)}</span>'
        f'<span class="size">{_size(size)}</span></li>'
    )


def _size(size: int) -> str:
    """Write a size as a person reads it: octets, ko, Mo."""
    if size < _KILO:
        return f"{size}\u00a0octets"
    if size < _KILO * _KILO:
        return f"{round(size / _KILO)}\u00a0ko"
    return f"{size / _KILO / _KILO:.1f}\u00a0Mo".replace(".", ",")


_PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title} · fichiers de production</title>
<style>
:root {{ color-scheme: light dark;
  --paper: #faf9f6; --surface: #fff; --ink: #1c1a17; --muted: #67625a; --line: #e5e1d8 }}
@media (prefers-color-scheme: dark) {{
  :root {{ --paper: #161513; --surface: #1d1c19; --ink: #f3f0e9; --muted: #a7a193; --line: #33302b }}
}}
* {{ box-sizing: border-box }}
body {{ margin: 0; padding: 48px 24px; background: var(--paper); color: var(--ink);
  font: 15px/1.45 Inter, system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  font-variant-numeric: tabular-nums }}
main {{ max-width: 46rem; margin: 0 auto }}
h1 {{ margin: 8px 0 0; font: 500 44px/1.1 "EB Garamond", Palatino, Georgia, serif }}
h2 {{ margin: 32px 0 8px; font-size: 15px; font-weight: 600 }}
p {{ margin: 4px 0; color: var(--muted) }}
.subtitle {{ font: italic 20px/1.3 "EB Garamond", Palatino, Georgia, serif }}
dl {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 16px; margin: 24px 0 8px }}
dl div {{ border-top: 2px solid var(--ink); padding-top: 8px }}
dt {{ color: var(--muted); font-size: 13px }}
dd {{ margin: 0; font-size: 20px; font-weight: 600 }}
ul {{ list-style: none; margin: 0; padding: 0; background: var(--surface); border: 1px solid var(--line);
  border-radius: 8px }}
li {{ display: grid; grid-template-columns: 9rem 1fr auto; gap: 16px; padding: 12px 16px; align-items: baseline }}
li + li {{ border-top: 1px solid var(--line) }}
a {{ color: inherit; font-weight: 600; padding: 4px 0 }}
a:focus-visible {{ outline: 2px solid var(--ink); outline-offset: 2px }}
.size {{ white-space: nowrap }}
footer {{ margin-top: 32px; border-top: 1px solid var(--line); padding-top: 8px; font-size: 13px; color: var(--muted) }}
@media (max-width: 40rem) {{ li {{ grid-template-columns: 1fr auto }} .what {{ grid-column: 1 / -1; grid-row: 2 }} }}
@media print {{ body {{ background: #fff; color: #000; padding: 0 }} }}
</style>
</head>
<body>
<main>
<p>{company}</p>
<h1>{title}</h1>
{subtitle}
<dl>{figures}</dl>
{incomplete}
<p>Contrôles : {findings}.</p>
<h2>Fichiers</h2>
<ul>{files}</ul>
<footer>Filage {version} · {on}{scenario}. Aucune donnée privée ne figure dans ces fichiers.</footer>
</main>
</body>
</html>
"""
