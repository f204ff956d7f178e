/**
 * The search index's tables. `search_text` holds trigrams of canonical text without the text; its rows are numbered so
 * that a higher `place` is a later change. `search_gram` has every trigram there is, so that a word of two characters
 * finds those that begin with it. `search_queue` has the letters whose row is missing or out of date: it is filled in
 * the transaction that changes a letter, so no crash loses one.
 */
export const searchSchema = `
  CREATE VIRTUAL TABLE search_text USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
  );
  CREATE TABLE search_letter (place INTEGER PRIMARY KEY, letter_id TEXT NOT NULL UNIQUE, day TEXT NOT NULL);
  CREATE INDEX search_letter_by_day ON search_letter (day);
  CREATE TABLE search_gram (gram TEXT NOT NULL UNIQUE);
  CREATE TABLE search_queue (letter_id TEXT NOT NULL UNIQUE);

  -- What a file says, read in the background; empty where nothing could be read.
  CREATE TABLE document_text (sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
  `
