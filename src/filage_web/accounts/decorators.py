"""Every view says who may open it, with one of these decorators; a test refuses a view that does not.

| Decorator | Who comes in | What the request gains |
|---|---|---|
| `public_view` | anyone | nothing |
| `signed_in_view` | any account | nothing |
| `member_view(verb, kind)` | a member whose role may | `structure`, `role`, `production_id` |
| `link_view` | the holder of a live private link | `link`, `structure`, `role`, `production_id` |
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from filage_web.accounts.models import PrivateLink, Structure, User
from filage_web.accounts.queries import membership_of, role_of
from filage_web.accounts.roles import SEE, Role, may
from filage_web.accounts.services import open_private_link

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request whose visitor is known to the structure in its address."""

    user: User
    structure: Structure
    role: Role
    production_id: str | None

    def may(self, verb: str, kind: str = "*") -> bool:
        """Say whether the visitor may do a verb to a kind here."""
        return may(self.role, verb, kind)


class LinkRequest(HttpRequest):
    """A request that holds a live private link."""

    structure: Structure
    role: Role
    production_id: str
    link: PrivateLink


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a view."""

    door: str
    verb: str = SEE
    kind: str = "*"

    def admits(self, role: Role | None, *, signed_in: bool = True) -> bool:
        """Say whether someone with this role may open the view (the participant holds the link)."""
        if self.door == "public":
            return True
        if self.door == "signed_in":
            return signed_in
        return may(role, self.verb, self.kind)


PUBLIC: Final = Access("public")
SIGNED_IN: Final = Access("signed_in")


def _declared(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def access_of(view: object) -> Access | None:
    """Read who may open a view; None when the view does not say."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None


def public_view(view: View) -> View:
    """Open a view to anyone."""
    return _declared(view, PUBLIC)


def signed_in_view(view: View) -> View:
    """Open a view to anyone with an account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return _declared(guarded, SIGNED_IN)


def member_view(verb: str = SEE, kind: str = "*") -> Callable[[View], View]:
    """Open a view to the members whose role may do `verb` to `kind`; a stranger learns nothing (404).

    The address holds `<slug:structure>` and, in a production, `<slug:production>`; the view receives neither, but
    reads `request.structure`, `request.role`, `request.production_id` and `request.may(verb, kind)`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, structure: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            production = kwargs.pop("production", None)
            membership = membership_of(request.user, structure)
            if membership is None:
                raise Http404
            _enter(request, membership.structure, role_of(membership, production), production)
            if not may(request.role, verb, kind):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _declared(guarded, Access("member", verb, kind))

    return decorate


def link_view(view: View) -> View:
    """Open a view to the holder of a live private link; a revoked, expired or unknown one is a 404.

    The address holds `<str:token>`; the view receives `request.link` instead.
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = open_private_link(token)
        if link is None:
            raise Http404
        _enter(request, link.structure, Role.PARTICIPANT, link.production)
        request.link = link  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return _declared(guarded, Access("link", SEE, "own_sheet"))


def _enter(request: HttpRequest, structure: Structure, role: Role, production: str | None) -> None:
    request.structure = structure  # type: ignore[attr-defined]
    request.role = role  # type: ignore[attr-defined]
    request.production_id = production  # type: ignore[attr-defined]
    request.may = lambda verb, kind="*": may(role, verb, kind)  # type: ignore[attr-defined]


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        # a fragment cannot be a sign-in page: the whole window goes there
        answer = HttpResponse(status=401)
        answer.headers["HX-Redirect"] = redirect_to_login(request.path).url
        return answer
    return redirect_to_login(request.get_full_path())
