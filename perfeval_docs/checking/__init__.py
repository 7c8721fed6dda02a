"""The journey of a check: records to diagnostics, as much as is not known from before."""

from typing import TYPE_CHECKING

from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import RecordFile, passed_over, record_file, refuse_other

if TYPE_CHECKING:
    from perfeval_docs.checking.journey import Checked, check
    from perfeval_docs.checking.stages import Inputs, Prepared, prepare, read_inputs
else:
    from importlib import import_module

    def __getattr__(name: str) -> object:
        """Load the stages of a record when one is asked for: a build that makes nothing is not."""
        for module in ("stages", "journey"):
            if name in _LATER[module]:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(name)

    _LATER = {
        "stages": {"Inputs", "Prepared", "prepare", "read_inputs"},
        "journey": {"Checked", "check"},
    }

__all__ = [
    "Checked",
    "Inputs",
    "Prepared",
    "RecordFile",
    "check",
    "passed_over",
    "prepare",
    "read_bytes",
    "read_inputs",
    "record_file",
    "refuse_other",
]
