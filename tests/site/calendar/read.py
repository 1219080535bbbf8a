"""Reads a calendar file as a calendar program does, and says what is in it:
each entry's name, and when it starts and ends, in London and as instants."""

import json
import sys
from datetime import timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar

LONDON = ZoneInfo("Europe/London")


def both(moment):
    """A moment as London's clocks show it, and as it is everywhere."""
    return [
        moment.astimezone(LONDON).strftime("%Y-%m-%d %H:%M"),
        moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%MZ"),
    ]


calendar = Calendar.from_ical(sys.stdin.buffer.read())
if calendar.errors:
    sys.exit(f"the file is faulty: {calendar.errors}")
entries = []
for entry in calendar.walk("VEVENT"):
    if entry.errors:
        sys.exit(f"an entry is faulty: {entry.errors}")
    entries.append(
        {
            "name": str(entry["UID"]),
            "title": str(entry["SUMMARY"]),
            "starts": both(entry.start),
            "ends": both(entry.end),
            "minutes": int((entry.end - entry.start).total_seconds()) // 60,
        }
    )
json.dump(entries, sys.stdout)
