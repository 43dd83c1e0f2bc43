"""The program's version, from its own metadata."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("model-catalog")
except PackageNotFoundError:  # run from a folder that was never installed
    VERSION = "0"
