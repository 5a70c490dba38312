-- Sessions with systems that all processes share. The token is sealed; the digest tells tokens apart.
create table hub.session (
  system      text not null,
  name        text not null,
  token       text,
  digest      bytea,
  expires_at  timestamptz,
  owner       text,
  lease_until timestamptz,
  primary key (system, name)
);
