"""Code run by other processes in the office of a test."""

OPEN = """
from filage.kernel.changes import add, set_
from filage_web.accounts.models import Structure, User
from filage_web.accounts.services import create_structure
from filage_web.store.changes import apply
NIR = "269054958815780"
alice = User.objects.create_user("alice@lefil.test", name="Alice")
structure = create_structure("Compagnie Le Fil", alice, slug="le-fil")
apply(structure, "woyzeck", [
    add("production/woyzeck", label="Woyzeck", form="theatre"),
    add("person/marie", given_name="Marie", family_name="Œdipe"),
    add("person_private/marie", person="person/marie", nir=NIR),
    add("variable/compte", name_text="compte", value="0"),
    add("variable/double", name_text="double", value="0"),
], actor=alice)
"""

WRITE = """
from filage.kernel.changes import set_
from filage_web.accounts.models import Structure
from filage_web.store.changes import apply
structure = Structure.objects.get(slug="le-fil")
for number in range(1, 100_000):
    changes = [set_("variable/compte", value=str(number)), set_("variable/double", value=str(number * 2))]
    print(apply(structure, "woyzeck", changes, actor=None).pk, number, flush=True)
"""

READ = """
from filage_web.accounts.models import Structure
from filage_web.store.models import ChangeSet
from filage_web.store.queries import load_production
loaded = load_production(Structure.objects.get(slug="le-fil"), "woyzeck")
count, double = (int(loaded.dossier.get(f"variable/{name}").value) for name in ("compte", "double"))
assert double == 2 * count, (count, double)
assert loaded.revisions["variable/compte"] == loaded.revision == ChangeSet.objects.latest("pk").pk
assert [finding.about for finding in loaded.findings] == []
print(loaded.revision, count)
"""
