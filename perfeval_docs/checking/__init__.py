"""The journey of a check: records to diagnostics, as much as is not known from before."""

from perfeval_docs.checking.journey import Checked, check
from perfeval_docs.checking.records import RecordFile, record_file
from perfeval_docs.checking.stages import Inputs, Prepared, prepare, read_bytes, read_inputs

__all__ = [
    "Checked",
    "Inputs",
    "Prepared",
    "RecordFile",
    "check",
    "prepare",
    "read_bytes",
    "read_inputs",
    "record_file",
]
