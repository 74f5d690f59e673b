"""Where somebody comes in, nothing stays of who was there before (N1, N3)."""

from collections.abc import Callable

import pytest
import reflex as rx

from inbox_app.pages.sign_in.join import join
from inbox_app.pages.sign_in.login import login


@pytest.mark.parametrize("page", [login, join])
def test_a_page_by_which_one_comes_in_forgets_what_the_browser_kept(
    page: Callable[[], rx.Component],
) -> None:
    assert "ForgetDevice" in str(page().render())
