"""`python -m sdk.build`; the package's docstring says what it does."""

import sys

from sdk.build import SOURCES, built
from sdk.build.declarations import vendor_builders
from sdk.build.operations import operations_source
from sdk.build.prelude import vendor_packages


def main() -> None:
    if "--vendor" in sys.argv[1:]:
        vendor_packages()
        vendor_builders()
    (SOURCES / "operations.ts").write_text(operations_source(), encoding="utf-8")  # the prelude contains it
    for path, text in built().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}: {len(text.encode()):,} bytes\n")


if __name__ == "__main__":
    main()
