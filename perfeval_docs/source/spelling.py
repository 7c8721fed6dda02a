"""How keys may be spelled: the English name, and labels that mean the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from pydantic import BaseModel

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.source.nodes import Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """How keys may be spelled besides their English names.

    `spellings` holds for a shape and an English key its other spellings, the usual one
    first; `hints` where else that key may be written.
    """

    spellings: Lookup[type[BaseModel], Lookup[str, tuple[str, ...]]] = field(default_factory=dict)
    hints: Lookup[type[BaseModel], Lookup[str, Message]] = field(default_factory=dict)
    _known: dict[type[BaseModel], Lookup[str, str]] = field(default_factory=dict)

    def known(self, model: type[BaseModel]) -> Lookup[str, str]:
        """Return every spelling of a shape's keys and the English key that it means."""
        if model not in self._known:
            # There are as many entries as there are shapes in the code.
            others = self.spellings.get(model, {})
            names = tuple(model.model_fields)
            self._known[model] = {name: name for name in names} | {
                spelling: name for name in names for spelling in others.get(name, ())
            }
        return self._known[model]

    def name(self, model: type[BaseModel], key: Scalar) -> str | None:
        """Return the English key that a key as typed means in a shape."""
        return self.known(model).get(spelled(key.value))

    def label(self, model: type[BaseModel], name: str) -> str:
        """Return the usual spelling of a key besides the English one, which stands for none."""
        return next(iter(self.spellings.get(model, {}).get(name, ())), name)

    def shown(self, model: type[BaseModel] | None, name: str, *, label_only: bool) -> str | Message:
        """Return a key as messages name it: `fiscal_year / 预算年度`, or its label."""
        label = name if model is None else self.label(model, name)
        if label_only or label == name:
            return label
        return msg("{key} / {label}", key=name, label=label)


def spelled(key: str) -> str:
    """Return a key as it is looked up: no white space, full-width signs and letters narrowed."""
    return "".join(unicodedata.normalize("NFKC", key).split())
