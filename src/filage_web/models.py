"""Every table of the office, by area."""

from filage_web.accounts.models import (
    Invitation,
    Membership,
    PrivateLink,
    ProductionRole,
    SignInLink,
    Structure,
    User,
)
from filage_web.jobs.models import WorkerBeat
from filage_web.store.models import (
    Change,
    ChangeSet,
    Erasure,
    File,
    Issued,
    Link,
    Outcome,
    PrivateChange,
    Production,
    Row,
)

__all__ = [
    "Change",
    "ChangeSet",
    "Erasure",
    "File",
    "Invitation",
    "Issued",
    "Link",
    "Membership",
    "Outcome",
    "PrivateChange",
    "PrivateLink",
    "Production",
    "ProductionRole",
    "Row",
    "SignInLink",
    "Structure",
    "User",
    "WorkerBeat",
]
