"""Rules a reviewer would otherwise have to remember (style.md B.1, idea 5)."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

RUANG = Path(__file__).resolve().parents[2] / "ruang"
CONTEXTS = (
    "territory",
    "identity",
    "clocks",
    "filters",
    "approvals",
    "breaches",
    "intake",
    "cases",
    "plans",
    "dossier",
    "triage",
    "referrals",
    "notify",
    "consents",
    "register",
    "prevention",
    "planner",
)
SIGHTED = {
    "Report",
    "Draft",
    "Case",
    "Record",
    "Referral",
    "Approval",
    "Consent",
    "Plan",
    "Breach",
}
"""Models whose rows are only reached through ``visible_to``; their parts hang on them."""

SEES_WITHOUT_SIGHT: dict[str, str] = {
    "approvals/queries.py:approvals_about": "the caller has the record in sight",
    "referrals/queries/lists.py:partners_done": "the caller has the case in sight",
    "referrals/queries/pace.py:_countable": "counts and times alone leave, no row and no id",
    "intake/commands/receive.py:receive_report": "a form finds its own report by its secret",
    "intake/commands/relayed.py:relay_report": "an entry finds its own report by its secret",
    "intake/commands/recorded.py:_on_sheet": "a draft finds its own report by its secret",
    "intake/commands/recorded.py:record_report": "a draft finds its own report by its secret",
}
"""file:function → why it may reach a sighted model without ``visible_to``."""

NOT_A_COMMAND: dict[str, str] = {
    "planner/commands/outcome.py:keep_progress": "how far a worker is: nobody did anything",
    "triage/commands/approving.py:decide_approval": "answer and effect are recorded below",
    "referrals/commands/closing.py:ask_to_close": "the plan's propose_closing records",
    "clocks/commands.py:sweep_clocks": "the sweep records each warning and each miss itself",
    "identity/commands/opening.py:open_reporting": "calls territory's open_form, which records",
    "intake/commands/sweeps.py:sweep_receipt_copies": "its time is over; nobody did anything",
    "intake/commands/sweeps.py:sweep_used_nonces": "its time is over; nobody did anything",
    "notify/commands/deliver.py:deliver_notices": "its notice is the trace of a mail",
    "notify/commands/deliver.py:sweep_notices": "its time is over; nobody did anything",
    "register/commands/sweeps.py:sweep_old_contacts": "its time is over; nobody did anything",
    "register/commands/sweeps.py:sweep_staged_lists": "its time is over; nobody did anything",
    "prevention/commands/asking.py:sweep_requests": "its time is over; nobody did anything",
    "prevention/commands/arriving.py:check_in": "a fact a person would say who came when",
    "prevention/commands/sweeps.py:sweep_notes_and_photos": "its time is over, as promised",
    "triage/commands/sweeps.py:sweep_unclaimed_files": "what was never sent belongs to nobody",
}
"""file:function → why a public function in commands/ has no actor, no record, or no ``at``."""


def python_files(*parts: str) -> Iterator[Path]:
    for part in parts:
        found = RUANG / part
        yield from [found] if found.is_file() else sorted(found.rglob("*.py"))


def parts_of(kind: str) -> list[Path]:
    """The files of a context that are its commands or its queries."""
    return [
        path
        for context in CONTEXTS
        for path in (
            *(RUANG / context).glob(f"{kind}.py"),
            *(RUANG / context / kind).glob("*.py"),
        )
    ]


@cache
def tree_of(path: Path) -> ast.Module:
    """The code of a file; several rules look at the same."""
    return ast.parse(path.read_text())


def name_of(path: Path, node: ast.FunctionDef) -> str:
    return f"{path.relative_to(RUANG)}:{node.name}"


def public_functions(kind: str) -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in parts_of(kind):
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


@pytest.mark.parametrize("kind", ["commands", "queries"])
def test_public_functions_are_keyword_only_and_typed(kind: str) -> None:
    for path, node in public_functions(kind):
        assert not node.args.args, f"{name_of(path, node)} takes arguments by position"
        assert node.returns is not None, f"{name_of(path, node)} says not what it returns"


def test_every_command_names_its_actor_and_its_time_and_records() -> None:
    used = set()
    for path, node in public_functions("commands"):
        name = name_of(path, node)
        if name in NOT_A_COMMAND:
            used.add(name)
            continue
        names = {argument.arg for argument in node.args.kwonlyargs}
        assert {"actor", "at"} <= names, f"{name} has no actor or no at"
        called = {
            call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            for call in ast.walk(node)
            if isinstance(call, ast.Call)
        }
        local = {n.name for n in tree_of(path).body if isinstance(n, ast.FunctionDef)}
        assert "record" in called or called & local, f"{name} records no fact"
    assert used == set(NOT_A_COMMAND), "an exception is stale"


def test_rows_that_need_sight_are_reached_through_it() -> None:
    used = set()
    for path in [*parts_of("commands"), *parts_of("queries")]:
        tree = tree_of(path)
        for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
            for node in ast.walk(function):
                match node:
                    case ast.Attribute(
                        value=ast.Attribute(attr="objects", value=ast.Name(id=model)),
                        attr=first,
                    ) if model in SIGHTED and first not in {"visible_to", "create"}:
                        name = name_of(path, function)
                        assert name in SEES_WITHOUT_SIGHT, f"{name}: {model}.objects.{first}"
                        used.add(name)
    assert used == set(SEES_WITHOUT_SIGHT), "an exception is stale"


def test_every_rule_of_a_workflow_has_a_policy() -> None:
    from ruang.cases import policy as case_policy
    from ruang.cases import states as case_states
    from ruang.consents import policy as consent_policy
    from ruang.consents import states as consent_states
    from ruang.dossier import policy as dossier_policy
    from ruang.dossier import states as dossier_states
    from ruang.intake import policy as intake_policy
    from ruang.intake import states as intake_states
    from ruang.prevention import policy as prevention_policy
    from ruang.prevention import states as prevention_states
    from ruang.referrals import policy as referral_policy
    from ruang.referrals import states as referral_states

    for states, policy in (
        (intake_states, intake_policy),
        (case_states, case_policy),
        (dossier_states, dossier_policy),
        (referral_states, referral_policy),
        (consent_states, consent_policy),
        (prevention_states, prevention_policy),
    ):
        assert set(states.MOVES) == set(states.Step) == set(policy.RULES)


def test_no_file_is_longer_than_400_lines() -> None:
    folders = [
        RUANG,
        RUANG.parent / "config",
        RUANG.parent / "tests",
        RUANG.parent / "benchmarks",
    ]
    for folder in folders:
        for path in [*folder.rglob("*.py"), *folder.rglob("*.js"), *folder.rglob("*.html")]:
            if "migrations" not in path.parts:
                lines = len(path.read_text().splitlines())
                assert lines <= 400, f"{path.relative_to(RUANG.parent)} has {lines} lines"


def test_no_module_has_a_name_that_says_nothing() -> None:
    for path in python_files("."):
        assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "base"}


def test_foreign_keys_point_down_too() -> None:
    config = tomllib.loads((RUANG.parent / "pyproject.toml").read_text())
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    height = {
        name.strip(): len(layers) - n
        for n, line in enumerate(layers)
        for name in line.replace("(", "").replace(")", "").split("|")
    }
    for model in apps.get_models():
        if not model.__module__.startswith("ruang."):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                here = model._meta.app_label
                there = field.related_model._meta.app_label
                assert here == there or height[there] < height[here], (
                    f"{model.__name__}.{field.name}"
                )


def test_migrations_are_named_by_a_person() -> None:
    for path in RUANG.glob("*/migrations/0*.py"):
        assert "_auto_" not in path.name
        assert not path.stem.endswith("_initial")


def test_there_are_no_signals_and_no_print() -> None:
    for path in python_files("."):
        text = path.read_text()
        assert "django.dispatch" not in text or path.parts[-2] == "cli", path
        assert "Signal(" not in text, path


def test_there_is_one_field_for_a_day() -> None:
    """Another one would let days through that break clocks and calendars."""
    found = [path for path in python_files(".") if "forms.DateField(" in path.read_text()]
    assert [path.name for path in found] == []


def test_no_model_overrides_save() -> None:
    for path in (*RUANG.rglob("models.py"), *RUANG.rglob("models/*.py")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                assert node.name != "save", path


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (RUANG.parent / "pyproject.toml").read_text().splitlines()
    inside = False
    for before, line in pairwise(lines):
        inside = inside or line.startswith("dependencies = [")
        if inside and line.startswith("]"):
            break
        if inside and line.strip().startswith('"'):
            assert before.strip().startswith("#"), line


def test_no_download_address_is_committed() -> None:
    root = RUANG.parent
    for name in (
        "requirements.lock",
        "requirements-test.lock",
        "package-lock.json",
        "Makefile",
    ):
        text = (root / name).read_text()
        assert "resolved" not in text, name
        assert "https://files" not in text, name
        assert "registry." not in text, name
