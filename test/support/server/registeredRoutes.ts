import { buildApp } from '../../../src/server/http/app.ts'
import { serverMetrics } from '../../../src/server/http/metrics.ts'
import type { Services } from '../../../src/server/http/services.ts'

/** Every route that the server registers, such as `GET /v1/files/:sha256`; nothing is asked of its services. */
export async function registeredRoutes(): Promise<string[]> {
  const app = buildApp({} as Services, { logLevel: 'silent', limits: undefined, metrics: serverMetrics() })
  const routes: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`)
  })
  await app.ready()
  await app.close()
  return routes
}
