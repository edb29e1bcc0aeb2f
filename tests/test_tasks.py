"""What the worker does by the clock: each task is carried out, even where nothing is due."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

PERIODIC = {
    one.task.name: one.task
    for one in app.periodic_registry.periodic_tasks.values()
    if one.task.name.partition(".")[0] != "builtin"
}


@pytest.mark.django_db
@pytest.mark.parametrize("task", PERIODIC.values(), ids=PERIODIC)
def test_every_periodic_task_looks_for_what_is_due(task: Task) -> None:
    with CaptureQueriesContext(connection) as asked:
        task(timestamp=0)
    assert [one["sql"] for one in asked if " FROM " in one["sql"].upper()] != []
