import { afterAll, beforeAll, expect, test } from 'vitest'
import { operations } from '../../src/server/http/openApiOperations.ts'
import type { RunningServer } from '../../src/server/start.ts'
import { refusals } from '../../src/shared/refusals.ts'
import { registeredRoutes } from '../support/server/registeredRoutes.ts'
import { startTestServer } from '../support/server/testServer.ts'

type Document = {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}
interface Operation {
  operationId: string
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; required?: boolean; schema: unknown }[]
  requestBody?: { content: Record<string, { schema?: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema?: { $ref?: string } }> }>
}

let server: RunningServer
let document: Document
let all: { path: string; method: string; operation: Operation }[]

beforeAll(async () => {
  server = await startTestServer()
  document = (await (await fetch(`${server.url}/v1/openapi.json`)).json()) as Document
  all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
})
afterAll(() => server?.stop())

test('every route of the server is in the document, and the document has no other', async () => {
  const routes = (await registeredRoutes()).sort()
  expect(Object.keys(operations).sort()).toEqual(routes)
  const documented = all.map(
    ({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
  )
  expect(documented.sort()).toEqual(routes)
})

test('the document keeps the rules of OpenAPI 3.1', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/)
  expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
  expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length)
  for (const { path, operation } of all) {
    expect(path).toMatch(/^\//)
    // Each {name} of the path is a required parameter in the path, and no other is.
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => name)).toEqual(named)
    for (const { required } of inPath) expect(required).toBe(true)
    const keys = (operation.parameters ?? []).map(({ name, in: place }) => `${place} ${name}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(Object.keys(operation.responses).length).toBeGreaterThan(0)
    for (const [status, response] of Object.entries(operation.responses)) {
      expect(status).toMatch(/^[1-5]\d\d$/)
      expect(response.description).not.toBe('')
    }
    for (const requirement of operation.security) {
      for (const name of Object.keys(requirement))
        expect(document.components.securitySchemes).toHaveProperty(name)
    }
  }
})

test('every reference of the document leads to something in it', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  )
  expect(references.length).toBeGreaterThan(10)
  for (const reference of references) {
    expect(reference).toMatch(/^#\//)
    const found = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document)
    expect(found, reference).toBeDefined()
  }
})

test('routes that the document calls open answer without a token, and the others do not', async () => {
  for (const { path, method, operation } of all) {
    const url = `${server.url}${path.replace('{sha256}', '0'.repeat(64))}`
    const answer = await fetch(url, { method: method.toUpperCase() })
    const needsToken = operation.security.length > 0
    expect({ path, status: answer.status === 401 }).toEqual({ path, status: needsToken })
    if (operation.responses[answer.status] === undefined)
      throw new Error(`${method} ${path} gave ${answer.status}`)
    await answer.body?.cancel()
  }
})

test('every code that the document names is one of the refusals', () => {
  const codes = all.flatMap(({ operation }) =>
    Object.values(operation.responses).flatMap(({ description }) =>
      description.startsWith('Refused: ') ? description.slice('Refused: '.length).split(', ') : [],
    ),
  )
  for (const code of codes) expect(Object.keys(refusals)).toContain(code)
  expect(codes).toContain('too-many-requests')
})

test('the shape of a command in the document is the contract’s own', () => {
  const body = document.paths['/v1/commands']?.post?.requestBody?.content['application/json']?.schema
  const text = JSON.stringify(body)
  for (const type of ['draft', 'propose', 'bind-number', 'sign', 'return', 'forward']) {
    expect(text).toContain(`"const":"${type}"`)
  }
  // What only the server may ask of itself is no part of it.
  expect(text).not.toContain('"const":"augment"')
})
