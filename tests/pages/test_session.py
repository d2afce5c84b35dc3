"""What a visitor's session carries into other threads."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest

from core import access, language
from core.errors import Forbidden
from pages.shared import session


def who_asks() -> tuple[str, str]:
    return access.current_actor().name, language.current()


def carried_in_german():
    language.use("de")
    return session.carried(who_asks)


def test_a_download_is_made_for_the_visitor_in_their_language(new_screen):
    call = copy_context().run(carried_in_german)
    with ThreadPoolExecutor(2) as pool:
        assert pool.submit(call).result() == ("local", "de")
        assert [pool.submit(call).result() for _ in range(2)] == [("local", "de")] * 2, "it can be made again"
        with pytest.raises(Forbidden):
            pool.submit(who_asks).result()
