/** `npm run check`: lint and format, types, dead code. Exits non-zero when one fails. */
import { staticChecks } from './staticChecks.ts'

const results = staticChecks()
process.exitCode = results.every((result) => result.passed) ? 0 : 1
