"""A dossier written as YAML or JSON, in canonical order; reading it back gives equal facts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from filage.facts.dossier import SCHEMA
from filage.facts.kinds import BY_KIND

if TYPE_CHECKING:
    from filage.facts.base import Fact
    from filage.facts.dossier import Dossier


def values_of(fact: Fact, *, defaults: bool = False) -> dict[str, Any]:
    """Return the file values of a fact: text, lists and mappings; what is absent or default is left out.

    With `defaults`, defaults are written out too (database bodies: D23), only what is absent is left out.
    """
    if defaults:
        return fact.model_dump(mode="json", exclude_none=True)
    return fact.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def tree_of(dossier: Dossier, *, with_private: bool = False) -> dict[str, Any]:
    """Return the dossier as plain values; private kinds only `with_private`."""
    tree: dict[str, Any] = {"schema": SCHEMA}
    for fact in dossier if with_private else dossier.without_private():
        model = BY_KIND[fact.kind]
        values = values_of(fact)
        if model.alone:
            tree[model.collection] = values
        else:
            tree.setdefault(model.collection, []).append(values)
    return tree


def write_json(dossier: Dossier, *, with_private: bool = False) -> bytes:
    """Write the dossier as UTF-8 JSON."""
    text = json.dumps(tree_of(dossier, with_private=with_private), ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def write_yaml(dossier: Dossier, *, with_private: bool = False) -> bytes:
    """Write the dossier as UTF-8 YAML, one block per fact."""
    text = yaml.dump(
        tree_of(dossier, with_private=with_private),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=110,
    )
    return text.encode()


class _Dumper(yaml.SafeDumper):
    """Writes text as plain as YAML allows: every scalar is read back as text, so `1.6` needs no quotes."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, object]]] = {}  # noqa: RUF012 - overrides the class attribute


_READ_AS_NEW_LINES = "\x85\u2028\u2029"
"""Characters a YAML reader takes for ends of lines unless they are quoted."""


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    quoted = value in ("", "~", "null", "Null", "NULL") or any(char in value for char in _READ_AS_NEW_LINES)
    style = '"' if quoted else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
