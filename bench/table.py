"""The figures as plain text of at most 100 columns."""

import os
import platform
from pathlib import Path

from bench.rounds import Figures, Start, best_and_median


def machine() -> str:
    """What it was measured on."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load before: {load}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def turns_table(figures: list[Figures]) -> str:
    """A row for each talk and number of users."""
    lines = [
        f"{'':45}{'':>5}  {'CPU ms a turn':>14}  {'turns a second':>15}  {'reply ms':>14}",
        f"{'':45}{'users':>5}  {'best':>6}{'median':>8}  {'best':>6}{'median':>9}"
        f"  {'p50':>6}{'p99':>8}",
    ]
    for one in sorted(figures, key=lambda one: (one.users, *_order(one))):
        cpu, middle_cpu = best_and_median(one.cpu_ms)
        rate, middle_rate = best_and_median(one.rates, high=True)
        lines.append(
            f"{one.bot + ': ' + one.talk:45.45}{one.users:5}  {cpu:6.2f}{middle_cpu:8.2f}"
            f"  {rate:6.0f}{middle_rate:9.0f}"
            f"  {one.percentile(0.5):6.1f}{one.percentile(0.99):8.1f}"
        )
    return "\n".join(lines)


def _order(one: Figures) -> tuple[bool, str]:
    """Ours first, from the quickest thing asked of it to the longest."""
    return one.talk == "echo", one.talk


def starts_table(starts: list[Start]) -> str:
    """A row for each bot."""
    lines = [
        f"{'':45}{'listening, s':>14}  {'first answer, s':>15}  {'memory (RSS), MiB':>19}",
        f"{'':45}{'best':>6}{'median':>8}  {'best':>6}{'median':>9}  {'start':>8}{'turns':>11}",
    ]
    for one in starts:
        (first, middle), (answer, middle_answer) = map(
            best_and_median, (one.listening, one.answered)
        )
        lines.append(
            f"{one.bot:45.45}{first:6.2f}{middle:8.2f}  {answer:6.2f}{middle_answer:9.2f}"
            f"  {one.memory:8.0f}{one.memory_after:11.0f}"
        )
    lines += [f"{one.bot}: {one.msgraph}" for one in starts if one.msgraph]
    return "\n".join(lines)
