import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What a program said and how it ended. */
export interface ToolResult {
  readonly status: number
  readonly output: string
}

/** Runs a program of the machine; never throws for an exit status. */
export async function tool(program: string, ...options: string[]): Promise<ToolResult> {
  try {
    const { stdout, stderr } = await run(program, options, { maxBuffer: 64 << 20, timeout: 90_000 })
    return { status: 0, output: stdout + stderr }
  } catch (error) {
    const failed = error as { code?: unknown; stdout?: string; stderr?: string }
    if (typeof failed.code !== 'number') throw error
    return { status: failed.code, output: `${failed.stdout ?? ''}${failed.stderr ?? ''}` }
  }
}

/** Gives `work` a folder of its own and removes it afterwards. */
export async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'saraban-pdf-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs a program that reads one PDF and writes another; `options` has the words IN and OUT for them. */
export function convert(bytes: Uint8Array, program: string, ...options: string[]): Promise<Uint8Array> {
  return inFolder(async (folder) => {
    const [from, to] = [join(folder, 'in.pdf'), join(folder, 'out.pdf')]
    await writeFile(from, bytes)
    const words = options.map((word) => (word === 'IN' ? from : word === 'OUT' ? to : word))
    const { status, output } = await tool(program, ...words)
    if (status !== 0) throw new Error(`${program}: ${output}`)
    return new Uint8Array(await readFile(to))
  })
}

/** What a program says about a PDF; `options` has the word IN for it. */
export function judge(bytes: Uint8Array, program: string, ...options: string[]): Promise<ToolResult> {
  return inFolder(async (folder) => {
    const from = join(folder, 'in.pdf')
    await writeFile(from, bytes)
    return tool(program, ...options.map((word) => (word === 'IN' ? from : word)))
  })
}

/** The visible part of a page drawn by poppler as grey pixels, 0 black to 255 white. */
export function drawPage(
  bytes: Uint8Array,
  page: number,
  dotsPerInch: number,
): Promise<{ width: number; height: number; pixels: Uint8Array }> {
  return inFolder(async (folder) => {
    const [from, to] = [join(folder, 'in.pdf'), join(folder, 'page')]
    await writeFile(from, bytes)
    const pages = ['-f', String(page), '-l', String(page), '-singlefile']
    await tool('pdftoppm', '-r', String(dotsPerInch), '-gray', '-cropbox', ...pages, from, to)
    const file = new Uint8Array(await readFile(`${to}.pgm`))
    const [, width, height] =
      /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(file.subarray(0, 64)).toString('latin1')) ?? []
    const count = Number(width) * Number(height)
    return { width: Number(width), height: Number(height), pixels: file.subarray(file.length - count) }
  })
}
