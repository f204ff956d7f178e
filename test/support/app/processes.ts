import { readdirSync, readFileSync } from 'node:fs'
import type { RunningApp } from './launch.ts'

/** The id of the app's token host process, which is there once tokens have been looked for. */
export function tokenHostId({ app }: RunningApp): number {
  const found = descendants(app.process().pid!).find((id) => commandLine(id).includes('tokenHost.cjs'))
  if (found === undefined) throw new Error('the app has no token host')
  return found
}

function descendants(id: number): number[] {
  const children = readdirSync(`/proc/${id}/task`).flatMap((thread) =>
    readFileSync(`/proc/${id}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return children.flatMap((child) => [child, ...descendants(child)])
}

const commandLine = (id: number): string => readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')
