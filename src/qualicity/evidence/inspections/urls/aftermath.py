"""Addresses of what follows a failure, and what the public is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from qualicity.evidence.inspections.views import failures, mine, publication

if TYPE_CHECKING:
    from django.urls import URLPattern

ADDRESSES: list[URLPattern] = [
    path("inspections/failures/", failures.failures, name="failures"),
    path("inspections/failures/open/", failures.open_failures, name="open_failures"),
    path("inspections/failures/<int:number>/", failures.failure, name="failure"),
    path("inspections/failures/<int:number>/transfer/", failures.transfer, name="transfer"),
    path("inspections/failures/<int:number>/files/<int:attachment>/", failures.file, name="failure_file"),
    path("inspections/failures/<int:number>/<slug:code>/", failures.move, name="failure_move"),
    path("inspections/mine/", mine.mine, name="mine"),
    path("inspections/mine/<int:number>/", mine.my_failure, name="my_failure"),
    path("inspections/mine/<int:number>/<slug:code>/", mine.my_move, name="my_move"),
    path("inspections/publication/", publication.publication, name="publication"),
    path("inspections/publication/gather/", publication.gather, name="gather"),
    path("inspections/publication/publish/", publication.publish, name="publish"),
    path("inspections/publication/<int:number>/", publication.notice, name="notice"),
    path("inspections/publication/<int:number>/correct/", publication.correct, name="correct_notice"),
    path("inspections/publication/<int:number>/withdraw/", publication.withdraw, name="withdraw_notice"),
]
