"""What a decision's PDF costs, as a ratio to an empty page. Run by `make bench`.

Milliseconds do not travel between machines, ratios do. The empty page goes the same way: our style
sheet, our typeface, both standards.
"""

import statistics
import time

import django

TIMES = 5


def main() -> None:
    from documents.decision import decision_html
    from documents.pdf import render_pdf
    from tests.documents.samples import LONG, START

    style = '<link rel="stylesheet" href="own:documents/document.css">'
    documents = {
        "empty page": f'<html lang="sv"><title>Tom</title>{style}<p>Tom</p></html>',
        "decision": decision_html(START),
        "long decision": decision_html(LONG),
    }
    costs = {name: milliseconds(render_pdf, html) for name, html in documents.items()}
    print(f"{'PDF':44} {'kB':>13} {'ratio':>6} {'ms':>6}")
    for name, cost in costs.items():
        size = len(render_pdf(documents[name])) / 1000
        print(f"{name:44} {size:13.0f} {cost / costs['empty page']:6.1f} {cost:6.0f}")


def milliseconds(render, html: str) -> float:
    """Median of some tries, after one that warms up."""
    times = []
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        render(html)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


if __name__ == "__main__":
    django.setup()
    main()
