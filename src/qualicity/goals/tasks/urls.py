"""Addresses of the tasks' pages."""

from __future__ import annotations

from django.urls import path

from qualicity.goals.tasks.views import assignment, board, breakdown, plans, targets, timeline

app_name = "tasks"

urlpatterns = [
    path("tasks/", board.board, name="board"),
    path("tasks/assignments/", board.assignments, name="assignments"),
    path("tasks/mine/", board.mine, name="mine"),
    path("tasks/units/<slug:code>/", board.unit, name="unit"),
    path("tasks/<int:number>/", board.task, name="task"),
    path("tasks/assignments/<int:number>/", assignment.assignment, name="assignment"),
    path("tasks/assignments/<int:number>/report/", assignment.report, name="report"),
    path("tasks/assignments/<int:number>/check/", assignment.check, name="check"),
    path("tasks/assignments/<int:number>/fixes/", assignment.fixes, name="fixes"),
    path("tasks/breakdown/", breakdown.breakdown, name="breakdown"),
    path("tasks/breakdown/template/", breakdown.template, name="template"),
    path("tasks/breakdown/import/", breakdown.imported, name="import"),
    path("tasks/breakdown/derive/", breakdown.derive, name="derive"),
    path("tasks/breakdown/copy/", breakdown.copy, name="copy"),
    path("tasks/plans/", plans.plans, name="plans"),
    path("tasks/plans/new/", plans.new, name="new_plan"),
    path("tasks/plans/<int:number>/", plans.plan, name="plan"),
    path("tasks/targets/", targets.targets, name="targets"),
    path("plan/gantt/", timeline.gantt, name="gantt"),
    path("plan/calendar/", timeline.calendar, name="calendar"),
    path("plan/compare/", timeline.compare, name="compare"),
]
