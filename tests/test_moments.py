"""Values that change from moment to moment are told as they were at each."""

from __future__ import annotations

import random

from kg.model.versions import Versions


def test_each_view_tells_what_was_known_then_whatever_changes_later() -> None:
    chance = random.Random(7)
    ids = ["c", "a", "b", "d"]
    versions = Versions[int](ids)
    now: dict[str, int] = {}
    views, copies = [], []
    for number in range(1, 60):
        for id in chance.sample([*ids, "z", "y"], 3):
            if chance.random() < 0.4:
                assert versions.drop(id) == (now.pop(id, None) is not None)
            else:
                now[id] = number
                versions.set({id: number})
        views.append(versions.as_now())
        copies.append({id: now[id] for id in (*ids, "y", "z") if id in now})
    for view, copy in zip(views, copies, strict=True):
        assert len(view) == len(copy)
        assert [view.get(id) for id in (*ids, "z", "y")] == [
            copy.get(id) for id in (*ids, "z", "y")
        ]
        assert {id for id in (*ids, "z", "y", "other") if id in view} == copy.keys()
        assert list(view.items()) == list(copy.items())
        assert (list(view), list(view.values())) == (list(copy), list(copy.values()))
        assert view == copy
