"""The drafts that a mapping makes of rows, and what becomes of a mapping on its way: changed, kept, fitted to a file."""


from core.mapping import (
    OPT_OUT,
    SPLIT_NAME,
    apply_mapping,
    column_of,
    custom_key,
    fit_mapping,
    header_signature,
    mapping_from,
    mapping_from_json,
    mapping_to_json,
    with_custom_fields,
    with_target,
)
from core.mapping_checks import check_mapping
from core.records import ColumnMapping, FoundFormat, Suggestion, Table


def a_table(columns: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    return Table(columns, rows, tuple(range(2, len(rows) + 2)), FoundFormat("csv", 1))


def given(drafts) -> list[dict]:
    """The drafts without what counts as not given: None and ""."""
    return [{key: value for key, value in draft.items() if value} for draft in drafts]


# --- applying -----------------------------------------------------------------------------------------------------


def test_every_row_gives_one_draft_in_order():
    table = a_table(("Mail", "Name", "Skip"), ("a@x.org", "Ada", "1"), ("", "", ""), ("b@x.org", " Bob ", "2"))
    drafts = apply_mapping(table, ColumnMapping({"Mail": "email", "Name": "first_name", "Skip": None}))
    assert given(drafts) == [{"email": "a@x.org", "first_name": "Ada"}, {}, {"email": "b@x.org", "first_name": " Bob "}]


def test_a_mapping_of_nothing_gives_empty_drafts_that_are_not_one_object():
    drafts = apply_mapping(a_table(("A",), ("1",), ("2",)), ColumnMapping({}))
    assert drafts == [{}, {}]
    assert drafts[0] is not drafts[1]


def test_notes_of_several_columns_join_line_by_line_in_file_order():
    table = a_table(("A", "B", "C"), ("one", " ", "three"), ("", "", ""))
    mapping = ColumnMapping({"C": "notes", "A": "notes", "B": "notes"})
    assert given(apply_mapping(table, mapping)) == [{"notes": "one\nthree"}, {}]


def test_tags_of_several_columns_join_and_fixed_tags_come_last():
    """The cells as they are: splitting them is tidying's, where it can be switched off."""
    table = a_table(("A", "B"), ("fair", "vip,new"), ("", "hot"), ("", ""))
    mapping = ColumnMapping({"A": "tags", "B": "tags"}, {"tags": "2025, spring"})
    assert [draft["tags"] for draft in apply_mapping(table, mapping)] == [
        ["fair", "vip,new", "2025", "spring"], ["", "hot", "2025", "spring"], ["", "", "2025", "spring"],
    ]  # fmt: skip


def test_drafts_with_the_same_tags_do_not_share_the_list():
    drafts = apply_mapping(a_table(("T",), ("a",), ("a",)), ColumnMapping({"T": "tags"}))
    drafts[0]["tags"].append("b")
    assert drafts[1]["tags"] == ["a"]


def test_fixed_tags_need_no_column():
    drafts = apply_mapping(a_table(("Mail",), ("a@x.org",)), ColumnMapping({"Mail": "email"}, {"tags": "fair;vip"}))
    assert drafts == [{"email": "a@x.org", "tags": ["fair", "vip"]}]


def test_custom_fields_take_cells_and_leave_out_empty_ones():
    table = a_table(("Budget", "Size"), (" 100 ", ""), (" ", "\u200b"))
    mapping = ColumnMapping({"Budget": "custom: Budget ", "Size": "custom:Size"})
    assert given(apply_mapping(table, mapping)) == [{"custom_fields": {"Budget": " 100 "}}, {}]


def test_a_fixed_value_fills_only_rows_whose_own_cell_is_empty():
    table = a_table(("Mail", "From"), ("a@x.org", "web"), ("b@x.org", "  "), ("c@x.org", ""))
    mapping = ColumnMapping({"Mail": "email", "From": "source"}, {"source": "fair", "status": "active", "title": " "})
    drafts = apply_mapping(table, mapping)
    assert [draft["source"] for draft in drafts] == ["web", "fair", "fair"]
    assert {draft["status"] for draft in drafts} == {"active"}
    assert "title" not in drafts[0]


def test_a_fixed_value_fills_joined_notes_that_are_empty():
    table = a_table(("A", "B"), ("", " "), ("x", ""))
    mapping = ColumnMapping({"A": "notes", "B": "notes"}, {"notes": "none"})
    assert [draft["notes"] for draft in apply_mapping(table, mapping)] == ["none", "x"]


def test_corrections_replace_the_cell_before_anything_else():
    """contract.md section 5: rows are named by their number in the file."""
    table = Table(("Mail", "T"), (("bad", "a"), ("b@x.org", "b")), (3, 7), FoundFormat("csv", 2))
    mapping = ColumnMapping({"Mail": "email", "T": "tags"})
    drafts = apply_mapping(table, mapping, {3: {"Mail": "a@x.org", "T": "x,y"}, 7: {"Gone": "?"}, 99: {"Mail": "?"}})
    assert drafts == [{"email": "a@x.org", "tags": ["x,y"]}, {"email": "b@x.org", "tags": ["b"]}]
    assert table.rows[0] == ("bad", "a")


def test_mapped_columns_that_the_table_does_not_have_are_ignored():
    assert given(apply_mapping(a_table(("A",), ("x",)), ColumnMapping({"B": "email", "A": "notes"}))) == [
        {"notes": "x"}
    ]


def test_a_whole_name_fills_both_names():
    table = a_table(("N", "M"), ("Lovelace, Ada", "a@x.org"), ("Ludwig van Beethoven", ""), ("Cher", ""), ("", ""))
    drafts = apply_mapping(table, ColumnMapping({"N": SPLIT_NAME, "M": "email"}, {"last_name": "Doe"}))
    assert [(draft["first_name"], draft["last_name"]) for draft in drafts] == [
        ("Ada", "Lovelace"), ("Ludwig", "van Beethoven"), ("Cher", "Doe"), ("", "Doe"),
    ]  # fmt: skip


def test_values_get_their_meaning_and_unknown_ones_stay_as_they_are():
    table = a_table(("S",), ("Opted  OUT",), ("unknown",), ("Active",), ("Odd",), ("",))
    mapping = ColumnMapping({"S": "status"}, values={"status": {"opted out": "unsubscribed", "unknown": ""}})
    assert [draft["status"] for draft in apply_mapping(table, mapping)] == ["unsubscribed", "", "Active", "Odd", ""]
    assert apply_mapping(a_table(("A",), ("x",)), ColumnMapping({"A": "notes"}, values=mapping.values)) == [{"notes": "x"}]


def test_a_meaning_of_no_status_leaves_the_cell_to_the_fixed_value():
    mapping = ColumnMapping({"S": "status"}, {"status": "active"}, {"status": {"no": "", "yes": "unsubscribed"}})
    drafts = apply_mapping(a_table(("S",), ("no",), ("yes",), ("",)), mapping)
    assert [draft["status"] for draft in drafts] == ["active", "unsubscribed", "active"]


# --- helpers ------------------------------------------------------------------------------------------------------


def statuses(table, targets, **parts) -> list[str | None]:
    return [draft.get("status") or None for draft in apply_mapping(table, ColumnMapping(targets, **parts))]


def test_an_opt_out_goes_before_the_status_where_it_says_yes():
    rows = [("bounced", "no", ""), ("active", "Yes", ""), ("", "", "x"), ("replied", "", ""), ("active", "bounced", "1")]
    table = a_table(("Status", "Opt-out", "DNC"), *rows)
    mapped = statuses(table, {"Status": "status", "Opt-out": OPT_OUT, "DNC": OPT_OUT})
    assert mapped == ["bounced", "unsubscribed", "unsubscribed", "replied", "unsubscribed"]


def test_an_opt_out_alone_fills_the_status_and_leaves_the_rest_to_the_fixed_value():
    table = a_table(("Opt-out",), ("1",), ("0",), ("",))
    assert statuses(table, {"Opt-out": OPT_OUT}) == ["unsubscribed", None, None]
    assert statuses(table, {"Opt-out": OPT_OUT}, constants={"status": "replied"}) == ["unsubscribed", "replied", "replied"]


def test_what_an_opt_out_column_says_can_be_chosen_and_the_unread_counts_as_opted_out():
    table = a_table(("Opt-out",), ("Call first",), ("2024-05-01",), ("Whatever",), ("subscribed",))
    values = {OPT_OUT: {"call first": "", "whatever": "bounced"}}
    assert statuses(table, {"Opt-out": OPT_OUT}, values=values) == [None, "unsubscribed", "bounced", None]


def test_opt_out_columns_beside_a_status_can_be_imported_with():
    mapping = ColumnMapping({"E": "email", "S": "status", "A": OPT_OUT, "B": OPT_OUT}, values={OPT_OUT: {"x": "unsubscribed"}})
    assert check_mapping(mapping, tuple(mapping.targets)) == ()
    assert (column_of(mapping, "status"), column_of(ColumnMapping({"A": OPT_OUT}), "status")) == ("S", "A")
    assert mapping_from_json(mapping_to_json(mapping)) == mapping


def test_following_all_suggestions_keeps_left_out_columns_in_the_mapping():
    suggestions = [Suggestion("Mail", "email", 0.9, ""), Suggestion("Id", None, 0.0, "")]
    assert mapping_from(suggestions) == ColumnMapping({"Mail": "email", "Id": None})


def test_the_first_column_of_a_field_is_found():
    mapping = ColumnMapping({"A": "notes", "B": "notes", "C": None})
    assert column_of(mapping, "notes") == "A"
    assert column_of(mapping, "email") is None


def test_a_split_column_is_the_column_of_both_names():
    assert [column_of(ColumnMapping({"N": SPLIT_NAME}), key) for key in ("first_name", "last_name", "email")] == ["N", "N", None]


def test_a_column_that_becomes_the_status_brings_what_its_values_mean():
    table = a_table(("State", "Opt-out"), ("Gone", "yes"), ("Hard bounce", "no"))
    chosen = with_target(ColumnMapping({"State": None}, {"source": "fair"}), table, "State", "status")
    assert chosen.values == {"status": {"hard bounce": "bounced"}}
    assert chosen.constants == {"source": "fair"}
    other = with_target(with_target(chosen, table, "State", None), table, "Opt-out", "status")
    assert other.values == {"status": {"yes": "unsubscribed", "no": ""}}


def test_a_mapping_without_value_maps_as_earlier_releases_stored_it_still_loads():
    assert mapping_from_json({"targets": [["A", "email"]]}) == ColumnMapping({"A": "email"})


def test_a_custom_target_gives_its_key():
    assert [custom_key(target) for target in ("custom: Budget ", "email", None)] == ["Budget", None, None]


def test_all_left_out_columns_can_become_custom_fields_of_their_own():
    long = "x" * 300
    mapping = ColumnMapping({"Mail": "email", "A": "custom:Size", "Size": None}, {"source": "fair"})
    columns = ("Mail", "A", "Size", "Budget", long, long + "y")
    changed = with_custom_fields(mapping, columns)
    assert changed.targets["Mail"] == "email"
    assert (changed.targets["Size"], changed.targets["Budget"]) == ("custom:Size (2)", "custom:Budget")
    assert changed.constants == {"source": "fair"}
    assert check_mapping(changed, columns) == ()
    assert mapping.targets == {"Mail": "email", "A": "custom:Size", "Size": None}


def test_a_signature_knows_the_same_headers_in_any_order_case_and_spacing():
    signature = header_signature(["Email", "First Name"])
    assert signature == header_signature(["first  name ", "EMAIL"])
    assert signature != header_signature(["Email", "FirstName"])
    assert len(signature) == 32


def test_a_signature_stays_the_same_over_releases():
    """Presets are stored under it: another value would forget them all."""
    assert header_signature(["Email", "Prénom"]) == "be1d4258dc3fa2b904937cbf3c941b6d"


def test_a_remembered_mapping_fits_a_file_with_other_spelling():
    remembered = ColumnMapping({"Email": "email", "First  Name": "first_name"}, {"source": "fair"})
    fitted = fit_mapping(remembered, ("first name", "EMAIL", "New"))
    assert fitted == ColumnMapping({"first name": "first_name", "EMAIL": "email", "New": None}, {"source": "fair"})


def test_a_remembered_mapping_tells_headers_apart_that_differ_in_case_only():
    remembered = ColumnMapping({"Email": "email", "email": "custom:Second"})
    assert fit_mapping(remembered, ("email", "Email")).targets == {"email": "custom:Second", "Email": "email"}


def test_a_stored_mapping_comes_back_with_its_columns_in_order():
    mapping = ColumnMapping({"Long column": "notes", "B": "notes", "A": None}, {"tags": "a"}, {"status": {"x": "bounced"}})
    stored = mapping_to_json(mapping)
    back = mapping_from_json(stored)
    assert back == mapping
    assert list(back.targets) == ["Long column", "B", "A"]
