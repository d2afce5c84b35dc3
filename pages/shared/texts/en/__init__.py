"""The texts of the screens in English."""

from pages.shared.texts.en.access import *  # noqa: F403
from pages.shared.texts.en.after import *  # noqa: F403
from pages.shared.texts.en.base import *  # noqa: F403
from pages.shared.texts.en.choices import *  # noqa: F403
from pages.shared.texts.en.files import *  # noqa: F403
from pages.shared.texts.en.leads import *  # noqa: F403
from pages.shared.texts.en.mapping import *  # noqa: F403
from pages.shared.texts.en.repair import *  # noqa: F403
from pages.shared.texts.en.report import *  # noqa: F403
from pages.shared.texts.en.review import *  # noqa: F403
from pages.shared.texts.en.settings import *  # noqa: F403
from pages.shared.texts.en.sources import *  # noqa: F403
from pages.shared.texts.en.upload import *  # noqa: F403
