"""The form of a task: its phase is chosen among those of the production."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from filage.facts.task import Task
from filage_web.forms import Choices, FactForm
from filage_web.forms.builder import Node

PHASE = "phase"


class TaskForm(FactForm):
    """A task, new or edited."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, choices: Choices, **more: Any) -> None:
        super().__init__(Task.kind, data, choices=choices, **more)
        phases = {phase.id: phase.label for phase in choices.dossier.production.phases}
        kept = self.old.phase if isinstance(self.old, Task) and self.old.phase else ""
        pairs = [("", "–"), *phases.items()]
        if kept and kept not in phases:  # a phase that is gone stays until another is chosen
            pairs.append((kept, kept))
        self.fields[PHASE] = forms.ChoiceField(
            choices=pairs,
            required=False,
            label=Task.model_fields[PHASE].title,
            error_messages={
                "invalid_choice": _("Cette phase n’est pas de la production : choisissez dans la liste.")
            },
        )
        self._bound_fields_cache.pop(PHASE, None)  # type: ignore[attr-defined]
        rank = next(rank for rank, node in enumerate(self.nodes) if node.name == PHASE)
        self.nodes[rank] = Node("field", PHASE, self.nodes[rank].shape, bound=self[PHASE])

    def clean_phase(self) -> str | None:
        """No phase is an absent one."""
        return self.cleaned_data.get(PHASE) or None
