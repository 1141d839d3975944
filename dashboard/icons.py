"""The pictures beside words. Strokes on a 20 by 20 grid, drawn for Samverkan.

An icon never stands alone: the word beside it says the same, so all are hidden from screen readers.
"""

ICONS = {
    "arrow-left": "M17 10H3M9 4l-6 6 6 6",
    "arrow-right": "M3 10h14M11 4l6 6-6 6",
    "archive": "M3 4h14v4H3zM4.5 8v8.5h11V8M8 11.5h4",
    "bell": "M10 2.5v1.3M5 14V9.2a5 5 0 0 1 10 0V14l1.5 1.5h-13zM8.2 17.7h3.6",
    "building": "M4 17.5V3h8v14.5M12 8h4v9.5M2 17.5h16M7 6.5h2M7 10h2M7 13.5h2",
    "calendar": "M3 4.5h14v12.5H3zM3 8.5h14M7 2.5v4M13 2.5v4",
    "check": "M3.5 10.5l4.5 4.5 8.5-10",
    "chevron-down": "M4.5 7.5l5.5 5.5 5.5-5.5",
    "clipboard": "M6.5 3.5H4v14h12v-14h-2.5M7 2.5h6v3H7zM7 11.5l2 2 4-4.5",
    "clock": "M10 2.5a7.5 7.5 0 1 0 .01 0M10 5.5V10l3 2.5",
    "cross": "M4.5 4.5l11 11M15.5 4.5l-11 11",
    "cycle": "M16.5 8A7 7 0 0 0 4 6.5M4 3v3.5h3.5M3.5 12A7 7 0 0 0 16 13.5M16 17v-3.5h-3.5",
    "document": "M5 2.5h6.5L15.5 6.5v11H5zM11 2.5V7h4.5M7.5 10.5h5M7.5 13.5h5",
    "download": "M10 3v10M5.5 8.5L10 13l4.5-4.5M3.5 17h13",
    "envelope": "M2.5 4.5h15v11h-15zM3 5l7 6 7-6",
    "filter": "M3 5h14M5.5 10h9M8 15h4",
    "flag": "M5 18V3M5 3.5h10l-2 3.5 2 3.5H5",
    "info": "M10 2.5a7.5 7.5 0 1 0 .01 0M10 9v5M10 6.2v.6",
    "link": "M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1"
    "M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1",
    "lock": "M4.5 9h11v8.5h-11zM7 9V6a3 3 0 0 1 6 0v3",
    "log-out": "M8 3H4v14h4M8 10h9M13.5 6l4 4-4 4",
    "menu": "M3 5.5h14M3 10h14M3 14.5h14",
    "minus": "M10 2.5a7.5 7.5 0 1 0 .01 0M6.5 10h7",
    "pen": "M3.5 16.5l1-4L13.5 3.5l3 3L7.5 15.5zM11.5 5.5l3 3",
    "people": "M7.5 4a2.7 2.7 0 1 0 .01 0M2.5 16.5c0-3 2-5 5-5s5 2 5 5"
    "M13 4.5a2.5 2.5 0 0 1 0 5M14.5 12c2 .6 3 2.3 3 4.5",
    "plus": "M10 3.5v13M3.5 10h13",
    "question": "M10 2.5a7.5 7.5 0 1 0 .01 0M7.8 8a2.2 2.2 0 1 1 3.3 1.9"
    "c-.8.5-1.1.9-1.1 1.8M10 14v.5",
    "search": "M8.5 3a5.5 5.5 0 1 0 .01 0M12.5 12.5L17 17",
    "signpost": "M10 2v16M4 4h9l2.5 2.5L13 9H4zM16 10.5H8L5.5 13 8 15.5h8",
    "stamp": "M8 10.5C8 8 6.8 7 6.8 5.2a3.2 3.2 0 0 1 6.4 0C13.2 7 12 8 12 10.5"
    "h3.5v4h-11v-4zM4 17.5h12",
    "stop": "M4.5 4.5h11v11h-11z",
    "undo": "M7.5 4L3.5 8l4 4M4 8h8a4.5 4.5 0 0 1 0 9H8",
    "user": "M10 3a3.2 3.2 0 1 0 .01 0M3.5 17c0-3.5 2.5-5.5 6.5-5.5s6.5 2 6.5 5.5",
    "warning": "M10 3L18 17H2zM10 8.5v4M10 14.5v.5",
}
