from dashboard.bars import draw


def test_the_longest_bar_is_as_wide_as_the_picture():
    chart = draw([{"label": "Registrerade", "value": 5}, {"label": "Pågående", "value": 20}], [])

    assert [row["segments"][0]["width"] for row in chart["rows"]] == [25, 100]
    assert chart["total"] == 25


def test_parts_of_a_bar_follow_each_other_and_leave_out_what_is_zero():
    groups = ["Före beslut", "Beslutade", "Pågående"]
    chart = draw([{"label": "Söder", "values": [1, 0, 3]}], groups)

    drawn = [(part["label"], part["x"], part["width"]) for part in chart["rows"][0]["segments"]]

    assert drawn == [("Före beslut", 0, 25), ("Pågående", 25, 75)]


def test_the_table_has_what_the_picture_leaves_out():
    chart = draw(
        [{"label": "Söder", "values": [1, 0]}, {"label": "Norr", "values": [2, 5]}],
        ["Pågående", "Avslutade"],
    )

    assert [row["values"] for row in chart["rows"]] == [[1, 0], [2, 5]]
    assert [(name["label"], name["total"]) for name in chart["series"]] == [
        ("Pågående", 3),
        ("Avslutade", 5),
    ]


def test_only_a_part_with_room_has_its_number_written_in_it():
    chart = draw([{"label": "Söder", "values": [1, 19]}], ["Före beslut", "Pågående"])

    assert [part["roomy"] for part in chart["rows"][0]["segments"]] == [False, True]


def test_a_picture_of_nothing_is_empty_and_whole():
    assert draw([], []) == {"rows": [], "series": [], "total": 0, "wide": False}
    assert draw([{"label": "Söder", "value": 0}], [])["rows"][0]["segments"] == []
