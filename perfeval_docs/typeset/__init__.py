"""A filled Word document to PDF, through Typst, and the PDF read back."""

from perfeval_docs.typeset.model import Attachment
from perfeval_docs.typeset.read import joined, read_part, read_pdf
from perfeval_docs.typeset.setter import Typeset, Typesetter

__all__ = ["Attachment", "Typeset", "Typesetter", "joined", "read_part", "read_pdf"]
