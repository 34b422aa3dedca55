"""Commands that measure: `python -m bench NAME [--quick] [--json]`.

Each public module or package here with a `run(quick)` is a bench of that name, and its docstring says what is measured.
What it means stands in `words/NAME.md`, what came out in `results/NAME.json`; together they are docs/benchmarks.md.

`harness.py` is what benches share, `report.py` writes the page, `check.py` says what got worse, and `profile.py` draws
where the time goes. A helper's name begins with an underscore:

- what is sent: `_corpus.py`, `_payloads.py`; what is run: `_scripts.py`, and in the race `race/bots/`
- parts of flora to measure: `_runtime.py` (without gateway and stores), `_traffic.py` (one isolate), `_streams.py`
- the others: `_peers.py`, `_peer.py`, `_workerd.py` and `peers/` (runtimes), `race/entrants.py` (bots); `_fetched.py`
  (where they come from)
- instruments: `_tree.py` (processes), `_watch.py` (their memory), `_sampled_isolates.py`, `_flame.py`, `plots.py`;
  `_http_load.py`, `_readers.py`
"""
