"""One builder from a fact class to a form (D25): the fields' French titles, helps, units and lists come from `facts/`.

    form = FactForm("engagement", request.POST or None, choices=choices, fact=fact, revision=revision)
    if request.method == "POST" and form.is_valid():
        return show_effect(request, form.changes(), seen=form.seen, back=address)     # filage_web.preview

* `choices` = `Choices(structure, dossier)`: what references may point at, named in French; one query when needed.
* `fact` is the fact edited (None: a new one); `revision` its row's revision (`loaded.revisions.get(fact.about)`),
  carried by the form and read back by `form.seen`; `variables` (`outcome.variables`) lets expressions be tried.
* `only` / `without` choose fields; `initial` gives file values to a new fact; `prefix` as in Django.
* `form.changes()` is a tuple of one `add` or `set` (empty when nothing changed), in file text, ready for
  `store.changes.apply` or for a preview; `form.about` is `kind/id`; a new fact gets its id from its name
  (`identifiers.new_id`).
* `form.fact` is the validated fact; `form.values` its file values; `form.problem("unit_pay", "…")` adds an error.

In a template: `{% include "forms/fields.html" %}` draws every field of `form` (also repeated rows and nested parts);
`<c-field :field="form.unit_pay" unit="€" />` draws one. Input is French: « 1 250,50 € », 14/03/2026, 20h30, « 5,5 % ».
What was typed is kept, each problem stands under its field.

Any kind already has its pages, previewed before they are saved (package `fact_pages`):

    {% url "forms:add" structure.slug production_id "funding" %}                nouvelle fiche
    {% url "forms:edit" structure.slug production_id "funding" "drac" %}        fiche
    {% url "forms:remove" structure.slug production_id "funding" "drac" %}      (POST) retirer

They accept `?retour=ADDRESS` (where to go after) and, for `add`, `?field=value` for the first values; links with
`hx-get`, `hx-target="#panel"` open them in the panel.
"""

from filage_web.forms.builder import Choices, FactForm

__all__ = ["Choices", "FactForm"]
