-- The tables that the Handle server expects of an SQL database, and the prefix that it answers for.
begin;
select pg_advisory_xact_lock(2641);
create table if not exists nas (
  na bytea primary key
);
create table if not exists handles (
  handle bytea not null,
  idx int4 not null,
  type bytea,
  data bytea,
  ttl_type int2,
  ttl int4,
  timestamp int4,
  refs text,
  admin_read bool,
  admin_write bool,
  pub_read bool,
  pub_write bool,
  primary key (handle, idx)
);
insert into nas (na) values (convert_to(upper(:'authority'), 'UTF8')) on conflict do nothing;
commit;
