"""Fill Word templates, and read Word files back."""

from perfeval_docs.word.read import read_docx
from perfeval_docs.word.template import Template, compile_template

__all__ = ["Template", "compile_template", "read_docx"]
