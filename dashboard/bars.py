"""The geometry of bar charts: shares of a width, so that the SVG needs neither style nor script."""

TONES = 6
WIDE = 10_000  # such numbers need a wider column
ROOM_FOR_A_NUMBER = 6.0  # per cent of the width; narrower segments are numbered in the table


def draw(rows, series) -> dict:
    """Turn amounts into bars whose widths are per cent of the longest.

    rows: list of {"label", "url" (may be missing), "value"}, or {"label", "url", "values": [...]}
    with one number per entry of `series` (labels, in order), drawn after each other.
    Returns {"rows": [{label, url, total, segments: [{x, width, middle, value, label, tone, roomy}],
    values}], "series": [{label, tone, total}], "total"}. Numbers are not negative.
    """
    amounts = [row["values"] if series else [row["value"]] for row in rows]
    longest = max((sum(values) for values in amounts), default=0) or 1
    names = [{"label": label, "tone": _tone(at, len(series))} for at, label in enumerate(series)]
    for at, name in enumerate(names):
        name["total"] = sum(values[at] for values in amounts)
    drawn = [
        {
            "label": row["label"],
            "url": row.get("url", ""),
            "total": sum(values),
            "values": values,
            "segments": _segments(values, longest, names),
        }
        for row, values in zip(rows, amounts, strict=True)
    ]
    total = sum(map(sum, amounts))
    return {"rows": drawn, "series": names, "total": total, "wide": total >= WIDE}


def _segments(values, longest, names) -> list[dict]:
    segments, x = [], 0.0
    for at, value in enumerate(values):
        width = 100 * value / longest
        if value:
            segments.append(
                {
                    "x": round(x, 2),
                    "width": round(width, 2),
                    "middle": round(x + width / 2, 2),
                    "value": value,
                    "label": names[at]["label"] if names else "",
                    "tone": names[at]["tone"] if names else TONES - 1,
                    "roomy": width >= ROOM_FOR_A_NUMBER * max(1, len(str(value)) - 2),
                }
            )
        x += width
    return segments


def _tone(at: int, count: int) -> int:
    """Spread the tones 1 (lightest) to 6 over the series, so that few series differ clearly."""
    return 1 + round(at * (TONES - 1) / max(count - 1, 1))
