"""Forms of the intention: an answer, a writing given, a passage marked."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.facts.base import choices
from filage.facts.intent import Writing
from filage.facts.script import Element
from filage.kernel.errors import BadInput
from filage.script.writing import MAX_BYTES, WritingText, pasted, read_writing
from filage_web.forms.fields import Dated
from filage_web.forms.french_input import day as read_day

CATEGORIES: Final = choices(Element, "category")
TYPES: Final = choices(Writing, "type")
NEED, ELEMENT, NOTHING = "need", "element", "nothing"
LONG: Final = {"rows": 5}


class DayField(forms.CharField):
    """A day typed in French or picked; gives its file text."""

    widget = Dated

    def clean(self, value: Any) -> str:
        """Read it, or say how to write it."""
        text = str(super().clean(value) or "")
        try:
            return read_day(text) if text else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class AnswerForm(forms.Form):
    """What the artist answers to one question."""

    question = forms.CharField(label=_("Question"), required=False, max_length=500)
    text = forms.CharField(label=_("Réponse"), widget=forms.Textarea(LONG), required=False, max_length=20_000)
    person = forms.ChoiceField(label=_("De"), required=False)
    on = DayField(label=_("Le"), required=False)
    confirmed = forms.BooleanField(
        label=_("Relue et confirmée aujourd’hui"),
        required=False,
        help_text=_(
            "Cochez quand l’artiste a relu. Une réponse dont les mots changent perd sa confirmation."
        ),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], own: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [("", "–"), *people]  # type: ignore[attr-defined]
        self.own = own
        if not own:
            del self.fields["question"]

    def clean(self) -> dict[str, Any]:
        """An answer has words; a question of one's own too."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("text") and "text" not in self.errors:
            self.add_error(
                "text", _("Écrivez la réponse, même en quelques mots ; ou passez à la question suivante.")
            )
        if self.own and not cleaned.get("question"):
            self.add_error("question", _("Écrivez la question posée."))
        return cleaned


class GivenForm(forms.Form):
    """A text given: a file, or words pasted."""

    file = forms.FileField(
        label=_("Fichier"),
        required=False,
        allow_empty_file=True,
        help_text=_("DOCX, PDF ou texte, %(size)s Mo au plus.") % {"size": MAX_BYTES // 1_000_000},
        widget=forms.FileInput({"accept": ".docx,.pdf,.txt,.md,.text"}),
    )
    pasted = forms.CharField(
        label=_("ou le texte, collé ici"), required=False, widget=forms.Textarea({"rows": 8})
    )

    read: WritingText | None = None
    data_given: bytes = b""

    @property
    def file_name(self) -> str:
        """The name of the file given, empty when the words were pasted."""
        given = self.cleaned_data.get("file")
        return str(given.name) if given else ""

    def clean(self) -> dict[str, Any]:
        """Read the words; what is wrong with them is said under the field they came from."""
        cleaned = super().clean() or self.cleaned_data
        given, words = cleaned.get("file"), cleaned.get("pasted") or ""
        if not given and not words.strip():
            self.add_error("file", _("Choisissez un fichier, ou collez le texte dessous."))
            return cleaned
        try:
            if given:
                self.data_given = bytes(given.read(MAX_BYTES + 1))
                self.read = read_writing(self.data_given, str(given.name))
            else:
                self.read = pasted(words)
        except BadInput as error:
            for problem in error.problems:
                said = f"{problem.message[:1].upper()}{problem.message[1:]}."
                way_out = (
                    f" {problem.suggestion[:1].upper()}{problem.suggestion[1:]}."
                    if problem.suggestion
                    else ""
                )
                self.add_error("file" if given else "pasted", said + way_out)
        return cleaned


class WritingForm(GivenForm):
    """A new writing: what it is, then its words."""

    field_order = ("label", "type", "on", "language", "file", "pasted")
    label = forms.CharField(
        label=_("Titre"),
        required=False,
        max_length=200,
        help_text=_("Vide : celui du fichier ou de sa nature."),
    )
    type = forms.ChoiceField(label=_("Nature"), choices=list(TYPES.items()), initial="intent")
    on = DayField(label=_("Le"), required=False)
    language = forms.CharField(label=_("Langue"), required=False, initial="fr", max_length=40)


class MarkForm(forms.Form):
    """A passage, and what it becomes."""

    passage = forms.CharField(
        label=_("Passage"),
        widget=forms.Textarea({"rows": 3}),
        required=False,
        max_length=5_000,
        help_text=_("Sélectionnez des mots du texte, ou recopiez-les."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    becomes = forms.ChoiceField(
        label=_("Il devient"),
        choices=[(NEED, _("un besoin")), (ELEMENT, _("un élément")), (NOTHING, _("seulement marqué"))],
        initial=NEED,
        widget=forms.RadioSelect,
    )
    label = forms.CharField(
        label=_("Nom"), required=False, max_length=200, help_text=_("Vide : les mots du passage.")
    )
    category = forms.ChoiceField(label=_("Catégorie"), choices=list(CATEGORIES.items()), initial="props")

    def clean(self) -> dict[str, Any]:
        """A passage has words."""
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("passage") or "").strip():
            self.add_error("passage", _("Sélectionnez des mots du texte, ou recopiez-les ici."))
        return cleaned
