import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { RefusalCode } from '../../shared/refusals.ts'
import { type AnswerContent, answerSchemas, type Operation, operations } from './openApiOperations.ts'

/** A route as it was registered. */
export interface RegisteredRoute {
  readonly method: string
  /** Such as `/v1/files/:sha256`. */
  readonly url: string
  readonly schema: { readonly params?: unknown; readonly querystring?: unknown; readonly body?: unknown }
}

type JsonObject = Record<string, unknown>

/** Notes every route that `app` registers from now on. */
export function noteRoutes(app: FastifyInstance): readonly RegisteredRoute[] {
  const routes: RegisteredRoute[] = []
  app.addHook('onRoute', ({ method, url, schema }) => {
    for (const one of [method].flat()) routes.push({ method: one, url, schema: schema ?? {} })
  })
  return routes
}

/** GET /openapi.json: the document, made once from the routes and the contract. */
export function openApiRoute(app: FastifyInstance, routes: readonly RegisteredRoute[]): void {
  let document: JsonObject | undefined
  app.get('/openapi.json', async () => {
    document ??= openApiDocument(routes)
    return document
  })
}

/**
 * The server's contract as an OpenAPI 3.1 document. The shapes are the zod schemas that the routes check what comes in
 * by, so it cannot say anything else than the server does; a route without an entry in `operations` is left out.
 */
function openApiDocument(routes: readonly RegisteredRoute[]): JsonObject {
  const paths: Record<string, JsonObject> = {}
  for (const route of routes) {
    const operation = operations[`${route.method} ${route.url}`]
    if (!operation) continue
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationObject(route, operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Saraban Desktop server', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(answerSchemas).map(([name, schema]) => [name, jsonSchema(schema, 'output')]),
      ),
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function operationObject({ method, url, schema }: RegisteredRoute, operation: Operation): JsonObject {
  const parameters = [
    ...parametersOf('path', schema.params),
    ...parametersOf('query', schema.querystring),
    ...Object.entries(operation.headers ?? {}).map(([name, description]) => ({
      ...{ name, in: 'header', description, schema: { type: 'string' } },
    })),
  ]
  const { body } = schema
  const content = body
    ? { 'application/json': { schema: jsonSchema(body as z.ZodType, 'input') } }
    : operation.bodyType && { [operation.bodyType]: {} }
  return {
    operationId: `${method.toLowerCase()} ${url}`.replace(/[^a-z0-9]+/g, '-').replace(/-v1-/, '-'),
    summary: operation.summary,
    security: operation.token ? [{ session: [] }] : [],
    ...(parameters.length > 0 && { parameters }),
    ...(content && { requestBody: { required: true, content } }),
    responses: responsesOf(operation, method, [schema.params, schema.querystring, body].some(Boolean)),
  }
}

function responsesOf(operation: Operation, method: string, takesInput: boolean): JsonObject {
  const responses: JsonObject = {}
  for (const [status, { says, content }] of Object.entries(operation.answers)) {
    responses[status] = { description: says, ...contentOf(content) }
  }
  const refusals: Record<number, RefusalCode[]> = {}
  const add = (status: number, codes: readonly RefusalCode[]) => {
    refusals[status] = [...(refusals[status] ?? []), ...codes]
  }
  for (const [status, codes] of Object.entries(operation.refusals)) add(Number(status), codes)
  if (takesInput) add(400, ['command-malformed'])
  if (operation.token) add(401, ['session-ended', 'device-revoked'])
  add(429, ['too-many-requests'])
  if (!operation.answers[503]) add(503, ['server-unreachable'])
  for (const [status, codes] of Object.entries(refusals)) {
    // An answer to HEAD has no body, and a status that means something else here is said once.
    const body = method === 'HEAD' ? {} : contentOf({ schema: 'Refusal' })
    responses[status] ??= { description: `Refused: ${[...new Set(codes)].join(', ')}`, ...body }
  }
  return responses
}

function contentOf(content: AnswerContent): JsonObject {
  if (content === null) return {}
  if ('type' in content) return { content: { [content.type]: {} } }
  return { content: { 'application/json': { schema: { $ref: `#/components/schemas/${content.schema}` } } } }
}

function parametersOf(place: 'path' | 'query', schema: unknown): JsonObject[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema as z.ZodType, 'input') as {
    properties?: Record<string, JsonObject>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    ...{ name, in: place, schema: property, required: place === 'path' || required.includes(name) },
  }))
}

/** A schema of the contract in JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return shape
}
