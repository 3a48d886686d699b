# SPDX-License-Identifier: Apache-2.0
"""The story of one service from the first word typed to the result in hand, on the running product."""
import time
import traceback

from demo import Demo
from harness import vnu
from harness.gate import Gate
from harness.processes import ROOT, DataFolder

import samples

PHONE_SCRIPT, PHONE_PLAIN, DESK_SCRIPT, DESK_PLAIN = (True, True), (True, False), (False, True), (False, False)


def chapters(in_all_modes=False):
    """(chapter, its modes): the story in all four, what branches off in two that differ in both, robots once. The other
    procedures take turns, phone with script and desk without, unless all modes are asked for."""
    import chapters_admin as admin
    import chapters_bad as bad
    import chapters_builder as builder
    import chapters_desk as beside
    import chapters_finding as finding
    import chapters_guards as guards
    import chapters_hats as hats
    import chapters_identity as identity
    import chapters_levels as levels
    import chapters_officers as officers
    import chapters_privacy as privacy
    import chapters_procedures as others
    import chapters_questions as questions
    import chapters_roles as roles
    import chapters_staff as own_service
    import chapters_story as told
    import chapters_units as units
    import chapters_uploads as uploads

    yield told.whole_story, [PHONE_SCRIPT, DESK_SCRIPT, PHONE_PLAIN, DESK_PLAIN]
    for chapter in (told.stale_page, told.supplement, told.handed_over, told.withdrawal):
        yield chapter, [PHONE_SCRIPT, DESK_PLAIN]
    for place, chapter in enumerate(beside.ALL):
        yield chapter, [PHONE_SCRIPT, DESK_PLAIN] if in_all_modes else [[PHONE_SCRIPT, DESK_PLAIN][place % 2]]
    for chapter in (
        *finding.ALL, *roles.ALL, *admin.ALL, *builder.ALL, *units.ALL, *identity.ALL, *hats.ALL, *privacy.ALL,
        *levels.ALL, *guards.ALL,
    ):
        yield chapter, [PHONE_SCRIPT, DESK_PLAIN]
    yield officers.lost_phone, [PHONE_SCRIPT, DESK_PLAIN]
    yield officers.passkeys, [DESK_SCRIPT]
    yield own_service.staff, [PHONE_SCRIPT, DESK_PLAIN]
    for place, chapter in enumerate((*others.ALL, others.many_signatures)):
        modes = [PHONE_SCRIPT, DESK_PLAIN]
        yield chapter, modes if in_all_modes else [modes[place % 2]]
    yield others.fee_by_page, [PHONE_PLAIN]
    for chapter in (*bad.IN_THE_BROWSER, *questions.IN_THE_BROWSER):
        yield chapter, [PHONE_SCRIPT, PHONE_PLAIN]
    for chapter in uploads.WITH_SCRIPT:
        yield chapter, [PHONE_SCRIPT]
    for chapter in uploads.IN_THE_BROWSER:
        yield chapter, [PHONE_SCRIPT, PHONE_PLAIN]
    for chapter in bad.BY_ROBOTS:
        yield chapter, [PHONE_PLAIN]


def main(only=None, share=(1, 1), in_all_modes=False):
    """What failed. share = (2, 3) walks the second, fifth, eighth … walk, against a demo of its own."""
    failures = []
    walks = [
        (chapter, mode) for chapter, modes in chapters(in_all_modes) for mode in modes
        if not only or chapter.__name__ in only
    ]
    name = "journeys" if share == (1, 1) else f"journeys-{share[0]}"
    with Demo() as demo, DataFolder() as folder, Gate(name) as gate:
        files = samples.make(folder)
        print(f"  the demo was ready after {demo.seconds_to_ready:.1f} s")
        for chapter, (phone, script) in walks[share[0] - 1 :: share[1]]:
            failures += walk(chapter, gate, demo, files, phone, script)
        for name, line, message in vnu.errors(gate.html):
            gate.blame(name.removesuffix(".html"), "G2", f"vnu, line {line}: {message}")
        failures += sorted({str(breach) for breach in gate.breaches})
        if failures:
            log = ROOT / ".build-report" / f"demo-{name}.log"
            log.parent.mkdir(exist_ok=True)
            log.write_text(demo.program.output())
        seconds = demo.stop()
        if seconds > 10:
            failures.append(f"the demo took {seconds:.1f} s to stop")
    return failures


def walk(chapter, gate, demo, files, phone, script):
    """One chapter in one mode; what went wrong, with the place."""
    name = f"{chapter.__name__} ({360 if phone else 1280} px{'' if script else ', no script'})"
    began = time.monotonic()
    try:
        chapter(gate, demo, files, phone, script)
    except Exception as error:  # a chapter that fails must not hide the next one
        place = traceback.extract_tb(error.__traceback__)
        steps = [f"{one.name}:{one.lineno}" for one in place if "/Tests/Browser/" in one.filename][-3:]
        print(f"  {name}: FAILED", flush=True)
        return [f"{name}: {type(error).__name__} at {' → '.join(steps)}: {str(error)[:700]}"]
    print(f"  {name}: passed in {time.monotonic() - began:.0f} s", flush=True)
    return []
