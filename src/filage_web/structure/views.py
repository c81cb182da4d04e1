"""The structure's sheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filage.facts.base import label_of
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import SEE
from filage_web.shell.opening import open_page
from filage_web.structure.queries import asked, oldest_check, own_values, used_values


@member_view(SEE, "employer")
@require_GET
def page(request: MemberRequest) -> HttpResponse:
    """Show who employs, its licences and own rates, and the legal values this production rests on."""
    outcome = open_page(request).outcome
    employer = outcome.dossier.employer
    used = used_values(outcome)
    context = {
        "employer": employer,
        "legal_form": label_of(employer, "legal_form"),
        "vat": label_of(employer, "vat_regime"),
        "own": own_values(employer),
        "asked": asked(outcome),
        "used": used,
        "doubtful": sum(one.is_doubtful for one in used),
        "oldest": oldest_check(used),
    }
    return render(request, "structure/page.html", context)
