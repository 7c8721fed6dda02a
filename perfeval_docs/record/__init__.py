"""What a unit writes: the shape of a record, its keys, how it is read, its schema."""

from perfeval_docs.record.decode import decode_record
from perfeval_docs.record.model import Amounts, Defaults, Funds, Goal, Indicator, Record, Waiver

__all__ = ["Amounts", "Defaults", "Funds", "Goal", "Indicator", "Record", "Waiver", "decode_record"]
