"""Tools of the workbench, not part of the package."""
