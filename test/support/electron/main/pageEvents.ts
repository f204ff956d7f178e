import type { EventEmitter } from 'node:events'
import type { DevToolsSession, Protocol } from '../browser/devtoolsPipe.ts'
import type { MainFrame } from './mainFrame.ts'
import { toAppAddress } from './protocol.ts'

/** The web contents for which a page's events are meant. */
export interface PageEventTarget extends Pick<EventEmitter, 'emit'> {
  readonly mainFrame: MainFrame
}

const CONSOLE_LEVELS: Readonly<Record<string, 'info' | 'warning' | 'error' | 'debug'>> = {
  warning: 'warning',
  error: 'error',
  assert: 'error',
  debug: 'debug',
}

function consoleMessage(event: Protocol.Runtime.consoleAPICalledPayload) {
  const at = event.stackTrace?.callFrames[0]
  return {
    level: CONSOLE_LEVELS[event.type] ?? 'info',
    message: event.args.map(({ value, description }) => String(value ?? description)).join(' '),
    lineNumber: at?.lineNumber ?? 0,
    sourceId: toAppAddress(at?.url ?? ''),
  }
}

function uncaught({ exceptionDetails }: Protocol.Runtime.exceptionThrownPayload) {
  return {
    level: 'error',
    message: `Uncaught ${exceptionDetails.exception?.description ?? exceptionDetails.text}`,
    lineNumber: exceptionDetails.lineNumber,
    sourceId: toAppAddress(exceptionDetails.url ?? ''),
  }
}

/** Turns DevTools' events of a page into Electron's events of its web contents. */
export function relayPageEvents(session: DevToolsSession, contents: PageEventTarget): void {
  const { mainFrame } = contents
  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId !== undefined) return
    mainFrame.moveTo(toAppAddress(frame.url))
    contents.emit('did-navigate', {}, mainFrame.url, 200, 'OK')
  })
  session.on('Page.domContentEventFired', () => contents.emit('dom-ready', {}))
  session.on('Page.loadEventFired', () => contents.emit('did-finish-load', {}))
  session.on('Runtime.consoleAPICalled', (event) => {
    contents.emit('console-message', { ...consoleMessage(event), frame: mainFrame })
  })
  session.on('Runtime.exceptionThrown', (event) => {
    contents.emit('console-message', { ...uncaught(event), frame: mainFrame })
  })
}
