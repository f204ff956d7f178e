import { type Finding, findings } from '../../server/keeping/findings.ts'
import { fill } from '../../shared/fill.ts'

/** Prints a finding: a JSON object on a line of its own, or its code and both sentences. */
export function tellFinding({ code, detail }: Finding, json: boolean): void {
  if (json) console.log(JSON.stringify({ finding: code, ...detail }))
  else console.log(`✗ ${code}  ${fill(findings[code].th, detail)} · ${fill(findings[code].en, detail)}`)
}
