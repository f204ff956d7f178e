import { spawn } from 'node:child_process'
import { program } from './saraban.ts'

/** A command at a terminal of its own. */
export interface Terminal {
  /** Everything that was shown so far. */
  shown(): string
  /** Waits until the text was shown. */
  shows(text: string): Promise<void>
  type(keys: string): void
  /** Waits for the end; returns the exit code. */
  ended(): Promise<number | null>
}

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/** Runs `saraban` at a pseudo-terminal, which `script` (util-linux) makes. */
export function atTerminal(args: readonly string[], env: Readonly<Record<string, string>> = {}): Terminal {
  const command = [process.execPath, program, ...args].map(quote).join(' ')
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...process.env, ...env },
    stdio: 'pipe',
  })
  let output = ''
  let look = (): void => undefined
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    look()
  })
  const end = new Promise<number | null>((tell) => {
    child.on('close', tell)
  })
  return {
    shown: () => output,
    shows: (text) =>
      new Promise((found, fail) => {
        look = () => {
          if (output.includes(text)) found()
        }
        look()
        void end.then(() => fail(new Error(`“${text}” was never shown, but:\n${output}`)))
      }),
    type: (keys) => void child.stdin.write(keys),
    ended: () => end,
  }
}
