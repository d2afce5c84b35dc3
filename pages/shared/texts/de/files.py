"""What concerns files and their columns, in German: opt-outs."""

MAP_OPT_OUT_LEAD = (
    "Wo eine Spalte sagt, dass sich jemand abgemeldet hat, wird der Lead abgemeldet, was auch immer sein Status sagt. Text, den "
    "wir nicht lesen können, gilt als abgemeldet; wählen Sie eine andere Bedeutung, wo das falsch ist."
)


def opt_out_values(columns: str) -> str:
    """The heading of the list of the opt-out columns' values. ``columns`` are the user's, escaped."""
    return f"Was die Werte von „{columns}“ bedeuten"
