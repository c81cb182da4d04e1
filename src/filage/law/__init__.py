"""Law as data: dated, sourced values, refused on a day they do not cover."""

from filage.law.book import Law, OwnValue, law_of, load_law
from filage.law.check import LawCheck, check_law
from filage.law.parameter import REVISIONS, UNITS, Parameter, Value
from filage.law.reading import read_parameter

__all__ = [
    "REVISIONS",
    "UNITS",
    "Law",
    "LawCheck",
    "OwnValue",
    "Parameter",
    "Value",
    "check_law",
    "law_of",
    "load_law",
    "read_parameter",
]
