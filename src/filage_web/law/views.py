"""The law's pages: nothing is written here, but through the preview of a change."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filage.facts.wages import WageGrid
from filage.kernel.errors import BadInput
from filage.law import load_law, standing
from filage.payroll.law_use import uses_of_law
from filage.payroll.minimum_csv import COLUMNS
from filage.review import law_of_structure
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT
from filage_web.law.hours import EVERYTHING, OURS, by_table, kept, rules_of, tallies, texts_of
from filage_web.law.own import OwnValueForm
from filage_web.law.parameters import (
    KEPT,
    by_subject,
    matching,
    sheet_of,
    shown_of,
    unit_words,
    value_words,
)
from filage_web.law.pasting import GridForm
from filage_web.law.stale import to_read
from filage_web.law.wages import browse, conventions_of, pasted
from filage_web.law.year import asked_year, law_change, rate_words, reason_for, year_of
from filage_web.preview import show_effect
from filage_web.shell.opening import open_page


@member_view()
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Every legal value on a day, beside the year before; `?mots=` keeps those that speak of them."""
    outcome = open_page(request).outcome
    law = law_of_structure(outcome.dossier.employer, load_law())
    day, words = _day(request, outcome.on), request.GET.get("mots", "").strip()[:80]
    everything = list(shown_of(law, day, uses_of_law(outcome.costs)))
    only = request.GET.get("montrer", "")
    wanted = KEPT.get(only)
    found = [one for one in matching(everything, words) if wanted is None or wanted(one)]
    context = {
        "tab": "values",
        "day": day,
        "today": outcome.on,
        "words": words,
        "groups": by_subject(found),
        "found": len(found),
        "all": len(everything),
        "only": only if wanted else "",
        "counts": {name: sum(map(test, everything)) for name, test in KEPT.items()},
    }
    return render(request, "law/page.html", context)


def _day(request: MemberRequest, today: date) -> date:
    """The day asked; today's for anything else than a day the calendar and the comparison know."""
    try:
        day = date.fromisoformat(request.GET.get("jour", ""))
    except ValueError:
        return today
    return day if day.year > date.min.year else today


@member_view()
@require_GET
def parameter(request: MemberRequest, parameter: str) -> HttpResponse:
    """One legal value: its history, what reads it, what the structure gave in its place."""
    outcome = open_page(request).outcome
    day = _day(request, outcome.on)
    sheet = sheet_of(outcome, parameter, day)
    if sheet is None:
        raise Http404
    unit = sheet.shown.parameter.unit
    context = {
        "tab": "values",
        "day": day,
        "sheet": sheet,
        "one": sheet.shown,
        "history": [(value, unit_words(value.value, unit)) for value in sheet.values],
        "legal": unit_words(sheet.legal.value, unit) if sheet.legal.value is not None else "",
        "employer": outcome.dossier.employer,
    }
    return render(request, "law/parameter.html", context)


@member_view()
@require_GET
def year(request: MemberRequest) -> HttpResponse:
    """The same team under the law of a year and of the one before."""
    outcome = open_page(request).outcome
    this_year = outcome.on.year
    asked = asked_year(request.GET.get("vers", ""), this_year)
    found = year_of(outcome, asked)
    context = {
        "tab": "year",
        "year": asked,
        "before": asked - 1,
        "found": found,
        "change": found.change,
        "choices": sorted({this_year, this_year + 1, asked}),
        "this_year": this_year,
        "employer": [_line(line) for line in found.employer],
        "employee": [_line(line) for line in found.employee],
        "engaged": bool(outcome.costs),
        "employer_id": outcome.dossier.employer.id,
    }
    return render(request, "law/year.html", context)


def _line(line: Any) -> dict[str, Any]:
    return {
        "line": line,
        "rates": (rate_words(line.rates_before), rate_words(line.rates_after)),
        "source": line.sources[0] if line.sources else None,
        "about": f"{line.payer}/{line.id}",
    }


@member_view()
@require_GET
def reason(request: MemberRequest, moved: str) -> HttpResponse:
    """Explain one amount of the year's change."""
    outcome = open_page(request).outcome
    asked = asked_year(request.GET.get("vers", ""), outcome.on.year)
    slug, production = request.structure.slug, request.production_id

    def place(part: str) -> str:
        return f"{reverse('law:reason', args=[slug, production, part])}?vers={asked}"

    found = reason_for(law_change(outcome, asked), moved, place)
    if found is None:
        raise Http404
    label, why = found
    context = {"about": label, "reason": why, "year": asked, "before": asked - 1}
    return render(request, "law/reason.html", context)


@member_view()
@require_GET
def stale(request: MemberRequest) -> HttpResponse:
    """What should be read again, and what to do of it."""
    outcome = open_page(request).outcome
    context = {"tab": "stale", "found": to_read(outcome), "employer": outcome.dossier.employer}
    return render(request, "law/stale.html", context)


@member_view(EDIT, "employer")
@require_http_methods(["GET", "POST"])
def own(request: MemberRequest, parameter: str) -> HttpResponseBase:
    """Give the structure's own value of a parameter; the effect is shown before anything is written."""
    opened = open_page(request)
    employer = opened.dossier.employer
    law = law_of_structure(employer, load_law())
    if parameter not in law:
        raise Http404
    slug, production = request.structure.slug, request.production_id
    back = reverse("law:parameter", args=[slug, production, parameter])
    now = standing(law[parameter], opened.outcome.on)
    form = OwnValueForm(request.POST or None, law[parameter], employer, opened.outcome.on)
    revision = opened.loaded.revisions.get(employer.about, 0)
    if request.method == "POST" and form.is_valid():
        asked = str(request.POST.get("_seen", ""))
        seen = {employer.about: int(asked) if asked.isdecimal() else revision}
        given = unit_words(Decimal(form.cleaned_data["value"]), law[parameter].unit)
        title = _("Valeur de la structure : %(what)s, %(value)s") % {
            "what": law[parameter].label,
            "value": given,
        }
        try:
            return show_effect(request, form.changes(), seen=seen, back=back, title=title, label=title[:200])
        except BadInput as error:
            for problem in error.problems:
                form.add_error(None, problem.message)
    context = {
        "form": form,
        "parameter": law[parameter],
        "now": value_words(now),
        "source": now.source,
        "seen": revision,
        "back": back,
    }
    return render(request, "law/own.html", context, status=422 if form.is_bound else 200)


@member_view()
@require_GET
def hours(request: MemberRequest) -> HttpResponse:
    """Every rule of working time: what becomes of it, what it lacks, what it gives here."""
    outcome = open_page(request).outcome
    texts = texts_of(outcome.dossier.employer.idcc)
    asked = request.GET.get("texte", "")
    text = asked if asked in dict(texts) else texts[0][0]
    kind, words = request.GET.get("sorte", ""), request.GET.get("mots", "").strip()[:80]
    everything = rules_of(outcome)
    found = kept(everything, text=text, kind=kind, words=words)
    context = {
        "tab": "hours",
        "texts": texts,
        "text": text,
        "ours": OURS,
        "everything": EVERYTHING,
        "kind": kind,
        "words": words,
        "tallies": tallies(everything),
        "all": len(everything),
        "found": len(found),
        "groups": by_table(found),
    }
    return render(request, "law/hours.html", context)


@member_view()
@require_GET
def wages(request: MemberRequest) -> HttpResponse:
    """The minimum wages of a convention on a day, job by job."""
    outcome = open_page(request).outcome
    conventions = conventions_of(outcome.dossier)
    asked = request.GET.get("convention", "")
    idcc = asked if asked in dict(conventions) else conventions[0][0]
    day, words = _day(request, outcome.on), request.GET.get("mots", "").strip()[:80]
    older = request.GET.get("anciennes") == "1"
    context = {
        "tab": "wages",
        "conventions": conventions,
        "idcc": idcc,
        "day": day,
        "words": words,
        "older": older,
        "member": outcome.dossier.employer.union_member,
        "found": browse(outcome.dossier, idcc, day, words, older=older),
    }
    return render(request, "law/wages.html", context)


SAMPLE = """emploi;unité;montant;dates;contrat
Artiste dramatique ou chorégraphique;cachet;165,00;1-2;
Artiste dramatique ou chorégraphique;cachet;143,50 €;3+;
Artiste dramatique ou chorégraphique;service;62;;CDD"""


@member_view(EDIT, "wage_grid")
@require_http_methods(["GET", "POST"])
def paste(request: MemberRequest) -> HttpResponseBase:
    """Read a pasted grid: rows kept and refused are shown, then what it changes, before anything is written."""
    opened = open_page(request)
    conventions = conventions_of(opened.dossier)
    first = {"idcc": request.GET.get("convention", ""), "label": ""}
    posted = request.method == "POST"
    form = GridForm(request.POST if posted else None, request.FILES or None, conventions, first)
    ready = posted and form.is_valid()
    if ready and request.POST.get("faire") == "voir":
        taken = {grid.id for grid in opened.dossier.all(WageGrid)}
        wages_page = reverse("law:wages", args=[request.structure.slug, request.production_id])
        back = f"{wages_page}?convention={form.cleaned_data['idcc']}"
        try:
            return show_effect(request, form.changes(taken), back=back)
        except BadInput as error:
            for problem in error.problems:
                form.add_error(None, str(problem))
            ready = False
    context = {
        "tab": "wages",
        "form": form,
        "ready": ready,
        "shown": pasted(form.read.rows) if posted else [],
        "columns": [
            (others[0] if others else name, ", ".join(others[1:])) for name, others in COLUMNS.items()
        ],
        "sample": SAMPLE,
    }
    return render(request, "law/paste.html", context, status=422 if posted and not form.is_valid() else 200)
