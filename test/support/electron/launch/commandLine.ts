/** What the launcher was asked to do. */
export interface Invocation {
  /** The app's folder or its main file; the working folder when none was named. */
  readonly app: string
  /** Modules to load before the app (`-r FILE`, `--require FILE`). */
  readonly requires: readonly string[]
  /** The port of `--inspect[=PORT]`; undefined when no inspector was asked for. */
  readonly inspectorPort: number | undefined
}

/** Reads the launcher's arguments (without node and script) as Electron's own binary reads them. */
export function readInvocation(args: readonly string[]): Invocation {
  const requires: string[] = []
  let inspectorPort: number | undefined
  let app: string | undefined
  for (let position = 0; position < args.length; position += 1) {
    const argument = args[position]!
    if (argument === '-r' || argument === '--require') {
      position += 1
      requires.push(args[position]!)
    } else if (argument === '--inspect' || argument.startsWith('--inspect=')) {
      inspectorPort = Number(argument.split('=')[1] ?? 9229)
    } else if (!argument.startsWith('-')) {
      app ??= argument
    }
  }
  return { app: app ?? '.', requires, inspectorPort }
}
