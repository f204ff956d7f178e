import { searchSchema } from './searchSchema.ts'

/**
 * The store's schema as steps forward: step N brings `user_version` from N to N + 1. A step that was released is
 * never edited; a change is a new step. All tables have rowids: a measured half of the time of WITHOUT ROWID.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);

  CREATE TABLE organisation (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);

  CREATE TABLE event (
    letter_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (letter_id, version)
  );

  -- A letter as this person sees it: confirmed events with the waiting commands folded on top.
  CREATE TABLE letter (
    id TEXT NOT NULL UNIQUE,
    confirmed_version INTEGER NOT NULL,
    current_file TEXT NOT NULL,
    json TEXT NOT NULL
  );

  -- Where a letter is listed: a position's tray, or '' for one's own letters; one folder for each tray.
  CREATE TABLE placement (
    letter_id TEXT NOT NULL,
    tray TEXT NOT NULL,
    folder TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (letter_id, tray)
  );
  CREATE INDEX placement_by_tray ON placement (tray, folder, changed_at DESC);

  CREATE TABLE read_mark (letter_id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL);

  CREATE TABLE outbox (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    letter_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
    since TEXT NOT NULL,
    command TEXT NOT NULL,
    evidence TEXT,
    refusal TEXT
  );
  CREATE INDEX outbox_by_letter ON outbox (letter_id);

  CREATE TABLE file (
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    name TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    signatures INTEGER NOT NULL
  );
  `,
  searchSchema,
]
