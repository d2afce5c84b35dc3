"""What concerns files and their columns, in English: opt-outs."""

MAP_OPT_OUT_LEAD = (
    "Where a column says that somebody opted out, the lead becomes unsubscribed, whatever its status says. Text that we cannot "
    "read counts as opted out; choose another meaning where that is wrong."
)


def opt_out_values(columns: str) -> str:
    """The heading of the list of the opt-out columns' values. ``columns`` are the user's, escaped."""
    return f"What the values of “{columns}” mean"
