"""What the measurements rest on: rounds that do not count, and results that are kept side by side."""

from bench import results
from bench.measuring import beside_copy, interleave
from bench.results import Table


def test_a_subject_saved_again_replaces_its_own_section_alone(tmp_path, monkeypatch):
    file = tmp_path / "RESULTS.md"
    monkeypatch.setattr(results, "RESULTS", file)
    for subject, ratio in (("core", "1.50"), ("http", "2.50"), ("core", r"1.40 \1")):
        results.save(subject, f"About {subject}", Table(["", "ratio"], [["all new", ratio]], "A note."), "2 cores")
    text = file.read_text()
    assert text.startswith("# Measurements")
    assert [line for line in text.splitlines() if line.startswith(("## ", "| all"))] == [
        "## About core", r"| all new | 1.40 \1 |", "## About http", "| all new | 2.50 |"
    ]  # fmt: skip
    assert (text.count("2 cores"), text.count("A note.")) == (2, 2)


def test_the_first_rounds_do_not_count_and_preparing_is_not_measured():
    calls = []

    def way(name):
        def prepare(number):
            calls.append((name, "prepare", number))
            return lambda: calls.append((name, "measure", number))

        return prepare

    seconds = interleave(3, {"a": way("a"), "b": way("b")}, warm_up=2)
    assert {name: len(times) for name, times in seconds.items()} == {"a": 3, "b": 3}
    assert [call for call in calls if call[0] == "a"] == [("a", what, n) for n in range(5) for what in ("prepare", "measure")]


def test_a_round_is_compared_with_the_copy_beside_it(monkeypatch):
    """The machine turns slow in the second round, between the two: its own ratio is wrong, and the median does not mind."""
    now = 0.0
    seconds = {"bare COPY": [1.0, 3.0, 3.0], "ours": [2.0, 2.0, 6.0]}

    def perf_counter():
        return now

    def way(name):
        def prepare(number):
            def measure():
                nonlocal now
                now += seconds[name][number]

            return measure

        return prepare

    monkeypatch.setattr("bench.measuring.time.perf_counter", perf_counter)
    row = beside_copy(3, way("bare COPY"), "ours", way("ours"), warm_up=0)
    assert row == ["ours", "2.00", "2.00", "2000.0", "3000.0"]
