import { type ImportFinding, importFindings } from '../../server/office/import/importFindings.ts'
import { fill } from '../../shared/fill.ts'

/** Prints what was remarked about a row: a JSON object on a line of its own, or its code and both sentences. */
export function tellImport({ code, detail }: ImportFinding, json: boolean): void {
  const { severity, th, en } = importFindings[code]
  if (json) console.log(JSON.stringify({ finding: code, severity, ...detail }))
  else console.log(`${severity === 'error' ? '✗' : '!'} ${code}  ${fill(th, detail)} · ${fill(en, detail)}`)
}
