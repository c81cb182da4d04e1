"""The impact preview: what a change would do, before it is saved; then its confirmation, the toast and its undo.

In a view that has read changes (from a FactForm or otherwise):

    from filage_web.preview import show_effect
    try:
        return show_effect(request, changes, seen=form.seen, back=address)
    except BadInput as error:
        form.refuse(error)                      # the problems go under their fields; draw the form again

* `changes`: a tuple of `filage.kernel.changes.Change`; none gives back the page with « Rien n’a changé ».
* `seen`: revisions of the rows shown (`FactForm.seen`); `back`: where to go after confirming or giving up (a path of
  this site, may hold a query and a #place); `title`, `label`: only when the words found alone do not suit (the label
  is the history's line).
* The answer is a sheet for the panel (htmx: `hx-post=… hx-target="#panel"`) or a whole page without JavaScript.
* Confirming checks the right to edit each kind, applies with `seen`; shows the sheet again when the production moved
  and the effect is no longer the same; shows both versions when a fact shown has moved.

To save at once what has no consequence worth a sheet (a note, a name): `save(request, changes, seen=…, back=…)`.

Addresses: `preview:confirm` (POST), `preview:undo` (POST): `{% url "preview:undo" slug production number %}`.
"""

from filage_web.preview.answers import save, show_effect

__all__ = ["save", "show_effect"]
