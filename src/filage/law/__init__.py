"""Law as data: dated, sourced values, refused on a day they do not cover."""

from filage.law.book import OWN_PREFIX, Law, OwnValue, law_of, load_law
from filage.law.check import LawCheck, check_law
from filage.law.parameter import REVISIONS, UNITS, Parameter, Value
from filage.law.reading import read_parameter
from filage.law.standing import Moved, Standing, moved_between, same_day, standing
from filage.law.subject import TITLES, subject_of
from filage.law.to_review import ToReview, to_review

__all__ = [
    "OWN_PREFIX",
    "REVISIONS",
    "TITLES",
    "UNITS",
    "Law",
    "LawCheck",
    "Moved",
    "OwnValue",
    "Parameter",
    "Standing",
    "ToReview",
    "Value",
    "check_law",
    "law_of",
    "load_law",
    "moved_between",
    "read_parameter",
    "same_day",
    "standing",
    "subject_of",
    "to_review",
]
