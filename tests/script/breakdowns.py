"""A shoot of three days written for one question at a time."""

from __future__ import annotations

from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier
from filage.facts.reading import read_dossier
from filage.kernel.changes import Change

SHOOT = """\
schema: filage/1
employer: {id: fil, label: Le Fil, idcc: 3097}
production: {id: film, label: Le Film, form: short_film, running_order: running_order/v1}
people:
- {id: dana, given_name: Dana, family_name: Morel}
- {id: elie, given_name: Élie, family_name: Vasseur}
venues:
- {id: ferme, label: La Ferme}
elements:
- {id: marc, label: Marc, words: 12}
- {id: zoe, label: Zoé, words: 30}
- {id: figurants, label: six passants, category: extras}
- {id: chien, label: un chien, category: animal}
- {id: bougie, label: une bougie, category: props, risks: [fire], minutes: 10}
scenes:
- {id: 1, number: 1, label: La cuisine, set: Cuisine, int_ext: INT, time: nuit, eighths: 14, words: 20,
   elements: [element/zoe, element/bougie], summary: Elle attend.}
- {id: 2, number: 2, label: La cour, int_ext: EXT, eighths: 3, estimated: true,
   elements: [element/marc, element/zoe, element/chien]}
- {id: 3, label: Le toit, eighths: 8, minutes: 45, elements: [element/marc]}
- {id: 4, number: 4, label: Coupée, elements: [element/marc]}
running_orders:
- id: v1
  label: Version 1
  scenes:
  - {scene: scene/2, title: Dans la cour}
  - {scene: scene/1, part: I}
  - {scene: scene/3, state: spare}
  - {scene: scene/4, state: cut}
shots:
- {id: a, scene: scene/2, number: 2/1, minutes: 20}
- {id: b, scene: scene/2, number: 2/2, minutes: 15}
plans:
- {id: p, label: Plan, starts_on: 2026-10-20, ends_on: 2026-10-22, minutes_per_eighth: 10}
positions:
- {id: zoe, label: Zoé, roles: [element/zoe]}
- {id: marc, label: Marc, roles: [element/marc]}
engagements:
- {id: dana, position: position/zoe, person: person/dana, starts_on: 2026-10-20, ends_on: 2026-10-22, unit: day,
   unit_pay: 200}
needs:
- {id: accord, label: Accord du lieu, element: element/bougie, state: quoted, owner: person/elie, department: régie,
   needed_on: 2026-10-10}
events:
- {id: j1, type: shoot, label: Jour 1, day: 2026-10-20, start: 08:00, end: 18:00, venue: venue/ferme,
   scenes: [scene/1]}
- {id: j2, type: shoot, label: Jour 2, day: 2026-10-21, scenes: [scene/3]}
- {id: j3, type: shoot, label: Jour 3, day: 2026-10-22, scenes: [scene/2]}
- {id: annule, type: shoot, day: 2026-10-23, scenes: [scene/1], option: cancelled}
"""


def shoot(*changes: Change) -> Dossier:
    return apply_changes(read_dossier(SHOOT.encode(), file="film"), changes)
