"""What a scrape says, parsed by Prometheus's own parser."""

from collections.abc import Sequence

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from actors.exposition import Family, Kind, written
from actors.isolate.isolate import Run
from actors.metrics import Metrics, by_label, of_workers
from actors.outcomes import RunOutcome
from actors.placement import WorkerId
from actors.refs import WorkerStatus

SEEDS = {
    *("flora_dispatch_success_total", "flora_dispatch_error_total", "flora_dispatch_duration_seconds_count"),
    *("flora_timeout_error_total", "flora_oom_error_total", "flora_isolate_restarted_total"),
    *("flora_migration_success_total", "flora_migration_timeout_total"),
    "flora_migration_quiesce_duration_seconds_count",
}
ORIGINAL = {
    *("flora_dispatch_total", "flora_dispatch_errors_total", "flora_timeout_errors_total", "flora_oom_errors_total"),
    *("flora_isolate_restarts_total", "flora_runtime_restarts_total", "flora_migration_success_total"),
    *("flora_migration_timeout_total", "flora_isolate_count", "flora_migration_quiesce_duration_us"),
    *("flora_dispatch_latency_avg_us", "flora_dispatch_latency_p50_us"),
    *("flora_dispatch_latency_p95_us", "flora_dispatch_latency_p99_us"),
}


async def samples(metrics: Metrics) -> dict[str, float]:
    text = (await metrics.render()).decode()
    return {
        sample.name + "".join(f"|{label}={value}" for label, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def workers() -> list[WorkerStatus]:
    return [
        WorkerStatus(WorkerId(0), "running", guilds=5, live=2, backlog=7, zygote_warm=True, zygote_restarts=1),
        WorkerStatus(WorkerId(1), "running", guilds=3, live=3, backlog=0, zygote_warm=False, zygote_restarts=0),
    ]


async def test_every_name_that_operators_know_is_served() -> None:
    metrics = Metrics()
    metrics.add(of_workers(workers, lambda: 4, lambda: 2))
    found = await samples(metrics)
    assert (SEEDS | ORIGINAL) - found.keys() == set()
    assert not any("guild=" in name for name in found)


async def test_dispatches_are_counted_by_how_they_ended_and_how_long_they_took() -> None:
    metrics = Metrics()
    for outcome, wall_s in ((RunOutcome.OK, 0.0007), (RunOutcome.OK, 0.02), (RunOutcome.THREW, 0.001)):
        metrics.dispatched(Run(outcome, cpu_us=500), wall_s)
    metrics.dispatched(Run(RunOutcome.WALL_TIME), 3.0)
    metrics.dispatched(Run(RunOutcome.OK, out_of_memory=True), 99.0)
    metrics.cut(RunOutcome.CPU)
    metrics.cut(RunOutcome.MEMORY)
    found = await samples(metrics)
    assert found["flora_dispatch_total"] == 5
    assert found["flora_dispatch_success_total"] == 3
    assert found["flora_dispatch_error_total"] == found["flora_dispatch_errors_total"] == 2
    assert found["flora_timeout_error_total"] == 2
    assert found["flora_oom_error_total"] == 2
    assert found["flora_dispatch_outcomes_total|outcome=threw"] == 1
    assert found["flora_dispatch_duration_seconds_bucket|le=0.001"] == 2
    assert found["flora_dispatch_duration_seconds_bucket|le=5"] == 4
    assert found["flora_dispatch_duration_seconds_bucket|le=+Inf"] == 5
    assert found["flora_dispatch_duration_seconds_count"] == 5
    assert found["flora_dispatch_latency_p50_us"] == 20_000
    assert found["flora_script_cpu_seconds_total"] == 0.0015
    assert metrics.snapshot()["dispatch_errors"] == 2


async def test_drops_restarts_moves_workers_and_others_numbers_are_in_a_scrape() -> None:
    metrics = Metrics()
    metrics.dropped("backlog")
    metrics.dropped("backlog")
    metrics.restarted()
    metrics.migrated("ok", 0.004, 0.02)
    metrics.migrated("timeout", None, None)
    metrics.add(of_workers(workers, lambda: 4, lambda: 2))
    metrics.add(lambda: [by_label("flora_fetch", "Requests", "outcome", {"ok": 3})])
    found = await samples(metrics)
    assert found["flora_dropped_total|reason=backlog"] == 2
    assert found["flora_isolate_restarted_total"] == found["flora_isolate_restarts_total"] == 1
    assert found["flora_migration_success_total"] == found["flora_migration_timeout_total"] == 1
    assert found["flora_migration_quiesce_duration_seconds_bucket|le=0.005"] == 1
    assert found["flora_migration_quiesce_duration_seconds_count"] == 1
    assert found["flora_migration_quiesce_duration_us"] == 4_000
    assert found["flora_migration_pause_seconds_bucket|le=0.01"] == 0
    assert found["flora_migration_pause_seconds_bucket|le=0.025"] == 1
    assert (found["flora_isolate_count"], found["flora_isolates_sleeping"]) == (5, 3)
    assert found["flora_worker_backlog|worker=0"] == 7
    assert (found["flora_zygote_warm|worker=0"], found["flora_zygote_warm|worker=1"]) == (1, 0)
    assert found["flora_runtime_restarts_total"] == 4
    assert found["flora_fetch_total|outcome=ok"] == 3


def test_the_text_is_what_prometheus_own_library_would_write() -> None:
    odd = 'a "quoted" \\ name\nof two lines'
    ours = [
        Family("c", odd, Kind.COUNTER, ["kind", "outcome"]),
        Family("g", "a gauge", Kind.GAUGE),
        Family("h", "a histogram", Kind.HISTOGRAM),
    ]
    ours[0].add([odd, "ok"], 3)
    ours[1].add([], 1.5)
    ours[2].add_histogram([("0.5", 1.0), ("+Inf", 4.0)], 7.25)
    counted = CounterMetricFamily("c", odd, labels=["kind", "outcome"])
    counted.add_metric([odd, "ok"], 3)
    theirs = [
        counted,
        GaugeMetricFamily("g", "a gauge", value=1.5),
        HistogramMetricFamily("h", "a histogram", buckets=[("0.5", 1.0), ("+Inf", 4.0)], sum_value=7.25),
    ]

    assert written(ours).decode() == generate_latest(_Registry(theirs)).decode()


class _Registry(Collector):
    def __init__(self, families: Sequence[Metric]) -> None:
        self._families = families

    def collect(self) -> Sequence[Metric]:
        return self._families
