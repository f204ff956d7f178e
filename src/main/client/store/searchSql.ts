/** The statements of the search index; see searchIndex. */
export const searchSql = {
  'search.queue': 'INSERT OR IGNORE INTO search_queue (letter_id) VALUES (?)',
  'search.queueFile': `INSERT OR IGNORE INTO search_queue (letter_id)
    SELECT id FROM letter WHERE current_file = ?`,
  'search.queued': 'SELECT letter_id FROM search_queue ORDER BY rowid DESC LIMIT ?',
  'search.dequeue': 'DELETE FROM search_queue WHERE letter_id = ?',
  'search.queueLength': 'SELECT count(*) AS count FROM (SELECT 1 FROM search_queue LIMIT ?)',
  'search.sweepNext': 'SELECT rowid AS place, id FROM letter WHERE rowid < ? ORDER BY rowid DESC LIMIT ?',
  'search.sweepTop': 'SELECT coalesce(max(rowid), 0) AS place FROM letter',
  'search.placeOf': 'SELECT place FROM search_letter WHERE letter_id = ?',
  'search.placeBetween': 'SELECT max(place) AS place FROM search_letter WHERE place >= ? AND place < ?',
  'search.addLetter': 'INSERT INTO search_letter (place, letter_id, day) VALUES (?, ?, ?)',
  'search.addText': 'INSERT INTO search_text (rowid, text) VALUES (?, ?)',
  'search.removeLetter': 'DELETE FROM search_letter WHERE place = ?',
  'search.removeText': 'DELETE FROM search_text WHERE rowid = ?',
  'search.clearText': "INSERT INTO search_text (search_text) VALUES ('delete-all')",
  'search.clearLetters': 'DELETE FROM search_letter',
  'search.clearQueue': 'DELETE FROM search_queue',
  'search.merge': "INSERT INTO search_text (search_text, rank) VALUES ('merge', ?)",
  'search.grams': 'SELECT gram FROM search_gram',
  'search.addGram': 'INSERT OR IGNORE INTO search_gram (gram) VALUES (?)',
  'search.gramsFrom': 'SELECT gram FROM search_gram WHERE gram >= ? AND gram < ?',
  'search.days': 'SELECT min(day) AS first, max(day) AS last FROM search_letter',
  'search.find':
    'SELECT rowid AS place FROM search_text WHERE search_text MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
  'search.findAll': `SELECT letter_id FROM search_text JOIN search_letter ON place = search_text.rowid
    WHERE search_text MATCH ?`,
  'search.letter': `SELECT letter.json, letter.confirmed_version, letter.current_file, read_mark.version AS read_version,
      (SELECT count(*) FROM outbox WHERE outbox.letter_id = letter.id AND state <> 'refused') AS waiting
    FROM search_letter JOIN letter ON letter.id = search_letter.letter_id
      LEFT JOIN read_mark ON read_mark.letter_id = letter.id
    WHERE search_letter.place = ?`,

  'document.get': 'SELECT text FROM document_text WHERE sha256 = ?',
  'document.set': 'INSERT OR REPLACE INTO document_text (sha256, text) VALUES (?, ?)',
  'document.removeAll': 'DELETE FROM document_text',
  'document.read': 'DELETE FROM document_queue WHERE sha256 = ?',
  'document.wanted': `SELECT sha256 FROM document_queue
    WHERE EXISTS (SELECT 1 FROM letter WHERE current_file = document_queue.sha256)
      AND EXISTS (SELECT 1 FROM file WHERE file.sha256 = document_queue.sha256)
    ORDER BY document_queue.rowid DESC LIMIT ?`,
} as const
