"""What an import means. Pure modules decide; modules named ``*_flow`` own the transaction and reach the database."""
