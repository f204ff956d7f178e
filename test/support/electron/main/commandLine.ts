import type * as Electron from 'electron'
import { refuseUnknown } from './unimplemented.ts'

const added: string[] = []
const form = (name: string, value?: string): string => (value ? `--${name}=${value}` : `--${name}`)
const given = (name: string): string | undefined =>
  [...process.argv, ...added].find((each) => each === `--${name}` || each.startsWith(`--${name}=`))

/** `app.commandLine`. */
export const commandLine = refuseUnknown('app.commandLine', {
  appendSwitch: (name: string, value?: string) => void added.push(form(name, value)),
  appendArgument: (value: string) => void added.push(value),
  hasSwitch: (name: string) => given(name) !== undefined,
  getSwitchValue: (name: string) => given(name)?.split('=').slice(1).join('=') ?? '',
} satisfies Partial<Electron.CommandLine>)

/** The switches for the browser: the app's own, and those of the launcher's line that the browser knows. */
export function requestedSwitches(): string[] {
  const passedOn =
    /^--(remote-debugging-port|lang|force-[a-z-]+|disable-[a-z-]+|enable-[a-z-]+|window-position)(=|$)/
  return [...process.argv.filter((each) => passedOn.test(each)), ...added]
}
