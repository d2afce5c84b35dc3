"""The texts of the screens in German."""

from pages.shared.texts.de.base import *  # noqa: F403
