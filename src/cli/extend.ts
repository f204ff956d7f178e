import { accept, type Outcome } from '../shared/outcome.ts'
import { type ExtensionOrder, extensionOf } from '../signing/extend.ts'
import { extendFile } from '../signing/extendFile.ts'
import { trustedRoots } from '../signing/trust/trustedRoots.ts'
import { eachErrand } from './eachFile.ts'
import { readFlags, usage, wantsJson } from './flags.ts'
import { type Errand, outputFlags, planOutputs } from './outputs.ts'
import { expandPatterns } from './patterns.ts'
import type { Done } from './report.ts'
import { readTimestampServices, revocationServices, serviceFlags } from './services.ts'
import { tellRefusal } from './tell.ts'
import { shownName } from './words.ts'

/**
 * `saraban extend FILE… --out FILE | --out-dir DIR --level B-T|B-LT|B-LTA [--tsa URL]… [--trust PEM]… [--json]`: adds
 * what lets signatures be verified for years. Exit codes: 0 done, 1 refused, 130 cancelled.
 */
export async function extendFiles(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const order = await readOrder(argv)
  if (!order.ok) return tellRefusal(order.refusal, json, 1)
  const { errands, extension } = order.value
  return await eachErrand(errands, { label: 'เสริมหลักฐาน', json }, (errand, signal) =>
    extendOne(errand, { ...extension, signal }),
  )
}

async function extendOne({ from, to }: Errand, order: ExtensionOrder): Promise<Outcome<Done>> {
  const extended = await extendFile(from, to, (source) => extensionOf(source, order))
  if (!extended.ok) return extended
  const { level } = order
  const { appended } = extended.value
  const what = appended === 0 ? `เป็น ${level} อยู่แล้ว · is ${level} already` : `เป็น ${level} แล้ว · now ${level}`
  return accept({ result: { file: to, level, appended }, words: `${what}: ${shownName(to)}` })
}

interface ExtendOrder {
  readonly errands: readonly Errand[]
  readonly extension: ExtensionOrder
}

async function readOrder(argv: string[]): Promise<Outcome<ExtendOrder>> {
  const flags = readFlags(argv, {
    ...outputFlags,
    ...serviceFlags,
    level: { type: 'string' },
    renew: { type: 'boolean' },
    json: { type: 'boolean' },
  })
  if (!flags.ok) return flags
  const { positionals, values } = flags.value
  const level = (['B-T', 'B-LT', 'B-LTA'] as const).find((known) => known === values.level)
  if (level === undefined) return usage(`--level ${values.level ?? ''}`)
  const timestampServices = readTimestampServices(values.tsa, values.proxy)
  if (!timestampServices.ok) return timestampServices
  if (timestampServices.value.length === 0) return usage('--tsa')
  const trust = await trustedRoots(values.trust)
  if (!trust.ok) return trust
  const files = await expandPatterns(positionals)
  if (!files.ok) return files
  const errands = await planOutputs(files.value, values)
  if (!errands.ok) return errands
  const extension = {
    level,
    timestampServices: timestampServices.value,
    trust: trust.value,
    services: revocationServices(values.proxy),
    ...(values.renew === undefined ? {} : { renew: values.renew }),
  }
  return accept({ errands: errands.value, extension })
}
