"""What the screens share: session, keys, texts, the step bar, widgets and data frames."""
