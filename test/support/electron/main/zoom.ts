import type { DevToolsSession } from '../browser/devtoolsPipe.ts'

/** The page's inner size in CSS pixels. */
async function innerSize(session: DevToolsSession): Promise<readonly [number, number]> {
  const expression = '[innerWidth, innerHeight]'
  const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true })
  return result.value as [number, number]
}

/**
 * Zooms a page as the browser's own zoom does: the page gets fewer, larger CSS pixels for the same window.
 * DevTools has no zoom, so the window's size is divided and the pixel ratio raised by the factor. `applied` is
 * the factor in force; a page that was never zoomed is left to whoever else emulates its size.
 */
export async function applyZoom(session: DevToolsSession, factor: number, applied: number): Promise<void> {
  if (factor === 1 && applied === 1) return
  await session.send('Emulation.clearDeviceMetricsOverride')
  if (factor === 1) return
  const [width, height] = await innerSize(session)
  await session.send('Emulation.setDeviceMetricsOverride', {
    width: Math.round(width / factor),
    height: Math.round(height / factor),
    deviceScaleFactor: factor,
    mobile: false,
  })
}
