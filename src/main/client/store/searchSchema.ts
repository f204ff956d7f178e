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
  -- Files whose text has not been read; one is read when it is the current file of a letter.
  CREATE TABLE document_queue (sha256 TEXT NOT NULL UNIQUE);
  CREATE INDEX letter_by_file ON letter (current_file);
  INSERT INTO document_queue SELECT sha256 FROM file;

  -- No OR IGNORE here: the statement that sets a trigger off decides what a conflict does.
  CREATE TRIGGER document_of_file AFTER INSERT ON file
  WHEN NOT EXISTS (SELECT 1 FROM document_text WHERE sha256 = NEW.sha256)
    AND NOT EXISTS (SELECT 1 FROM document_queue WHERE sha256 = NEW.sha256)
  BEGIN INSERT INTO document_queue VALUES (NEW.sha256); END;

  CREATE TRIGGER document_without_file AFTER DELETE ON file
  BEGIN DELETE FROM document_queue WHERE sha256 = OLD.sha256; END;

  CREATE TRIGGER document_of_letter AFTER INSERT ON letter
  WHEN NOT EXISTS (SELECT 1 FROM document_text WHERE sha256 = NEW.current_file)
    AND NOT EXISTS (SELECT 1 FROM document_queue WHERE sha256 = NEW.current_file)
  BEGIN INSERT INTO document_queue SELECT sha256 FROM file WHERE sha256 = NEW.current_file; END;

  -- What a letter said goes with the letter, and with the revision that said it.
  CREATE TRIGGER document_without_letter AFTER DELETE ON letter
  BEGIN
    DELETE FROM document_text WHERE sha256 = OLD.current_file
      AND NOT EXISTS (SELECT 1 FROM letter WHERE current_file = OLD.current_file);
  END;

  CREATE TRIGGER document_of_revision AFTER UPDATE OF current_file ON letter
  WHEN OLD.current_file <> NEW.current_file
  BEGIN
    DELETE FROM document_text WHERE sha256 = OLD.current_file
      AND NOT EXISTS (SELECT 1 FROM letter WHERE current_file = OLD.current_file);
    INSERT INTO document_queue SELECT sha256 FROM file WHERE sha256 = NEW.current_file
      AND NOT EXISTS (SELECT 1 FROM document_text WHERE document_text.sha256 = NEW.current_file)
      AND NOT EXISTS (SELECT 1 FROM document_queue WHERE document_queue.sha256 = NEW.current_file);
  END;
  `
