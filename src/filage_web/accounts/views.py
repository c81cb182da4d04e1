"""Pages of accounts and members."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage_web.accounts import mail, queries, services
from filage_web.accounts.decorators import MemberRequest, member_view, public_view, signed_in_view
from filage_web.accounts.forms import AccountForm, InviteForm, JoinForm
from filage_web.accounts.models import Invitation, Membership, User
from filage_web.accounts.roles import EDIT, GIVEN, LABELS, MANAGE, SEE, Role

BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"  # noqa: S105  the name of a class


@signed_in_view
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's name, theme, shortcuts, and the way to password and second factor."""
    form = AccountForm(request.POST or None, instance=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Nom enregistré."))
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form, "second_factor": settings.FILAGE_MFA})


@public_view
@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in with a link that works once."""
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponse(status=204)  # a browser guessing ahead must not spend the link
    user = services.use_sign_in_link(token)
    if user is None:
        return render(request, "accounts/link_spent.html", status=404)
    login(request, user, backend=BY_PASSWORD)
    after = request.GET.get("suite", "")
    # only a path of this office: never the address of another site
    return redirect(after if url_has_allowed_host_and_scheme(after, allowed_hosts=None) else "home")


@public_view
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation, with the account one has or with a new one."""
    invitation = services.invitation_of(token)
    if invitation is None:
        return render(request, "accounts/link_spent.html", {"invitation": True}, status=404)
    form = JoinForm(request.POST or None, email=invitation.email)
    known = User.objects.filter(email__iexact=invitation.email).exists()
    page = {"invitation": invitation, "form": form, "known": known}
    if request.method == "GET":
        return render(request, "accounts/join.html", page)
    if request.user.is_authenticated:
        return _accepted(request, invitation, request.user)
    if known or not form.is_valid():
        return render(request, "accounts/join.html", page, status=422)
    user = User.objects.create_user(
        invitation.email, form.cleaned_data["password"], name=form.cleaned_data["name"]
    )
    login(request, user, backend=BY_PASSWORD)
    return _accepted(request, invitation, user)


def _accepted(request: HttpRequest, invitation: Invitation, user: Any) -> HttpResponse:
    services.accept_invitation(invitation, user)
    messages.success(request, _("Vous avez rejoint %(name)s.") % {"name": invitation.structure})
    return redirect("productions", invitation.structure.slug)


# --- members ----------------------------------------------------------------------------------------------------------


@member_view(SEE, "member")
@require_GET
def members(request: MemberRequest) -> HttpResponse:
    """List the members and the invitations, with what may be changed."""
    return _members_page(request, InviteForm())


def _members_page(request: MemberRequest, form: InviteForm, status: int = 200, **more: Any) -> HttpResponse:
    page = {
        "members": queries.members_of(request.structure),
        "invitations": queries.open_invitations(request.structure),
        "roles": [(role.value, LABELS[role]) for role in GIVEN if _may_give(request, role)],
        "form": form,
        **more,
    }
    return render(request, "accounts/members.html", page, status=status)


def _may_give(request: MemberRequest, role: Role | str) -> bool:
    return role != Role.OWNER or request.may(MANAGE, "member")


def _refused(request: MemberRequest, why: Exception | str) -> HttpResponse:
    messages.error(request, str(why))
    return redirect("members", request.structure.slug)


@member_view(EDIT, "member")
@require_POST
def invite_member(request: MemberRequest) -> HttpResponse:
    """Invite an address, and show the link once for whoever has no mail server."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _members_page(request, form, 422)
    role = form.cleaned_data["role"]
    if not _may_give(request, role):
        return _refused(request, _("Seul un responsable de la structure peut en nommer un autre."))
    try:
        invitation, token = services.invite(request.structure, form.cleaned_data["email"], role, request.user)
    except services.RefusedError as refusal:
        form.add_error("email", str(refusal))
        return _members_page(request, form, 422)
    address = request.build_absolute_uri(reverse("join", args=[token]))
    mail.send_invitation(invitation, address)
    return _members_page(request, InviteForm(), invited=invitation, address=address)


def _member(request: MemberRequest, membership: int) -> Membership:
    found = get_object_or_404(
        Membership.objects.select_related("user"), pk=membership, structure=request.structure
    )
    if found.role == Role.OWNER and not request.may(MANAGE, "member"):
        raise services.RefusedError(_("Seul un responsable de la structure peut changer le rôle d’un autre."))
    return found


@member_view(EDIT, "member")
@require_POST
def set_role(request: MemberRequest, membership: int) -> HttpResponse:
    """Give a member another role."""
    role = request.POST.get("role", "")
    if role not in GIVEN:
        return _refused(request, _("Choisissez un rôle dans la liste : rien n’a changé."))
    if not _may_give(request, role):
        return _refused(request, _("Seul un responsable de la structure peut en nommer un autre."))
    try:
        changed = services.change_role(_member(request, membership), role)
    except services.RefusedError as refusal:
        return _refused(request, refusal)
    messages.success(request, _("%(name)s : %(role)s.") % {"name": changed.user, "role": changed.label})
    return redirect("members", request.structure.slug)


@member_view(EDIT, "member")
@require_POST
def remove(request: MemberRequest, membership: int) -> HttpResponse:
    """Take a member out of the structure."""
    try:
        member = _member(request, membership)
        services.remove_member(member)
    except services.RefusedError as refusal:
        return _refused(request, refusal)
    messages.success(request, _("%(name)s n’est plus membre.") % {"name": member.user})
    return redirect("members" if member.user != request.user else "home", *_where(request, member))


def _where(request: MemberRequest, member: Membership) -> list[str]:
    return [request.structure.slug] if member.user != request.user else []


@member_view(EDIT, "member")
@require_POST
def cancel(request: MemberRequest, invitation: int) -> HttpResponse:
    """Withdraw an invitation."""
    services.cancel_invitation(get_object_or_404(Invitation, pk=invitation, structure=request.structure))
    messages.success(request, _("Invitation retirée : son lien ne fonctionne plus."))
    return redirect("members", request.structure.slug)


@public_view
def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say that too many wrong passwords close the door for a while."""
    return render(request, "accounts/locked_out.html", {"minutes": 15}, status=429)
