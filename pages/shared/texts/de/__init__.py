"""The texts of the screens in German."""

from pages.shared.texts.de.access import *  # noqa: F403
from pages.shared.texts.de.after import *  # noqa: F403
from pages.shared.texts.de.base import *  # noqa: F403
from pages.shared.texts.de.choices import *  # noqa: F403
from pages.shared.texts.de.files import *  # noqa: F403
from pages.shared.texts.de.leads import *  # noqa: F403
from pages.shared.texts.de.mapping import *  # noqa: F403
from pages.shared.texts.de.repair import *  # noqa: F403
from pages.shared.texts.de.report import *  # noqa: F403
from pages.shared.texts.de.review import *  # noqa: F403
from pages.shared.texts.de.settings import *  # noqa: F403
from pages.shared.texts.de.sources import *  # noqa: F403
from pages.shared.texts.de.upload import *  # noqa: F403
