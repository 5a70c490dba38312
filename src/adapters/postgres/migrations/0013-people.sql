-- People who sign in, their sessions, and the unit that a message concerns.

create table hub.user (
  id                uuid primary key,
  name              text not null unique,       -- what is typed to sign in
  title             text not null,
  email             text,
  roles             text[] not null,
  may_reveal        boolean not null default false,
  may_redrive       boolean not null default false,
  units             text[] not null default '{}', -- prefixes of agency codes; none: every unit
  systems           text[] not null default '{}', -- none: every system
  password          text,                       -- argon2id; null: cannot sign in by password
  totp              text,                       -- sealed; null: no second factor yet
  totp_counter      bigint,                     -- of the last code that was taken: each is good once
  oidc_issuer       text,
  oidc_subject      text,
  set_up_hash       bytea unique,
  set_up_until      timestamptz,
  set_up_totp       boolean not null default false, -- the link takes the second factor away too
  created_at        timestamptz not null default now(),
  disabled_at       timestamptz,
  last_signed_in_at timestamptz,
  unique (oidc_issuer, oidc_subject)
);

create table hub.web_session (
  hash       bytea primary key,                 -- of the token, under a key of the hub
  user_id    uuid not null references hub.user (id),
  state      text not null,                     -- signed-in | totp-needed | totp-enrolment-needed
  enrolling  text,                              -- sealed: the second factor that is being set up
  created_at timestamptz not null default now(),
  seen_at    timestamptz not null default now(),
  ends_at    timestamptz not null
) with (fillfactor = 70);
create index web_session_user on hub.web_session (user_id);

-- Tries of the last minutes, by a keyed hash of the account or the address.
create table hub.sign_in_try (
  what bytea primary key,
  at   timestamptz[] not null,
  told boolean not null default false           -- its refusal is on record
);

-- A sign-in that is with the identity provider: good once, for the browser that began it.
create table hub.oidc_flow (
  state   bytea primary key,
  browser bytea not null,
  sealed  text not null,
  until   timestamptz not null
);

-- In the order of bytes, so that a unit and all below it lie side by side. Null in what is there already.
alter table hub.message add column unit text collate "C";
create index message_unit on hub.message (unit, id) where unit is not null;
