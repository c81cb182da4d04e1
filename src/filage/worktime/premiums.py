"""Premiums: the rows of the rules that raise the pay instead of limiting the hours."""

from __future__ import annotations

from filage.worktime.premium_rules import premium_ids, premiums

__all__ = ["premium_ids", "premiums"]
