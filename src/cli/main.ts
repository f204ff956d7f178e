import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasFlag, wantsJson } from './flags.ts'
import { generalHelp, helpTexts } from './help.ts'
import { tellRefusal } from './tell.ts'

/** A command: takes the arguments after its name, returns the exit code. */
type Command = (argv: string[]) => Promise<number>

type CommandName = keyof typeof helpTexts

/** Each command loads what it needs when it is called: the server's parts are no burden to signing a file. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  sign: async () => (await import('./sign.ts')).sign,
  verify: async () => (await import('./verify.ts')).verify,
  extend: async () => (await import('./extend.ts')).extendFiles,
  inspect: async () => (await import('./inspect.ts')).inspectFiles,
  repair: async () => (await import('./repair.ts')).repairFiles,
  stamp: async () => (await import('./stamp.ts')).stampFile,
  server: async () => (await import('./server.ts')).server,
  backup: async () => (await import('./server/backup.ts')).backup,
  restore: async () => (await import('./server/restore.ts')).restore,
  check: async () => (await import('./server/check.ts')).check,
  password: async () => (await import('./server/password.ts')).password,
  'import-agencies': async () => (await import('./server/importAgencies.ts')).importAgencies,
  'import-register': async () => (await import('./server/importRegister.ts')).importRegister,
  rebuild: async () => (await import('./server/rebuild.ts')).rebuild,
}

/** Runs `saraban` with the arguments after the program's name. Returns the exit code. */
export async function main(argv: string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const [about = ''] = rest
    console.log(isCommand(about) ? helpTexts[about] : generalHelp)
    return name === undefined ? 2 : 0
  }
  if (name === '--version') {
    console.log(await version())
    return 0
  }
  if (!isCommand(name)) {
    return tellRefusal({ code: 'usage', detail: { problem: name } }, wantsJson(argv), 2)
  }
  if (hasFlag(rest, '--help')) {
    const [word = ''] = rest
    console.log(helpTexts[name === 'server' && isCommand(word) ? word : name])
    return 0
  }
  const command = await commands[name]()
  return await command(rest)
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name)

async function version(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
