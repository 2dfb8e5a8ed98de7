"""Every field has a class, and what is readable about a report or case is the agreed list."""

import pytest
from django.apps import apps
from django.db import models

from ruang.kernel.classes import FieldClasses
from ruang.vault.texts import SealedAhead, SealedField

OURS = [m for m in apps.get_models() if m.__module__.startswith("ruang.")]

CODED = {
    # vault.md §3: "about a report or case only this is coded"; a column joins only by an ADR
    "intake.Report": {
        "id", "number", "received_at", "door", "language", "desk", "state", "safety", "who",
        "age", "helps", "way", "safe_from", "safe_until", "district", "helper_sex", "kind",
        "authority", "tpks", "tpks_question", "recorded_by", "risk", "rank", "due_at", "holder",
        "taken_from",
        "taken_at", "answered_at", "reopened_at", "waiting", "file_count", "form_tag",
    },
    "intake.Draft": {
        "id", "desk", "by", "started_at", "changed_at", "version", "window", "danger", "files",
    },
    "intake.RiskCheck": {"id", "report", "at", "by", "suggested"},
    "clocks.Clock": {
        "id", "kind", "area", "subject", "desk", "owner", "state", "started_at", "due_at",
        "warn_at", "next_at", "warned_at", "missed_at", "level", "round", "acknowledged_at",
        "acknowledged_by", "missed_why", "paused_at", "paused_why",
        "paused_until", "over_at", "ended_why",
    },
    "breaches.Breach": {
        "id", "desk", "state", "kind", "data", "people", "known_at", "recorded_at",
        "recorded_by", "told", "told_at", "form_tag",
    },
    "approvals.Approval": {
        "id", "kind", "subject", "number", "code", "risk", "age", "district", "desk", "asker",
        "decider", "state", "asked_at", "decided_at",
    },
    "intake.Message": {"id", "report", "at", "side", "kind", "author", "form_tag"},
    "intake.Attachment": {"id", "report", "message", "at", "kind", "bucket"},
    "cases.Case": {
        "id", "number", "desk", "state", "opened_at", "reported_at", "risk", "rank", "age",
        "who", "helps", "district", "kind", "authority", "tpks", "tpks_question",
        "sexual_by_record", "next_on", "legal_on", "safety_on", "reopened",
        "language", "reporter_pair", "waiting", "told_again_at", "changed_at", "closed_at",
        "closing",
    },
    "cases.Member": {
        "id", "case", "user", "part", "compartments", "since", "until", "ended_at",
    },
    "cases.Excluded": {"id", "case", "user", "why", "by", "at"},
    "cases.Entry": {"id", "case", "compartment", "kind", "at", "author", "form_tag"},
    "cases.ThreadMessage": {"id", "case", "at", "side", "kind", "author", "form_tag"},
    "cases.CaseFile": {"id", "case", "compartment", "message", "at", "kind", "bucket"},
    "consents.Consent": {
        "id", "case", "organisation", "purpose", "compartments", "basis", "given_on", "way",
        "until", "state", "recorded_at", "recorded_by", "over_at", "over_by", "form_tag",
    },
    "dossier.Record": {
        "id", "case", "kind", "compartment", "version", "at", "by", "changed_at", "changed_by",
        "retired_at", "retired_why", "form_tag",
    },
    "dossier.Version": {"id", "record", "version", "at", "by"},
    "triage.Decision": {"report", "outcome", "at", "by", "case", "same_as"},
    "triage.HandOver": {
        "id", "report", "ground", "from_desk", "to_desk", "by", "at", "files", "messages",
    },
    "plans.Goal": {"id", "case", "at", "author", "ended_at", "form_tag"},
    "plans.Service": {
        "id", "case", "function", "kind", "provider", "state", "due_on", "given_on", "outcome",
        "at", "author", "over_at", "form_tag",
    },
    "plans.Agreement": {"id", "case", "on", "at", "author", "form_tag"},
    "plans.Task": {
        "id", "case", "compartment", "owner", "due_on", "state", "at", "by", "over_at",
        "over_by", "dropped", "form_tag",
    },
    "plans.Mediation": {"id", "case", "state", "at", "by_law"},
    "plans.MediationRecord": {"id", "mediation", "step", "at", "author"},
    "plans.FollowUp": {
        "id", "case", "on", "way", "next_on", "at", "author", "form_tag",
    },
    "plans.Termination": {"id", "case", "approval", "closing", "at", "author", "done"},
    "referrals.CaseHandOver": {
        "id", "case", "termination", "ground", "to_desk", "on", "basis", "consent", "at", "by",
    },
    "referrals.Referral": {
        "id", "number", "case", "asker", "sender", "receiver", "state", "need", "risk", "rank",
        "age", "district", "asked_at", "answer_by", "answered_at", "consent", "basis",
        "consent_on", "consent_way",
        "share_until", "compartments", "taken_by", "moved_at", "decline", "result", "form_tag",
    },
}  # fmt: skip


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_field_is_in_exactly_one_class(model: type[models.Model]) -> None:
    declared = getattr(model, "classes", None)
    assert isinstance(declared, FieldClasses), "declare `classes`"
    assert sorted(declared.names()) == sorted(
        field.name for field in model._meta.concrete_fields
    )
    assert declared.retention


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_sealed_means_sealed(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        if isinstance(field, SealedField):
            assert field.name in model.classes.sealed  # type: ignore[attr-defined]
    for name in model.classes.sealed:  # type: ignore[attr-defined]
        assert isinstance(model._meta.get_field(name), models.BinaryField)


@pytest.mark.parametrize("label", list(CODED))
def test_what_is_readable_about_a_report_or_case_is_the_agreed_list(label: str) -> None:
    model = apps.get_model(label)
    columns = model._meta.concrete_fields
    readable = {f.name for f in columns if not isinstance(f, SealedField | SealedAhead)}
    assert readable == CODED[label]


@pytest.mark.parametrize("label", list(CODED))
def test_no_readable_column_about_people_holds_free_text(label: str) -> None:
    model = apps.get_model(label)
    for field in model._meta.concrete_fields:
        assert not isinstance(field, models.TextField), field.name
        if isinstance(field, models.CharField):
            closed = bool(field.choices) or field.max_length <= 16
            assert closed, f"{label}.{field.name} could hold a sentence"


ABOUT_PEOPLE = {
    "intake", "cases", "triage", "referrals", "clocks", "approvals", "dossier", "plans",
    "consents", "breaches",
}  # fmt: skip


def test_the_list_names_every_model_of_reports_cases_and_requests() -> None:
    small = {"intake.ReceiptCopy", "intake.UsedNonce", "intake.Series", "clocks.CityRule"}
    about_people = {
        m._meta.label for m in OURS
        if m._meta.app_label in ABOUT_PEOPLE
    }  # fmt: skip
    assert about_people - small == set(CODED)
