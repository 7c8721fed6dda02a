"""What a finance bureau decrees: points, rounding, grades, words, labels, each with its basis."""

from perfeval_docs.profile.load import (
    LoadedProfile,
    ReadFile,
    is_built_in,
    load_profile,
    profile_names,
    read_file,
    unknown_profile,
)
from perfeval_docs.profile.model import Profile

__all__ = [
    "LoadedProfile",
    "Profile",
    "ReadFile",
    "is_built_in",
    "load_profile",
    "profile_names",
    "read_file",
    "unknown_profile",
]
