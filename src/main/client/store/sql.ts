import { searchSql } from './searchSql.ts'

/** Every statement of the store by the name under which it is timed. */
export const sql = {
  'meta.get': 'SELECT value FROM meta WHERE key = ?',
  'meta.set':
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',

  'meta.remove': 'DELETE FROM meta WHERE key = ?',

  'organisation.get': 'SELECT json FROM organisation',
  'organisation.set':
    'INSERT INTO organisation (id, json) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json',

  'event.add': 'INSERT OR IGNORE INTO event (letter_id, version, json) VALUES (?, ?, ?)',
  'event.ofLetter': 'SELECT json FROM event WHERE letter_id = ? ORDER BY version',
  'event.last': 'SELECT max(version) AS version FROM event WHERE letter_id = ?',
  'event.removeLetter': 'DELETE FROM event WHERE letter_id = ?',
  'event.removeAll': 'DELETE FROM event',

  'letter.count': 'SELECT count(*) AS count FROM letter',
  'letter.get': 'SELECT confirmed_version, json FROM letter WHERE id = ?',
  'letter.set': `INSERT INTO letter (id, confirmed_version, current_file, json) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET confirmed_version = excluded.confirmed_version,
      current_file = excluded.current_file, json = excluded.json`,
  'letter.remove': 'DELETE FROM letter WHERE id = ?',
  'letter.removeAll': 'DELETE FROM letter',
  'letter.inFolder': `SELECT letter.json, letter.confirmed_version, read_mark.version AS read_version,
      (SELECT count(*) FROM outbox WHERE outbox.letter_id = letter.id AND state <> 'refused') AS waiting
    FROM placement JOIN letter ON letter.id = placement.letter_id
      LEFT JOIN read_mark ON read_mark.letter_id = letter.id
    WHERE placement.tray = ? AND placement.folder = ?
    ORDER BY placement.changed_at DESC, placement.letter_id DESC`,
  'letter.filesWanted': `SELECT DISTINCT current_file FROM placement JOIN letter ON letter.id = placement.letter_id
    WHERE current_file <> '' AND current_file NOT IN (SELECT sha256 FROM file) ORDER BY placement.changed_at DESC LIMIT ?`,

  'placement.add': 'INSERT INTO placement (letter_id, tray, folder, changed_at) VALUES (?, ?, ?, ?)',
  'placement.removeLetter': 'DELETE FROM placement WHERE letter_id = ?',
  'placement.removeAll': 'DELETE FROM placement',
  'placement.counts': 'SELECT tray, folder, count(*) AS count FROM placement GROUP BY tray, folder',

  'readMark.set': `INSERT INTO read_mark (letter_id, version) VALUES (?, ?)
    ON CONFLICT (letter_id) DO UPDATE SET version = max(version, excluded.version)`,
  'readMark.remove': 'DELETE FROM read_mark WHERE letter_id = ?',

  'outbox.add':
    "INSERT INTO outbox (id, letter_id, state, since, command, evidence) VALUES (?, ?, 'waiting', ?, ?, ?)",
  'outbox.get': 'SELECT * FROM outbox WHERE id = ?',
  'outbox.all': 'SELECT * FROM outbox ORDER BY place',
  'outbox.letters': 'SELECT id, letter_id FROM outbox',
  'outbox.ofLetter': 'SELECT * FROM outbox WHERE letter_id = ? ORDER BY place',
  'outbox.toSend': "SELECT * FROM outbox WHERE state <> 'refused' ORDER BY place LIMIT ?",
  'outbox.markSent': "UPDATE outbox SET state = 'sent' WHERE id = ? AND state = 'waiting'",
  'outbox.markUnsent': "UPDATE outbox SET state = 'waiting' WHERE id = ? AND state = 'sent'",
  'outbox.refuse': "UPDATE outbox SET state = 'refused', refusal = ? WHERE id = ?",
  'outbox.remove': 'DELETE FROM outbox WHERE id = ?',
  'outbox.removeInState': 'DELETE FROM outbox WHERE id = ? AND state = ?',
  'outbox.summary': `SELECT count(*) FILTER (WHERE state <> 'refused') AS waiting,
      count(*) FILTER (WHERE state = 'refused') AS refused,
      min(since) FILTER (WHERE state <> 'refused') AS oldest FROM outbox`,

  'file.add': `INSERT INTO file (sha256, bytes, name, page_count, signatures) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (sha256) DO UPDATE SET name = excluded.name, page_count = excluded.page_count,
      signatures = excluded.signatures WHERE excluded.name <> ''`,
  'file.get': 'SELECT * FROM file WHERE sha256 = ?',
  'file.remove': 'DELETE FROM file WHERE sha256 = ?',

  ...searchSql,
} as const

export type StatementName = keyof typeof sql
