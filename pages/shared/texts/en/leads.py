"""The leads screen."""

ALL_CUSTOM_FIELDS = "All custom fields that have no column of their own"
