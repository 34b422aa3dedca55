"""Commands that measure: `python -m bench NAME [--quick] [--json]`.

Each public module or package here with a `run(quick)` is a bench of that name; `harness.py` is what
they share. A helper's name begins with an underscore.
"""
