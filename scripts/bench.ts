/**
 * `npm run bench -- NAME [--json]`: one benchmark of test/bench. Prints its figures as one JSON object, ratios to a
 * reference that was measured in the same run among them; without --json one figure on a line.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../test/bench')
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
const [name = '', ...options] = process.argv.slice(2)

if (names.includes(name)) {
  const { bench } = (await import(`../test/bench/${name}.ts`)) as {
    bench: () => Promise<Readonly<Record<string, unknown>>>
  }
  const figures = await bench()
  if (options.includes('--json')) console.log(JSON.stringify(figures))
  else for (const [figure, value] of Object.entries(figures)) console.log(figure, value)
} else {
  console.error(
    `ไม่มีการวัดชื่อ ${name} มี: ${names.join(', ')}\nThere is no benchmark ${name}. There are: ${names.join(', ')}`,
  )
  process.exitCode = 2
}
