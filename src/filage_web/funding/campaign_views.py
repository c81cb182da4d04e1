"""Crowdfunding: each campaign's curve, what came in day by day, its rewards and its net."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filage.facts.campaign import Campaign
from filage.funding.campaign import campaigns_of, rewards_cost
from filage.kernel.changes import set_
from filage.kernel.errors import BadInput, Problem
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms.french_input import READERS
from filage_web.funding.campaign_chart import campaign_chart
from filage_web.funding.writing import form_of, page_of, saved, seen_of
from filage_web.preview.answers import refused
from filage_web.scenarios.chosen import chosen

STATE_WORDS = {
    "coming": ("", "à venir"), "running": ("", "en cours"), "reached": ("done", "objectif atteint"),
    "failed": ("breach", "objectif manqué"), "closed": ("", "close"),
}  # fmt: skip

ENTRY = (
    ("on", "day", "jour", "le jour manque"),
    ("amount", "amount", "montant", "le montant manque"),
    ("backers", "count", "contributeurs", ""),
)
"""What is typed of a day: its name, its reader, how it is called, what is said when it is missing."""


@member_view(SEE, Campaign.kind)
@require_GET
def campaigns(request: MemberRequest) -> HttpResponse:
    """Show the campaigns of a production as they stand today."""
    found = chosen(request)
    outcome = found.opened.outcome
    today = clock.today()
    editing = request.may(EDIT, Campaign.kind)
    context = {
        "found": found,
        "tab": "campaigns",
        "day": today,
        "campaigns": [
            {
                "view": view,
                "chart": campaign_chart(view),
                "status": STATE_WORDS[view.state][0],
                "words": STATE_WORDS[view.state][1],
                "rewards": rewards_cost(view.campaign),
                "edit": form_of(request, found, "funding:campaigns", Campaign.kind, view.campaign.id),
                "why": page_of(request, found, "funding:reason", quoi=f"campaign/{view.campaign.id}"),
                "findings": [
                    one for one in outcome.findings
                    if one.code.startswith("campaign.") and one.about in (view.campaign.about, view.campaign.funding)
                ],
            }
            for view in campaigns_of(found.dossier, today)
        ],
        "adding": form_of(request, found, "funding:campaigns", Campaign.kind),
        "editable": editing,
    }  # fmt: skip
    return render(request, "funding/campaigns.html", context)


@member_view(EDIT, Campaign.kind)
@require_POST
def pledge(request: MemberRequest) -> HttpResponseBase:
    """Write what a campaign raised on one day, and how many gave; the same day is replaced."""
    found = chosen(request)
    campaign = found.dossier.find(f"{Campaign.kind}/{request.POST.get('campaign', '')}", Campaign)
    if campaign is None:
        raise Http404
    back = page_of(request, found, "funding:campaigns")
    try:
        on, amount, backers = _entry(request)
    except BadInput as error:
        return refused(request, error, back)
    kept = [
        one.model_dump(mode="json", exclude_none=True) for one in campaign.pledges if one.on.isoformat() != on
    ]
    entry = {"on": on, "amount": amount} | ({"backers": backers} if backers else {})
    pledges = sorted(
        [{key: str(value) for key, value in one.items()} for one in [*kept, entry]], key=lambda one: one["on"]
    )
    label = _("%(campaign)s, collecte : %(amount)s") % {"campaign": campaign.label, "amount": f"{amount} €"}
    return saved(
        request,
        found,
        [set_(campaign.about, pledges=pledges)],
        back,
        label=label,
        seen=seen_of(found, campaign.about),
    )


def _entry(request: MemberRequest) -> tuple[str, str, str]:
    """What was typed of a day; BadInput says everything wrong at once."""
    read, problems = {}, []
    for name, reader, called, missing in ENTRY:
        typed = request.POST.get(name, "").strip()
        if not typed and missing:
            problems.append(Problem(missing, called))
        try:
            read[name] = READERS[reader](typed) if typed else ""
        except ValueError as error:
            problems.append(Problem(str(error), called))
    if problems:
        raise BadInput(problems)
    return read["on"], read["amount"], read["backers"]
