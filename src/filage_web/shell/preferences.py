"""What a visitor chose for this browser, kept in two cookies: no account, no script needed."""

from typing import Final

from django.http import HttpRequest, HttpResponse

THEMES: Final = ("auto", "light", "dark")
THEME_COOKIE: Final = "filage_theme"
KEYS_COOKIE: Final = "filage_keys"
A_YEAR: Final = 31_536_000


def theme_of(request: HttpRequest) -> str:
    """Give `light` or `dark` when forced, else `auto`: the system decides."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def keys_of(request: HttpRequest) -> bool:
    """Say whether single letters are shortcuts in this browser."""
    return request.COOKIES.get(KEYS_COOKIE) != "off"


def keep(response: HttpResponse, name: str, value: str, *, secure: bool) -> None:
    """Remember a choice for a year."""
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=secure, httponly=True)
