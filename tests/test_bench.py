"""What the measurements rest on: rounds that do not count, and results that are kept side by side."""

from bench import results
from bench.measuring import interleave
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
