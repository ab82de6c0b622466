"""The grants file: no right we do not know, no DELETE without a reason."""

import pytest

from chengxin.database.grants import Grant, GrantError, declared, read_declaration


@pytest.fixture
def written(tmp_path):
    def write(text):
        file = tmp_path / "grants.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_it_reads_tables_columns_and_reasons(written):
    declaration = read_declaration(
        written(
            "tables:\n"
            "  draft: {web: [select, 'update(state, decided_at)'], worker: [delete]}\n"
            "deletions:\n  draft: {worker: 'Drafts older than a day are swept.'}\n"
            "definer_functions: {public.f(): 'Reads one row of another body.'}\n"
        )
    )
    assert declaration.grants == {
        Grant(table="draft", role="chengxin_web", privilege="select"),
        Grant(table="draft", role="chengxin_web", privilege="update", column="state"),
        Grant(table="draft", role="chengxin_web", privilege="update", column="decided_at"),
        Grant(table="draft", role="chengxin_worker", privilege="delete"),
    }
    assert declaration.deletions == {("draft", "chengxin_worker")}
    assert declaration.definer_functions == {"public.f()"}


@pytest.mark.parametrize(
    "text",
    [
        "tables: {draft: {worker: [delete]}}",
        "tables: {draft: {worker: [delete]}}\ndeletions: {draft: {worker: ''}}",
        "tables: {draft: {worker: [delete]}}\ndeletions: {draft: {web: 'A reason for another.'}}",
        "tables: {draft: {web: [truncate]}}",
        "tables: {draft: {web: [all]}}",
        "tables: {draft: {public: [select]}}",
        "tables: {draft: {web: ['select; drop table x']}}",
        "tables: {draft: {web: ['delete(state)']}}",
        "definer_functions: {f(): yes}",
        "grants: {}",
    ],
)
def test_it_refuses_what_it_does_not_know_or_has_no_reason(written, text):
    with pytest.raises(GrantError):
        read_declaration(written(text))


def test_every_installed_package_declares_grants_that_can_be_read():
    assert all(grant.privilege in {"select", "insert", "update", "delete"} for grant in declared().grants)
