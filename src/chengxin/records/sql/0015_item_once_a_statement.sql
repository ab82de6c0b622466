-- No record without a catalogue item: what the foreign key asked row by row at the commit is asked once a statement
-- (ADR 0092). A restrictive policy stands beside every policy that allows; the catalogue keeps its numbers for good.
create policy of_a_catalogue_item on records_version as restrictive for insert to chengxin_app
    with check (item_id in (select id from catalogue_item_version));
create policy of_a_catalogue_item_still on records_version as restrictive for update to chengxin_app
    with check (item_id in (select id from catalogue_item_version));

-- Policies are asked in the order of their names until one allows. Whoever files a batch reads by this one, so it
-- comes first: eight others asked in vain for every row are a tenth of the insert.
alter policy source_reads on records_version rename to accountable_body_reads;

-- Nobody searches by these, so their distribution helps no plan; gathering it took half of a refresh (ADR 0042).
alter table records_version
    alter column content set statistics 0, alter column sealed set statistics 0,
    alter column document_grams set statistics 0, alter column content_digest set statistics 0;
