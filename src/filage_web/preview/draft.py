"""What waits for a confirmation: changes, revisions shown, where to go next; carried by the sheet's form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.http import url_has_allowed_host_and_scheme
from pydantic import TypeAdapter, ValidationError

from filage.kernel.changes import Change
from filage.kernel.errors import BadInput

_CHANGES = TypeAdapter(tuple[Change, ...])


@dataclass(frozen=True, slots=True)
class Draft:
    """Changes not yet written."""

    changes: tuple[Change, ...]
    seen: Mapping[str, int] = field(default_factory=dict)
    back: str = ""
    label: str = ""
    title: str = ""
    revision: int = 0
    """Of the production when the effect was shown."""
    digest: str = ""
    """Of the effect shown."""
    scenario: str = ""
    """The scenario the changes are kept in; empty for the reference."""

    def shown(self, revision: int, digest: str) -> "Draft":
        """The same draft, once its effect has been shown."""
        return replace(self, revision=revision, digest=digest)

    def values(self) -> dict[str, str]:
        """Give the hidden fields of the form that confirms."""
        changes = [change.model_dump(mode="json", exclude_defaults=True) for change in self.changes]
        return {
            "changes": json.dumps(changes, ensure_ascii=False),
            "seen": json.dumps(dict(self.seen)),
            "back": self.back,
            "label": self.label,
            "title": self.title,
            "revision": str(self.revision),
            "digest": self.digest,
            "scenario": self.scenario,
        }


def read_draft(data: Mapping[str, Any]) -> Draft:
    """Read the hidden fields back; BadInput when they are not what was sent."""
    try:
        changes = _CHANGES.validate_json(str(data.get("changes", "")))
        seen = {str(about): int(revision) for about, revision in json.loads(data.get("seen") or "{}").items()}
        revision = int(data.get("revision") or 0)
    except (ValidationError, ValueError, AttributeError, TypeError):
        message = "cette demande est incomplète ; revenez à la page et recommencez"
        raise BadInput(message) from None
    back, label = str(data.get("back", "")), str(data.get("label", ""))[:200]
    title, digest = str(data.get("title", ""))[:300], str(data.get("digest", ""))
    scenario = str(data.get("scenario", ""))[:64]
    return Draft(changes, seen, safe(back), label, title, revision, digest, scenario)


def safe(address: str) -> str:
    """Keep an address of this site, drop any other."""
    local = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if local else ""
