"""A filled Word document to PDF, through Typst, and the PDF read back."""

from perfeval_docs.typeset.read import read_pdf
from perfeval_docs.typeset.setter import Typeset, Typesetter

__all__ = ["Typeset", "Typesetter", "read_pdf"]
