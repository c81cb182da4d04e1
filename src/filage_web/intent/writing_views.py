"""The writings: given, shown with their passages, marked, replaced by a new version."""

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filage.facts.base import label_of
from filage.facts.intent import Mark, Writing
from filage.facts.script import Need
from filage.kernel.changes import Change, add, set_
from filage.kernel.changes import remove as removal
from filage.kernel.errors import BadInput
from filage.planning.needs import DEPARTMENTS
from filage.script.elements import risks_named
from filage.script.passages import new_version, standing, stretches, suggested
from filage.script.texts import find_passage
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest, member_view
from filage_web.accounts.roles import EDIT, SEE
from filage_web.forms.identifiers import new_id
from filage_web.intent.forms import ELEMENT, NEED, GivenForm, MarkForm, WritingForm
from filage_web.intent.queries import became_of, marks_in
from filage_web.preview import save, show_effect
from filage_web.preview.answers import refused
from filage_web.shell.opening import open_page
from filage_web.store.files import GivenFile, keep_file
from filage_web.store.models import File, Production
from filage_web.store.outcomes import Opened

KIND = Writing.kind
NAMED = 80


@member_view(EDIT, KIND)
@require_http_methods(["GET", "POST"])
def add_writing(request: MemberRequest) -> HttpResponseBase:
    """Give a new text."""
    opened = open_page(request)
    form = WritingForm(request.POST or None, request.FILES or None, initial={"on": clock.today().isoformat()})
    if request.method == "POST" and form.is_valid() and form.read:
        typed = form.cleaned_data
        values: dict[str, Any] = {
            "label": typed["label"] or PurePath(form.file_name).stem.strip() or label_of(
                Writing(id="w", label="w", text="w", type=typed["type"]), "type"
            ),
            "type": typed["type"],
            "on": typed["on"],
            "language": typed["language"],
            "file": _keep(request, form),
            "text": form.read.text,
        }  # fmt: skip
        ident = new_id(KIND, values, set(opened.dossier.by_kind.get(KIND, {})))
        change = add(f"writing/{ident}", **{key: value for key, value in values.items() if value})
        _warn(request, form)
        label = _("Écrit ajouté : %(what)s") % {"what": values["label"]}
        return _save(request, [change], _address(request, ident), label)
    status = 422 if form.is_bound else 200
    return render(request, "intent/add.html", {"form": form, "back": _front(request)}, status=status)


@member_view(SEE, KIND)
@require_GET
def page(request: MemberRequest, writing: str) -> HttpResponseBase:
    """Show a text, its passages marked, and what they became."""
    opened = open_page(request)
    return _show(request, opened, _writing(opened, writing), MarkForm(), GivenForm())


@member_view(EDIT, Mark.kind)
@require_POST
def mark(request: MemberRequest, writing: str) -> HttpResponseBase:
    """Mark a passage; what it becomes is written with it."""
    opened = open_page(request)
    fact = _writing(opened, writing)
    form = MarkForm(request.POST)
    if form.is_valid():
        place = find_passage(
            fact.text, form.cleaned_data["passage"].strip(), near=form.cleaned_data["start"] or 0
        )
        if place is None:
            form.add_error(
                "passage", _("Ces mots ne sont pas dans le texte. Recopiez-les tels qu’ils y sont.")
            )
        else:
            passage = fact.text[place[0] : place[1]]
            changes = _marked(opened, fact, passage, place[0], form.cleaned_data)
            label = _("Passage marqué : « %(passage)s »") % {"passage": _short(passage)}
            return _save(
                request, changes, _address(request, writing, f"#{changes[-1].about.replace('/', '-')}"), label
            )
    return _show(request, opened, fact, form, GivenForm(), status=422)


def _marked(opened: Opened, fact: Writing, passage: str, start: int, typed: dict[str, Any]) -> list[Change]:
    """The mark, last, after what it becomes; a need names its mark, a mark its element.

    A passage already marked there is not marked twice: it becomes one thing more.
    """
    taken = opened.dossier.by_kind
    name = typed["label"].strip() or _short(passage)
    marks = marks_in(opened.dossier, fact.about)
    known = next((one for one in marks if (one.passage, one.start) == (passage, start)), None)
    ident = known.id if known else new_id(Mark.kind, {"label": name}, set(taken.get(Mark.kind, {})))
    values: dict[str, Any] = {"writing": fact.about, "passage": passage, "start": start}
    changes: list[Change] = []
    category = typed["category"]
    if typed["becomes"] == NEED:
        need = {"label": name, "department": DEPARTMENTS[category], "source": f"mark/{ident}"}
        changes.append(_added("need", need, taken))
    elif typed["becomes"] == ELEMENT:
        element: dict[str, Any] = {"label": name, "category": category}
        if risks := risks_named(name):
            element["risks"] = list(risks)
        changes.append(_added("element", element, taken))
        values["element"] = changes[0].about
    if known is None:
        changes.append(Change(op="add", about=f"mark/{ident}", values=values))
    elif "element" in values:
        changes.append(set_(known.about, element=values["element"]))
    return changes


def _added(kind: str, values: dict[str, Any], taken: Any) -> Change:
    return Change(op="add", about=f"{kind}/{new_id(kind, values, set(taken.get(kind, {})))}", values=values)


@member_view(EDIT, KIND)
@require_POST
def version(request: MemberRequest, writing: str) -> HttpResponseBase:
    """Replace the words of a text; passages whose words are still there follow, the others are said lost."""
    opened = open_page(request)
    fact = _writing(opened, writing)
    form = GivenForm(request.POST, request.FILES)
    if not form.is_valid() or form.read is None:
        return _show(request, opened, fact, MarkForm(), form, status=422)
    changes, kept, lost = new_version(fact, form.read.text, marks_in(opened.dossier, fact.about))
    name, day = _keep(request, form), clock.today().isoformat()
    given = {"file": name} if name else {}
    clear = ("file",) if fact.file and not name else ()
    changes[0] = set_(fact.about, clear=clear, text=form.read.text, on=day, **given)
    _warn(request, form)
    if lost:
        said = ngettext(
            "%(n)s passage n’est plus dans le texte : %(what)s",
            "%(n)s passages ne sont plus dans le texte : %(what)s",
            len(lost),
        )
        messages.warning(
            request,
            said % {"n": len(lost), "what": ", ".join(f"« {_short(one.passage)} »" for one in lost[:4])},
        )
    label = _("Nouvelle version de %(what)s") % {"what": fact.label}
    if kept:
        again = ngettext("%(n)s passage retrouvé", "%(n)s passages retrouvés", len(kept)) % {"n": len(kept)}
        label = f"{label}, {again}"
    return _save(request, changes, _address(request, writing), label)


@member_view(EDIT, KIND)
@require_POST
def remove(request: MemberRequest, writing: str) -> HttpResponseBase:
    """Show what removing a text and its passages would do; the needs they asked for stay."""
    opened = open_page(request)
    fact = _writing(opened, writing)
    marks = [one.about for one in marks_in(opened.dossier, fact.about)]
    changes = [*_untied(opened, marks), *(removal(about) for about in marks), removal(fact.about)]
    title = _("Retirer l’écrit : %(what)s") % {"what": fact.label}
    try:
        return show_effect(request, changes, back=_front(request), title=title, label=title)
    except BadInput as error:
        return refused(request, error, _address(request, writing))


@member_view(EDIT, Mark.kind)
@require_POST
def unmark(request: MemberRequest, mark: str) -> HttpResponseBase:
    """Forget a passage; what it became stays."""
    opened = open_page(request)
    fact = opened.dossier.find(f"mark/{mark}", Mark)
    if fact is None:
        raise Http404
    back = _address(request, fact.writing.partition("/")[2]) if fact.writing else _front(request)
    label = _("Passage oublié : « %(passage)s »") % {"passage": _short(fact.passage)}
    return _save(request, [*_untied(opened, [fact.about]), removal(fact.about)], back, label)


def _untied(opened: Opened, marks: list[str]) -> list[Change]:
    """The needs that came from these passages no longer say so."""
    return [set_(need.about, clear=("source",)) for need in opened.dossier.all(Need) if need.source in marks]


def _show(
    request: MemberRequest,
    opened: Opened,
    fact: Writing,
    form: MarkForm,
    version_form: GivenForm,
    *,
    status: int = 200,
) -> HttpResponseBase:
    marks = marks_in(opened.dossier, fact.about)
    found, lost = standing(fact.text, marks)
    became = became_of(opened.dossier)
    files = File.objects.filter(
        structure=request.structure, production__slug=request.production_id, name=fact.file
    )
    context = {
        "writing": fact,
        "type": label_of(fact, "type"),
        "stretches": list(stretches(fact.text, found)),
        "found": [(one.mark, became.get(one.mark.about, ())) for one in found],
        "lost": [(one, became.get(one.about, ())) for one in lost],
        "file": files.values_list("pk", flat=True).first() if fact.file else None,
        "words": len(fact.text.split()),
        "suggestions": _proposed(fact, [one.mark.passage for one in found]),
        "form": form,
        "version_form": version_form,
        "kinds": [(NEED, _("Besoin")), (ELEMENT, _("Élément"))],
    }
    return render(request, "intent/writing.html", context, status=status)


def _proposed(fact: Writing, marked: list[str]) -> list[Any]:
    """What the words suggest and nobody marked yet."""
    return [one for one in suggested(fact.text) if not any(one.label in passage for passage in marked)]


def _writing(opened: Opened, ident: str) -> Writing:
    fact = opened.dossier.find(f"writing/{ident}", Writing)
    if fact is None:
        raise Http404
    return fact


def _keep(request: MemberRequest, form: GivenForm) -> str:
    """Keep the file given beside the facts, under a name no other file has; its name, empty when pasted."""
    if not form.file_name:
        return ""
    production = Production.objects.get(structure=request.structure, slug=request.production_id)
    given = form.cleaned_data["file"]
    file = GivenFile(form.file_name, form.data_given, given.content_type or "application/octet-stream")
    known = dict(File.objects.filter(production=production).values_list("name", "sha256"))
    name, rank = PurePath(file.name), 2
    while known.get(file.name, file.sha256) != file.sha256:
        file = GivenFile(f"{name.stem} ({rank}){name.suffix}", file.data, file.media_type)
        rank += 1
    return str(keep_file(request.structure, production, file, actor=request.user).name)


def _warn(request: MemberRequest, form: GivenForm) -> None:
    for warning in form.read.warnings if form.read else ():
        messages.warning(request, f"{warning[:1].upper()}{warning[1:]}")


def _short(text: str) -> str:
    """The first words of a passage."""
    words = " ".join(text.split())
    return words if len(words) <= NAMED else f"{words[:NAMED].rsplit(' ', 1)[0]}…"


def _save(request: MemberRequest, changes: list[Change], back: str, label: str) -> HttpResponseBase:
    try:
        return save(request, changes, back=back, label=label[:200])
    except BadInput as error:
        return refused(request, error, back)


def _address(request: MemberRequest, ident: str, anchor: str = "") -> str:
    return reverse("intent:writing", args=[request.structure.slug, request.production_id, ident]) + anchor


def _front(request: MemberRequest) -> str:
    return reverse("intent:page", args=[request.structure.slug, request.production_id])
