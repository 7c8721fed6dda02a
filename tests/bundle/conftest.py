"""The six records as a bundle, whole and taken apart."""

from pathlib import Path

import pytest

from tests.bundle.bundles import Files, bundle_of, taken_apart


@pytest.fixture(scope="module")
def bundle(six: Path) -> bytes:
    return bundle_of(six.parents[1])


@pytest.fixture
def files(bundle: bytes) -> Files:
    return taken_apart(bundle)
