"""Every table of the office, by area."""

from filage_web.accounts.models import (
    FeedLink,
    Invitation,
    Membership,
    PrivateLink,
    ProductionRole,
    SignInLink,
    Structure,
    User,
)
from filage_web.jobs.models import Computation, WorkerBeat
from filage_web.store.models import (
    Change,
    ChangeSet,
    Delivery,
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
    "Computation",
    "Delivery",
    "Erasure",
    "FeedLink",
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
