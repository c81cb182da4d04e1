"""The page of the rules of working time is the one the program writes."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import worktime_rules_page  # noqa: E402


def test_the_page_is_up_to_date():
    assert worktime_rules_page.PAGE.read_text(encoding="utf-8") == worktime_rules_page.page()
