"""Queries and milliseconds per page, on the demo data, as each role. Run by `make bench`.

Follows every link from each role's first page, asks each page some times, and prints a table with
one row per route: the most queries and the slowest median that any page or role gave. A link that
leads nowhere is named, and makes it fail.
"""

import logging
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import django

TIMES = 3
MOST_PAGES_PER_ROUTE = 2
ELSEWHERE = re.compile(r"^/(static|konto)/|\.(pdf|json|csv)$")


def main() -> int:
    from accounts.models import User

    routes: dict[str, list[tuple[int, float]]] = {}
    lost = [
        link for person in User.objects.filter(is_active=True) for link in crawl(person, routes)
    ]
    print(f"{'route':44} {'pages':>5} {'queries':>7} {'ms':>6}")
    for route, found in sorted(routes.items()):
        queries, milliseconds = max(f[0] for f in found), max(f[1] for f in found)
        print(f"{route:44} {len(found):5} {queries:7} {milliseconds:6.1f}")
    print("\n".join(lost))
    return 1 if lost else 0


def crawl(person, routes) -> Iterator[str]:
    """Visit what this person can reach by links, a few pages of each route; yield what is lost."""
    from django.test import Client
    from django.urls import resolve

    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    waiting, seen, visits = [("/", "the start")], {"/"}, Counter()
    while waiting:
        address, came_from = waiting.pop(0)
        route = resolve(address.partition("?")[0]).view_name
        visits[route] += 1
        if visits[route] > MOST_PAGES_PER_ROUTE:
            continue
        page, queries, milliseconds = measured(client, address)
        if page.status_code >= 400:
            yield f"{page.status_code} for {person.email}: {address}, linked from {came_from}"
        if page.status_code != 200 or page.streaming:
            continue
        routes.setdefault(route, []).append((queries, milliseconds))
        for link in re.findall(r'<a [^>]*href="(/[^"#]*)"', page.content.decode()):
            link = link.replace("&amp;", "&")
            if link not in seen and not ELSEWHERE.search(link.partition("?")[0]):
                seen.add(link)
                waiting.append((link, address))


def measured(client, address):
    """The page, its number of queries, and the median of some tries in milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return page, len(captured), statistics.median(times)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    django.setup()
    logging.disable(logging.WARNING)
    sys.exit(main())
