"""Makes what is committed beside the SDK's sources: the prelude, the declarations, the table of `rest.*`.

    python -m sdk.build            write them
    python -m sdk.build --vendor   first take anew what needs Node: the packages in sdk/src/node_modules, and the
                                   builders' declarations (after `npm ci` in sdk/src)

Only who develops the SDK runs this, and mostly without Node: the packages that the prelude contains lie in
sdk/src/vendor, and what the TypeScript compiler said of the builders in sdk/src/declarations/builders.d.ts.
"""

from pathlib import Path

from sdk.build.declarations import DECLARATIONS, declarations_source
from sdk.build.operations import operations_source, path_names, rest_operations
from sdk.build.prelude import PRELUDE, SOURCES, BuildError, prelude_source

__all__ = [
    "DECLARATIONS",
    "PRELUDE",
    "SOURCES",
    "BuildError",
    "built",
    "path_names",
    "rest_operations",
]


def built() -> dict[Path, str]:
    """What should lie in the repository, by where."""
    return {
        SOURCES / "operations.ts": operations_source(),
        PRELUDE: prelude_source(),
        DECLARATIONS: declarations_source(),
    }
