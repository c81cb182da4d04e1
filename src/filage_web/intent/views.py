"""The front page of the intention: how far the interview is, what was written, what came of both."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage.facts.base import label_of
from filage.facts.script import Need
from filage.planning.needs import origin_of
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.intent.queries import sections_of, texts_of
from filage_web.shell.opening import open_page


@member_view(SEE, "answer")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show the interview and the writings."""
    dossier = open_page(request).dossier
    sections = sections_of(dossier)
    asked = [one for section in sections for one in section.questions]
    answered = [one for one in asked if one.answer]
    texts = texts_of(dossier)
    needs = [
        (need, label_of(need, "state").lower(), origin_of(need, dossier))
        for need in dossier.all(Need)
        if need.source
    ]
    context = {
        "sections": sections,
        "asked": len(asked),
        "answered": len(answered),
        "confirmed": sum(one.answer is not None and one.answer.confirmed_on is not None for one in answered),
        "texts": texts,
        "marks": sum(one.marks for one in texts),
        "needs": needs,
    }
    return render(request, "intent/page.html", context)
