"""Commands that measure: `python -m bench NAME [--quick] [--json]`."""
