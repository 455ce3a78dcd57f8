"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.judgement.credit.actions.disputes import decide, dispute, withdraw
from qualicity.judgement.credit.actions.filing import open_files
from qualicity.judgement.credit.actions.listing import (
    ask_consent,
    decide_listing,
    drop_listing,
    give_consent,
    note_silence,
    notify_party,
    propose_listing,
    publish_listing,
    refuse_consent,
    state_defence,
)
from qualicity.judgement.credit.actions.listing_ends import expire_listings, revoke_annulled, revoke_listing
from qualicity.judgement.credit.actions.listing_measures import confirm_lifted, report_measure, tell_organisations
from qualicity.judgement.credit.actions.listing_objections import answer_objection, object_to_listing
from qualicity.judgement.credit.actions.listing_repairs import (
    accept_repair,
    ask_repair,
    deny_repair,
    grant_repair,
    process_repair,
    refuse_repair,
    undo_repair,
    withdraw_repair,
)
from qualicity.judgement.credit.actions.scoring import score, score_if_due
from qualicity.judgement.credit.actions.weights import adopt_weights, propose_weights, reject_weights

__all__ = [
    "accept_repair",
    "adopt_weights",
    "answer_objection",
    "ask_consent",
    "ask_repair",
    "confirm_lifted",
    "decide",
    "decide_listing",
    "deny_repair",
    "dispute",
    "drop_listing",
    "expire_listings",
    "give_consent",
    "grant_repair",
    "note_silence",
    "notify_party",
    "object_to_listing",
    "open_files",
    "process_repair",
    "propose_listing",
    "propose_weights",
    "publish_listing",
    "refuse_consent",
    "refuse_repair",
    "reject_weights",
    "report_measure",
    "revoke_annulled",
    "revoke_listing",
    "score",
    "score_if_due",
    "state_defence",
    "tell_organisations",
    "undo_repair",
    "withdraw",
    "withdraw_repair",
]
