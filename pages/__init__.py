"""The screens: read inputs, call core, show. One screen per file."""
