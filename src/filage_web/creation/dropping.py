"""A spreadsheet dropped and read, for a new production or an existing one: what both pages say of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from filage.budget.importing.facts import Plan
from filage.budget.importing.workbook import MAX_BYTES
from filage.kernel.errors import BadInput, Problem
from filage_web.creation import reading
from filage_web.creation.columns import columns_of, heads_of, roles
from filage_web.creation.forms import FileForm
from filage_web.creation.table import table_of
from filage_web.creation.uploads import read_upload


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of a file: it waits to be read (`taken`), or why it cannot be."""

    form: FileForm
    name: str = ""
    problems: tuple[Problem, ...] = ()
    taken: bool = False

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        return 422 if self.problems or self.form.errors else 200


def dropped(request: HttpRequest) -> Dropped:
    """Keep the file posted until it is imported; an empty form when none was."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return Dropped(form)
    name, data = read_upload(form.cleaned_data["file"], MAX_BYTES)
    try:
        reading.begin(request, name, data)
    except BadInput as error:
        return Dropped(form, name, error.problems)
    return Dropped(form, name, taken=True)


def understood(request: HttpRequest, found: reading.Waits, plan: Plan) -> dict[str, Any]:
    """What a page shows of a file that is read: its rows, its columns and the roles they may have, its totals."""
    return {
        "found": found,
        "plan": plan,
        "table": table_of(plan, request.GET.get("voir", ""), request.GET.get("page", "")),
        "columns": columns_of(found),
        "roles": roles(),
        "heads": heads_of(found),
        "expense": plan.reading.total("expense"),
        "income": plan.reading.total("income"),
    }
