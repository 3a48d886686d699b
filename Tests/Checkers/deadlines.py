# SPDX-License-Identifier: Apache-2.0
"""`motcua deadline` against a second reading of the rules, and against wrong input.

The second reading is written from the law's tables and counts by brute force, day by day; it shares nothing with the
program, not even the lunar calendar, whose days stand here as a table.
"""
import datetime
import json
import random
import re
import subprocess
import tempfile

from harness.processes import ROOT, binary

QUESTIONS = 250
DAY = datetime.timedelta(1)
SEGMENTS = ((27000, 41400), (48600, 61200))  # 07:30-11:30, 13:30-17:00 in seconds

# First of the five days of Tết where the notice is known; else the first day of the lunar year.
TET_NOTICE = {2018: (2, 14), 2019: (2, 4), 2020: (1, 23), 2021: (2, 10), 2022: (1, 31), 2023: (1, 20), 2024: (2, 8),
              2025: (1, 27), 2026: (2, 16)}
TET_LUNAR = {2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 2), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31),
             2034: (2, 19), 2035: (2, 8)}
HUNG_KINGS = {2018: (4, 25), 2019: (4, 14), 2020: (4, 2), 2021: (4, 21), 2022: (4, 10), 2023: (4, 29), 2024: (4, 18),
              2025: (4, 7), 2026: (4, 26), 2027: (4, 16), 2028: (4, 4), 2029: (4, 23), 2030: (4, 12), 2031: (4, 1),
              2032: (4, 19), 2033: (4, 9), 2034: (4, 28), 2035: (4, 17)}
NATIONAL_DAYS = {2018: (2,), 2019: (2,), 2020: (2,), 2022: (1, 2), 2023: (1, 2), 2025: (1, 2), 2026: (1, 2)}
SWAPS = {"2018-12-31": "2019-01-05", "2019-04-29": "2019-05-04", "2024-04-29": "2024-05-04",
         "2025-05-02": "2025-04-26", "2026-01-02": "2026-01-10", "2026-08-31": "2026-08-22"}


def holidays():
    days = set()
    for year in TET_NOTICE | TET_LUNAR:
        days |= {datetime.date(year, *day) for day in ((1, 1), (4, 30), (5, 1), HUNG_KINGS[year])}
        days |= {datetime.date(year, 9, day) for day in NATIONAL_DAYS.get(year, (2, 3))}
        if year >= 2026:
            days.add(datetime.date(year, 11, 24))
        first = datetime.date(year, *TET_NOTICE[year]) if year in TET_NOTICE else (
            datetime.date(year, *TET_LUNAR[year]) - DAY)
        days |= {first + offset * DAY for offset in range(5)}
    return days


def built_in():
    """Days off and days worked; a holiday on a weekend is made up for on the next working day."""
    off = holidays()
    lost = sorted(day for day in off if day.weekday() >= 5)
    off |= {datetime.date.fromisoformat(day) for day in SWAPS}
    for day in lost:
        while day.weekday() >= 5 or day in off:
            day += DAY
        off.add(day)
    return off, {datetime.date.fromisoformat(day) for day in SWAPS.values()}


OFF, WORK = built_in()


class Reading:
    """The rules R1 to R8 over one calendar."""

    def __init__(self, off=(), work=()):
        self.off, self.work = set(off), set(work)

    def works(self, day):
        if day in self.work or day in self.off:
            return day in self.work
        return day in WORK or (day.weekday() < 5 and day not in OFF)

    def after(self, day):
        day += DAY
        while not self.works(day):
            day += DAY
        return day

    def work_time(self, start, end):
        total, day = datetime.timedelta(), start.date()
        while day <= end.date():
            if self.works(day):
                for opens, closes in SEGMENTS:
                    low, high = max(start, moment(day, opens)), min(end, moment(day, closes))
                    total += max(high - low, datetime.timedelta())
            day += DAY
        return total

    def received(self, at, cut_off):
        day, second = at.date(), (at - moment(at.date(), 0)).total_seconds()
        if not self.works(day) or second >= SEGMENTS[1][1] or (cut_off and second > 54000):
            day = self.after(day)
            return day, moment(day, SEGMENTS[0][0])
        if second < SEGMENTS[0][0]:
            return day, moment(day, SEGMENTS[0][0])
        if SEGMENTS[0][1] <= second < SEGMENTS[1][0]:
            return day, moment(day, SEGMENTS[1][0])
        return day, at

    def due(self, at, limit, unit, pauses, cut_off):
        day, start = self.received(at, cut_off)
        if unit == "HOUR":
            left = sum((self.work_time(*pause) for pause in pauses), datetime.timedelta(hours=limit))
            return self.spend(day, start, left)
        for begins, ends in pauses:
            span = [begins.date() + (index + 1) * DAY for index in range((ends.date() - begins.date()).days)]
            limit += len(span) if unit == "CALENDAR_DAY" else sum(map(self.works, span))
        if unit == "CALENDAR_DAY":
            day += limit * DAY
            return moment(day if self.works(day) else self.after(day), SEGMENTS[1][1])
        for _ in range(limit):
            day = self.after(day)
        return moment(day, SEGMENTS[1][1])

    def spend(self, day, start, left):
        if not left:
            return start
        while True:
            for opens, closes in SEGMENTS:
                low, high = max(start, moment(day, opens)), moment(day, closes)
                if low < high:
                    if left <= high - low:
                        return low + left
                    left -= high - low
            day = self.after(day)


def moment(day, second):
    return datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(seconds=second)


def ask(*arguments):
    done = subprocess.run([binary("motcua"), "deadline", *arguments], cwd=ROOT, capture_output=True, text=True,
                          timeout=60, check=False, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def question(rng):
    """Arguments drawn at random, and what the second reading answers."""
    at = datetime.datetime(2018, 1, 10) + datetime.timedelta(seconds=rng.randrange(16 * 365 * 86400))
    if rng.random() < 0.4:
        at = moment(at.date(), rng.choice((27000, 26999, 41400, 48600, 54000, 54001, 61200, 61199)))
    pauses, start = [], at
    for _ in range(rng.choice((0, 0, 1, 2, 3))):
        start += datetime.timedelta(minutes=rng.randrange(8000))
        pauses.append((start, start + datetime.timedelta(minutes=rng.randrange(15000))))
        start = pauses[-1][1]
    limit, unit = rng.randrange(40), rng.choice(("HOUR", "WORKING_DAY", "CALENDAR_DAY"))
    cut_off, named = rng.random() < 0.4, rng.random() < 0.3
    near = [at.date() + rng.randrange(40) * DAY for _ in range(4)] if named else []
    arguments = ["--received", at.isoformat(), "--limit", str(limit), "--unit", unit, "--pauses",
                 ",".join(f"{begins.isoformat()}/{ends.isoformat()}" for begins, ends in pauses)]
    if cut_off:
        arguments += ["--cutoff", "15:00"]
    calendar = {"off": [str(day) for day in near[:2]], "work": [str(day) for day in near[2:]]} if named else None
    return arguments, calendar, Reading(near[:2], near[2:]).due(at, limit, unit, pauses, cut_off)


def check_answers(folder, failures):
    rng = random.Random(959)
    for number in range(QUESTIONS):
        arguments, calendar, expected = question(rng)
        if calendar:
            path = f"{folder}/{number}.json"
            with open(path, "w", encoding="utf-8") as file:
                json.dump(calendar, file)
            arguments += ["--calendar", path]
        code, said, wrong = ask(*arguments)
        last = said.strip().splitlines()[-1] if said.strip() else wrong.strip()
        if code or last != f"{expected.isoformat()}+07:00":
            failures.append(f"{' '.join(arguments)} {calendar or ''}: {last}, expected {expected.isoformat()}")


def check_json(failures):
    code, said, _ = ask("--received", "2026-04-24T16:10", "--limit", "5", "--unit", "WORKING_DAY", "--cutoff", "15:00",
                        "--json")
    answer = json.loads(said) if code == 0 and said.count("\n") == 1 else {}
    if answer.get("dueAt") != "2026-05-07T17:00:00+07:00" or len(answer.get("trace", [])) != 14:
        failures.append(f"--json: {said[:300]}")


def check_refusals(folder, failures):
    good = {"--received": "2026-03-05T09:00", "--limit": "5", "--unit": "WORKING_DAY"}
    broken = f"{folder}/broken.json"
    with open(broken, "w", encoding="utf-8") as file:
        file.write("{")
    for name, value in (
        ("--unit", "DAY"), ("--limit", "-1"), ("--limit", "5.5"), ("--limit", "x"), ("--received", "hôm nay"),
        ("--received", "2026-02-30T09:00"), ("--pauses", "2026-03-07T09:00/2026-03-06T09:00"), ("--pauses", "a"),
        ("--cutoff", "25:00"), ("--hours", "17:00-08:00"), ("--calendar", f"{folder}/none.json"),
        ("--calendar", broken),
    ):
        code, said, wrong = ask(*(text for pair in {**good, name: value}.items() for text in pair))
        # A sentence in Vietnamese, and never a guessed date.
        if code == 0 or said.strip() or not re.search(r"[ăâđêôơưạảấầậắằặẹẻếềệọốồộớờợụủứừựỳýỵ]", wrong):
            failures.append(f"{name} {value}: exit {code}, {said.strip()[:200]} {wrong.strip()[:200]}")


def main():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        check_answers(folder, failures)
        check_json(failures)
        check_refusals(folder, failures)
    return failures
