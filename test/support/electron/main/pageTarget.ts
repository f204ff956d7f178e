import { readFileSync } from 'node:fs'
import type { DevToolsSession } from '../browser/devtoolsPipe.ts'
import { BINDING, PRELOAD_WORLD, pageScripts } from '../page/scripts.ts'
import { openTarget, runningBrowser } from './browserProcess.ts'
import { appSchemes } from './protocol.ts'

/** What a window asks of its page. */
export interface PageOptions {
  readonly width: number
  readonly height: number
  readonly show: boolean
  /** The preload's file. */
  readonly preload: string | undefined
}

/** A page that the stand-in is attached to. */
export interface PageTarget {
  /** Also the id of its main frame. */
  readonly targetId: string
  readonly session: DevToolsSession
}

/** Calls `prepare` with every worker and frame process below a page, before any of its code runs. */
async function followChildren(
  session: DevToolsSession,
  prepare: (child: DevToolsSession) => Promise<unknown>,
) {
  const { pipe } = runningBrowser()
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const child = pipe.session(sessionId)
    const ready = Promise.allSettled([prepare(child), followChildren(child, prepare)])
    void ready.then(() => child.send('Runtime.runIfWaitingForDebugger')).catch(() => undefined)
  })
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
  })
}

/**
 * Opens a page and attaches to it. `listen` is called with its session before anything is enabled,
 * so that no event is missed; `interceptChild` with that of every worker and frame process below it.
 */
export async function openPage(
  options: PageOptions,
  listen: (session: DevToolsSession, targetId: string) => void,
  interceptChild: (session: DevToolsSession) => Promise<unknown>,
): Promise<PageTarget> {
  const targetId = await openTarget(options.width, options.height, options.show)
  const { root, pipe } = runningBrowser()
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true })
  const session = pipe.session(sessionId)
  listen(session, targetId)
  await Promise.all([
    session.send('Page.enable'),
    session.send('Runtime.enable'),
    session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    session.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD }),
    followChildren(session, interceptChild),
  ])
  const source = options.preload === undefined ? '' : readFileSync(options.preload, 'utf8')
  const scripts = pageScripts(source, appSchemes())
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page })
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    source: scripts.preload,
    worldName: PRELOAD_WORLD,
  })
  return { targetId, session }
}
