"""How often functions are called while something is done: what that costs, on any machine and
however busy it is.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any


def calls(action: Callable[[], object]) -> Counter[str]:
    """How often each function was called by an action, by its name with the class that it belongs
    to.
    """
    found: Counter[CodeType | str] = Counter()

    def count(frame: FrameType, event: str, called: Any) -> None:
        if event == "call":
            found[frame.f_code] += 1
        elif event == "c_call":
            found[called.__qualname__] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
    names: Counter[str] = Counter()
    for each, times in found.items():
        names[each if isinstance(each, str) else each.co_qualname] += times
    return names
