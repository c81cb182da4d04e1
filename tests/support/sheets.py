"""A tour and a shoot written for the sheets: every field that may be printed, and canaries in all that may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.changing import apply_changes
from filage.facts.reading import read_dossier

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.kernel.changes import Change

PERSONAL = ("CANARI-TEL", "CANARI-ADRESSE", "CANARI-IBAN", "285052599004227", "CANARI-NATION", "CANARI-TITRE")
"""What no sheet of anybody holds, whatever the version."""
PRIVATE = (
    "CANARI-CHAMBRE",
    "CANARI-HOTEL-RUE",
    "CANARI-CLES",
    "CANARI-HOTEL-TEL",
    "CANARI-WIFI",
    "CANARI-LIEU",
)
"""What only the team's version holds, and for rooms the version of who sleeps there."""
OWN = ("CANARI-AMENAGEMENT", "CANARI-DEFRAIEMENT")
"""What only one person's own version holds."""

TOUR = """\
schema: filage/1
employer: {id: fil, label: Compagnie Le Fil, city: Besançon}
production:
  id: petite
  label: Petite forme
  form: theatre
  director: Léa Tissot
  duration: 100
  safety: Couteau factice.
  contacts:
  - {role: production, label: Compagnie Le Fil, phone: 03 53 01 42 10}
  - {role: stage, person: person/elie, phone: 06 39 98 60 11}
  - {role: vhss, person: person/ines, phone: 06 39 98 60 12}
people:
- {id: dana, given_name: Dana, family_name: Morel, arrangement: CANARI-AMENAGEMENT}
- {id: ines, given_name: Inès, family_name: Caradec}
- {id: elie, given_name: Élie, family_name: Vasseur}
people_private:
- {id: dana, person: person/dana, born_on: 1985-05-17, nir: '285052599004227', address: CANARI-ADRESSE,
   iban: CANARI-IBAN, nationality: CANARI-NATION, permit: CANARI-TITRE, phone: CANARI-TEL}
venues:
- {id: ecluse, label: Théâtre de l’Écluse, city: Besançon, address: '4 quai des Tanneurs, Besançon', latitude: 47.2378,
   longitude: 6.0241, access: Entrée des artistes par la cour. Gare à 18 min., parking: 2 places, hospital: CHU Minjoz,
   first_aid: SSIAP, wifi: CANARI-WIFI, contact: CANARI-LIEU}
- {id: fabrique, label: La Fabrique, city: Dole, address: 21 rue du Château, dressing_rooms: 'Trois loges, une douche',
   curfew: 23:30, wifi: CANARI-WIFI}
vehicles:
- {id: van, label: Fourgon, seats: 9, licence: B}
elements:
- {id: marie, label: Marie}
- {id: docteur, label: le Docteur}
- {id: couteau, label: couteau factice, category: safety}
scenes:
- {id: s1, number: 1, label: Au miroir, seconds: 90, set: plateau, elements: [element/marie, element/couteau]}
- {id: s2, number: 2, label: Chez le Docteur, seconds: 225, elements: [element/docteur]}
- {id: s3, number: 3, label: La lune, elements: [element/marie]}
- {id: s4, number: 4, label: Le bis, seconds: 60}
- {id: s5, number: 5, label: La foire, seconds: 120}
cues:
- {id: c1, scene: scene/s1, number: L1, department: light, at: 30, label: Aube, mark: entrée}
- {id: c2, scene: scene/s2, number: S1, department: sound, label: Vent}
running_orders:
- id: jeu
  label: Version jouée
  starts_at: 20:00
  scenes:
  - {scene: scene/s1, seconds_done: 100}
  - {scene: scene/s2, title: La consultation, seconds_done: 200}
  - {scene: scene/s3}
  - {scene: scene/s4, state: spare}
  - {scene: scene/s5, state: cut}
needs:
- {id: uniforme, label: retouche de l’uniforme, department: costumes, state: to_find, quantity: 2}
- {id: presse, label: 2 photographes, department: presse, state: booked}
positions:
- {id: marie, label: Marie, roles: [element/marie]}
- {id: docteur, label: Docteur, roles: [element/docteur]}
- {id: regie, label: régie générale, department: technical, status: technicien}
engagements:
- {id: dana, position: position/marie, person: person/dana, phase: exploitation, starts_on: 2026-11-05,
   ends_on: 2026-11-14, unit: cachet, unit_pay: 160, quantity: 3,
   allowances: [{type: restaurant, label: CANARI-DEFRAIEMENT, unit_amount: 21.40}]}
- {id: ines, position: position/docteur, person: person/ines, phase: exploitation, starts_on: 2026-11-05,
   ends_on: 2026-11-14, unit: cachet, unit_pay: 160, quantity: 3}
- {id: elie, position: position/regie, person: person/elie, phase: exploitation, starts_on: 2026-11-04,
   ends_on: 2026-11-14, unit: day, unit_pay: 200}
events:
- {id: repetition, type: rehearsal, day: 2026-10-28, start: 14:00, end: 18:00, venue: venue/ecluse, scenes: [scene/s1]}
- id: premiere
  type: performance
  day: 2026-11-05
  start: 20:00
  end: 22:00
  venue: venue/ecluse
  premiere: true
  scenes: [scene/s1, scene/s2]
  needs: [need/uniforme, need/presse]
  moments:
  - {at: 11:00, label: Réglages lumière, who: [position/regie], told: équipe du lieu}
  - {at: 16:00, label: Raccord sur le plateau, key: true}
  - {at: 17:30, label: Repas sur place, told: foyer}
  - {at: 00:30, label: Retour à l’hôtel}
- {id: dole, type: performance, day: 2026-11-06, start: 20:00, end: 22:00, venue: venue/fabrique, option: option_1,
   option_until: 2026-10-20, weather: '7°, pluie'}
participations:
- {id: r-dana, event: event/repetition, engagement: engagement/dana}
- {id: dana-1, event: event/premiere, engagement: engagement/dana, call: 15:45, dressing: 18:30}
- {id: ines-1, event: event/premiere, engagement: engagement/ines, call: 15:45, dressing: 18:40, wrap: 22:15}
- {id: elie-1, event: event/premiere, engagement: engagement/elie, call: 11:00, wrap: 22:30}
- {id: dana-2, event: event/dole, engagement: engagement/dana, call: 16:30}
- {id: elie-2, event: event/dole, engagement: engagement/elie, call: 14:00}
legs:
- {id: train, mode: train, origin: Besançon, destination: Dole, event: event/dole, distance_km: 50, meeting_at: 08:40,
   meeting_point: 'gare Viotte, hall', departs: 09:02, arrives: 09:31, reference: TER 894}
- {id: decor, mode: van, origin: Besançon, destination: Dole, day: 2026-11-06, event: event/dole, departs: 10:00,
   vehicle: vehicle/van, driver: person/elie}
stays:
- {id: cloche, label: Hôtel de la Cloche, events: [event/dole], nights_after: 1, address: CANARI-HOTEL-RUE,
   check_in: 'CANARI-CLES, dès 15 h 00', breakfast: Dès 07:00, contact: CANARI-HOTEL-TEL,
   rooms: [{label: CANARI-CHAMBRE 12, people: [person/dana]}, {label: CANARI-CHAMBRE 14, people: [person/elie]}]}
meals:
- {id: midi, events: [event/dole], people: 3, at: 13:00, place: au foyer}
"""

SHOOT = """\
schema: filage/1
employer: {id: virage, label: Le Grand Virage}
production: {id: navette, label: La Navette, form: short_film, director: Maëlle Garance}
people:
- {id: samira, given_name: Aline, family_name: Serkis}
- {id: figurant, given_name: Jo, family_name: Figuier}
- {id: victor, given_name: Victor, family_name: Nguyen}
- {id: jeanne, given_name: Jeanne, family_name: Morvan}
venues:
- {id: col, label: Route du col, city: Pré-Saint-Jean, address: Le col, latitude: 45.05, longitude: 5.58,
   parking: Place de l’église, dressing_rooms: Salle des fêtes, catering: Salle des fêtes}
vehicles:
- {id: minibus, label: Minibus, seats: 16, licence: D}
elements:
- {id: lucien, label: Lucien}
- {id: samira, label: Samira}
- {id: foule, label: passants, category: extras}
- {id: gateau, label: le gâteau, category: props}
scenes:
- {id: 8, number: 8, label: Col, int_ext: EXT, set: Route du col, time: nuit, eighths: 5, minutes: 60,
   summary: La Navette s’arrête., elements: [element/samira, element/lucien, element/gateau]}
- {id: 9, number: 9, label: Car, int_ext: INT, set: Navette, time: nuit, eighths: 9,
   elements: [element/samira, element/foule]}
shots:
- {id: a, scene: scene/9, minutes: 25}
- {id: b, scene: scene/9, minutes: 20}
running_orders:
- {id: scenario, label: Scénario, scenes: [{scene: scene/8}, {scene: scene/9}]}
needs:
- {id: manteaux, label: manteaux d’hiver, department: Costumes, element: element/foule}
positions:
- {id: samira, label: Samira, roles: [element/samira]}
- {id: foule, label: Passants, status: figurant, roles: [element/foule], people: 12}
- {id: assistant, label: Premier assistant, department: technical, status: technicien}
- {id: image, label: Image, department: technical, status: technicien}
engagements:
- {id: samira, position: position/samira, person: person/samira, starts_on: 2026-10-29, ends_on: 2026-10-30, unit: day,
   unit_pay: 280}
- {id: figurant, position: position/foule, person: person/figurant, starts_on: 2026-10-29, ends_on: 2026-10-29,
   unit: day, unit_pay: 110}
- {id: victor, position: position/assistant, person: person/victor, starts_on: 2026-10-29, ends_on: 2026-10-30,
   unit: day, unit_pay: 200}
- {id: jeanne, position: position/image, person: person/jeanne, starts_on: 2026-10-29, ends_on: 2026-10-30, unit: day,
   unit_pay: 200}
events:
- {id: j1, type: shoot, day: 2026-10-29, start: 12:00, end: 21:00, venue: venue/col, scenes: [scene/8, scene/9],
   weather: 4°, vehicles: [vehicle/minibus]}
- {id: j2, type: shoot, day: 2026-10-30, start: 13:00, end: 22:00, venue: venue/col}
participations:
- {id: j1-samira, event: event/j1, engagement: engagement/samira, pickup: 12:15, driver: Marius, call: 13:00,
   dressing: 13:15, ready: 14:30}
- {id: j1-figurant, event: event/j1, engagement: engagement/figurant, call: 15:00}
- {id: j1-victor, event: event/j1, engagement: engagement/victor, breaks: [{start: 16:00, end: 17:00}]}
- {id: j1-jeanne, event: event/j1, engagement: engagement/jeanne, breaks: [{start: 16:00, end: 17:00}]}
- {id: j2-victor, event: event/j2, engagement: engagement/victor}
legs:
- {id: ramassage, mode: car, origin: Grenoble, destination: le col, day: 2026-10-29, meeting_at: 12:15,
   passengers: [person/samira], driver: person/victor}
"""


def tour(*changes: Change) -> Dossier:
    """The tour, after these changes."""
    return apply_changes(read_dossier(TOUR.encode(), file="tournee.yaml"), changes)


def shoot(*changes: Change) -> Dossier:
    """The shoot, after these changes."""
    return apply_changes(read_dossier(SHOOT.encode(), file="tournage.yaml"), changes)
