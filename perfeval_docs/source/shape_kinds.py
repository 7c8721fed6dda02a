"""What kind of node a field of a shape is read from."""

from __future__ import annotations

import types
from collections import abc
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel


class Kind(StrEnum):
    """A mapping with known keys, one with free keys, a list, or a text."""

    MODEL = "model"
    MAPPING = "mapping"
    SEQUENCE = "sequence"
    TEXT = "text"


@lru_cache(maxsize=256)
def kind_of(annotation: object) -> Kind:
    """Return the kind of an annotation; what is no shape, mapping or list is read from text."""
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return Kind.MODEL
    origin = get_origin(bare)
    if origin in (dict, abc.Mapping):
        return Kind.MAPPING
    if origin in (tuple, list, abc.Sequence):
        return Kind.SEQUENCE
    return Kind.TEXT


def model_of(annotation: object) -> type[BaseModel]:
    """Return the shape of an annotation of kind `MODEL`."""
    bare = _bare(annotation)
    if not (isinstance(bare, type) and issubclass(bare, BaseModel)):
        raise TypeError(bare)
    return bare


def value_of(annotation: object) -> object:
    """Return what the values of a `MAPPING` are."""
    return get_args(_bare(annotation))[1]


def item_of(annotation: object) -> object:
    """Return what the items of a `SEQUENCE` are."""
    return get_args(_bare(annotation))[0]


def _bare(annotation: object) -> object:
    """Take `Annotated[…]` and `… | None` off."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        rest = [each for each in get_args(annotation) if each is not type(None)]
        return _bare(rest[0]) if len(rest) == 1 else annotation
    return annotation
