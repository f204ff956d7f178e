import type { Command, EventBody, Revision, ServerCommand } from '../../shared/contract/letter.ts'

type CommandBody = (Command | ServerCommand)['body']

/** The signed revision that a command brings, which its file has to prove. */
export function signedRevisionOf(body: CommandBody): Revision | undefined {
  if (body.type === 'sign') return body.revision
  return body.type === 'endorse' && body.signature.method === 'digital' ? body.signature.revision : undefined
}

/** The file with which a command begins a chain of revisions. */
export function newFileOf(body: CommandBody): Revision | undefined {
  switch (body.type) {
    case 'draft':
    case 'revise':
    case 'attach':
    case 'sign-on-paper':
      return body.revision
    case 'register':
      return body.file?.revision
    default:
      return undefined
  }
}

/** The enclosures' files that a command brings. */
export const enclosuresOf = (body: CommandBody | EventBody): { sha256: string; bytes: number }[] =>
  'enclosures' in body ? body.enclosures.flatMap(({ file }) => (file ? [file] : [])) : []

/** The files that an event adds to its letter. */
export function filesBrought(body: EventBody): string[] {
  const revision = 'revision' in body ? body.revision : 'file' in body ? body.file?.revision : undefined
  return [...(revision ? [revision.sha256] : []), ...enclosuresOf(body).map(({ sha256 }) => sha256)]
}
