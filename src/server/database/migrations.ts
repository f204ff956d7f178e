/**
 * The schema's history, oldest first. Forward only: a migration that was released is never edited, a new one is
 * added at the end.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `create table account (person_id text primary key, password_hash text not null)`,
    `create table sign_in_failure (
       username text primary key, failures integer not null, locked_until timestamptz)`,
    `create table device (
       id uuid not null, person_id text not null, name text not null, last_sign_in_at timestamptz not null,
       revoked_at timestamptz, primary key (id, person_id))`,
    `create table session (
       id uuid primary key, person_id text not null, device_id uuid not null,
       started_at timestamptz not null default now(), ended_at timestamptz,
       foreign key (device_id, person_id) references device (id, person_id))`,
    `create table session_token (
       hash text primary key, session_id uuid not null references session (id) on delete cascade,
       kind text not null, expires_at timestamptz not null, spent_at timestamptz)`,
    `create index session_token_session on session_token (session_id)`,

    `create table command (
       id uuid primary key, body_hash text not null, person_id text not null, letter_id uuid not null,
       refusal jsonb, first_version integer, last_version integer, answered_at timestamptz not null)`,
    `create table letter_event (
       letter_id uuid not null, version integer not null, event jsonb not null, primary key (letter_id, version))`,
    `create table letter (
       id uuid primary key, version integer not null, stage text not null, subject text not null,
       unit_id text not null, register_id text not null, number_text text, number_date date,
       changed_at timestamptz not null, audience text[] not null, letter jsonb not null)`,
    `create index letter_audience on letter using gin (audience)`,
    `create table letter_file (
       letter_id uuid not null references letter (id), sha256 text not null, primary key (sha256, letter_id))`,

    `create table register_counter (
       register_id text not null, buddhist_year integer not null, last_serial integer not null,
       primary key (register_id, buddhist_year))`,
    `create table register_entry (
       register_id text not null, buddhist_year integer not null, serial integer not null, number text not null,
       date date not null, letter_id uuid not null unique, subject text not null, addressee text not null,
       primary key (register_id, buddhist_year, serial))`,

    `create table feed (
       seq bigint primary key, kind text not null, letter_id uuid, from_version integer, to_version integer,
       audience text[] not null)`,
    `create table feed_head (id integer primary key check (id = 1), seq bigint not null)`,
    `insert into feed_head (id, seq) values (1, 0)`,

    `create table file (
       sha256 text primary key, bytes bigint not null, stored_at timestamptz not null default now(), reading jsonb)`,
    `create table file_uploader (
       sha256 text not null references file (sha256), person_id text not null, primary key (sha256, person_id))`,

    `create table organisation (
       id integer primary key check (id = 1), version integer not null, organisation jsonb not null)`,
    `create table trust (pem text primary key)`,
    `create table person_tokens (person_id text primary key, tokens text[] not null)`,
  ],
  [
    `create index letter_without_evidence on letter (changed_at)
       where stage = 'signed' and coalesce(letter -> 'augmented', 'null') = 'null'`,
  ],
  [
    // A feed that a backup brought back may be shorter than what clients have read: another epoch tells them.
    `alter table feed_head add column epoch uuid not null default gen_random_uuid()`,
  ],
  [
    `create table exchange_item (
       id uuid primary key, way text not null, receipt text not null, state text not null,
       letter jsonb, fingerprint text not null, sender_department text, letter_number text, letter_date date,
       refusal jsonb, receive_number text, number_disputed_at timestamptz,
       audience text not null, evidence_sha256 text not null references file (sha256),
       arrived_at timestamptz not null, settled_at timestamptz)`,
    `create unique index exchange_item_letter
       on exchange_item (way, sender_department, letter_number, letter_date)
       where state in ('arrived', 'registered')`,
    `create unique index exchange_item_quarantined on exchange_item (way, fingerprint) where state = 'quarantined'`,
    `create index exchange_item_fingerprint on exchange_item (fingerprint)`,
    `create table exchange_item_file (
       sha256 text not null references file (sha256), item_id uuid not null references exchange_item (id),
       audience text not null, primary key (sha256, item_id))`,
    `create table exchange_dispatch (
       dispatch_id text primary key, letter_id uuid not null, refusal jsonb, settled_at timestamptz)`,
    `create table exchange_outbox (
       id uuid primary key, way text not null, kind text not null, letter_id uuid,
       dispatch_id text, recipient integer,
       item_id uuid references exchange_item (id), letter_number text not null, letter_date date not null,
       department text not null, message jsonb not null, replaces uuid,
       state text not null, uncertain boolean not null, attempts integer not null,
       next_attempt_at timestamptz not null, receipt text, status text, refusal jsonb,
       queued_at timestamptz not null, sent_at timestamptz)`,
    `create unique index exchange_outbox_letter on exchange_outbox (way, letter_id, department)
       where kind = 'letter' and state <> 'replaced'`,
    `create index exchange_outbox_waiting on exchange_outbox (next_attempt_at) where state = 'waiting'`,
    `create index exchange_outbox_number on exchange_outbox (letter_number)`,
    `create table exchange_confirmation (
       id uuid primary key, outbox_id uuid not null references exchange_outbox (id), kind text not null,
       number text not null, at timestamptz not null, told_at timestamptz,
       evidence_sha256 text not null references file (sha256), unique (outbox_id, kind, number))`,
    `create index exchange_confirmation_evidence on exchange_confirmation (evidence_sha256)`,
  ],
  [
    // A letter may stand in several registers, and in one with a cancelled number and another; incoming letters too.
    `alter table register_entry drop constraint register_entry_letter_id_key`,
    `alter table register_entry
       add column state text not null default 'issued', add column reason text not null default '',
       add column secrecy integer not null default 0, add column sender text not null default '',
       add column sender_number text not null default '', add column sender_date date, add column sender_key text`,
    `create index register_entry_letter on register_entry (letter_id)`,
    `create index register_entry_sender on register_entry (register_id, sender_key) where sender_key is not null`,
    `create table reservation (
       register_id text not null, buddhist_year integer not null, serial integer not null, number text not null,
       date date not null, until timestamptz not null, state text not null, reserved_by text not null,
       owner text not null, reason text not null, cancelled_for text not null default '',
       primary key (register_id, buddhist_year, serial))`,
    `create table office_event (
       stream text not null, version integer not null, event jsonb not null, primary key (stream, version))`,
    `alter table command alter column letter_id drop not null`,
    `alter table command add column stream text`,
  ],
  [
    // Entries that an older system's register had belong to no letter here.
    `alter table register_entry alter column letter_id drop not null`,
    `alter table register_entry
       add column practice text not null default '', add column remarks text not null default ''`,
    `create table disposal (
       id uuid primary key, version integer not null, unit_id text not null, year integer not null,
       stage text not null, disposal jsonb not null)`,
    `create index letter_reply on letter ((letter ->> 'repliesTo')) where letter ->> 'repliesTo' is not null`,
    `create index letter_kept on letter (unit_id) where stage = 'stored'`,
    `create index letter_gone on letter (id) where stage = 'gone'`,
    `alter table file_uploader add column brought_at timestamptz not null default now()`,
  ],
]
