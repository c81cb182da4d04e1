"""The addresses that the rows of the grid need."""

from django.urls import reverse
from django.utils.http import urlencode


class Places:
    """The addresses a row needs, made once and filled in per line."""

    def __init__(
        self, structure: str, production: str, query: str, *, editable: bool, whole: bool = False
    ) -> None:
        self.editable, self.whole = editable, whole
        self.query = query
        here = [structure, production]
        self.reason = reverse("why:page", args=[*here, "LINE"])
        self.page = reverse("budget:page", args=here)
        self.line = reverse("budget:line", args=here)
        self.scenario = query.removeprefix("?")
        name = "scenarios:edit_fact" if query else "forms:edit"
        self.posts = reverse(name, args=[*here, "budget_post", "IDENT"])

    def why(self, line: str) -> str:
        """Where the reason of a line is."""
        return self.reason.replace("LINE", line) + self.query

    def edit(self, line: str) -> str:
        """Where a line is edited without the grid."""
        return self._with(self.line, line)

    def post(self, ident: str) -> str:
        """Where a post of the production's own is edited."""
        return f"{self.posts.replace('IDENT', ident)}{self.query}"

    def _with(self, address: str, line: str) -> str:
        asked = urlencode({"line": line})
        return f"{address}?{asked}&{self.scenario}" if self.scenario else f"{address}?{asked}"
