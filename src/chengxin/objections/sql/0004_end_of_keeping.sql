-- What was said ends with the papers of its case. The platform already reads and moves these rows at its own door; what
-- it may change for which purpose is held here.
create trigger sweep_only_empties before update on objections_objection
    for each row execute function retention_sweep_only_empties('sealed', 'text');
create trigger keep_words before update of sealed, text on objections_objection
    for each row execute function retention_keep_words('sealed', 'text');
