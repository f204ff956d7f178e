/** Something that is wrong with a message, and the message in JSON with it. */
export interface BadInput {
  readonly what: string
  readonly json: string
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
type Path = readonly (string | number)[]

/** What the contract allows at a place, which is therefore not wrong there; places such as `commands.0.body.dueAt`. */
export interface Allowances {
  readonly absent: (place: string) => boolean
  readonly null: (place: string) => boolean
  /** Numbers that need not be whole, or may be below 0, by name. */
  readonly fraction: ReadonlySet<string>
  readonly negative: ReadonlySet<string>
  /** Texts that are one of some words, an id or a hash, by name. */
  readonly fixed: ReadonlySet<string>
  /** Lists that may be longer than most, by name. */
  readonly long?: ReadonlySet<string>
  /** What people write, from which the contract takes what is no text; by name, also of a list. */
  readonly text: ReadonlySet<string>
}

/** Longer than any text of the contract may be. */
const TOO_LONG = 'ก'.repeat(2001)
/** More than any list of the contract may hold. */
const TOO_MANY = 501
const NESTED = 5000

const wrongDays = ['2569-02-30', '2569-12-01', '2026-02-30', '2026-13-01', '0000-01-01', '31/12/2569', '']
const wrongMoments = [
  ...wrongDays.map((day) => `${day}T00:00:00.000Z`),
  '2026-12-01',
  '2026-12-01T25:00:00.000Z',
  '2026-12-01T00:00:00.000+07:00',
  `2026-12-01T00:00:00.${'0'.repeat(40)}Z`,
]

/** Every way in which `message`, which is well-formed, is spoilt at one place; none of them may be taken. */
export function* badInputs(message: unknown, allowances: Allowances): Generator<BadInput> {
  for (const [path, value] of placesIn(message as Json, [])) {
    const at = path.join('.')
    const put = (what: string, wrong: Json | undefined): BadInput => ({
      what: `${at}: ${what}`,
      json: JSON.stringify(replaced(message as Json, path, wrong)),
    })
    const raw = (what: string, literal: string): BadInput => {
      const json = JSON.stringify(replaced(message as Json, path, '\u0001'))
      return { what: `${at}: ${what}`, json: json.replace(JSON.stringify('\u0001'), () => literal) }
    }
    const name = String(path.at(-1) ?? '')
    if (path.length > 0 && typeof path.at(-1) === 'string' && !allowances.absent(at))
      yield put('missing', undefined)
    if (path.length > 0 && !allowances.null(at)) yield put('null', null)
    for (const [what, wrong] of wrongTypes(value)) yield put(what, wrong)
    yield raw('nested deeply', '['.repeat(NESTED) + ']'.repeat(NESTED))
    if (typeof value === 'number') {
      yield raw('1e309', '1e309')
      yield put('as a string', String(value))
      if (!allowances.fraction.has(name)) yield put('a fraction', 1.5)
      if (!allowances.negative.has(name)) yield put('negative', -1)
      yield raw('beyond whole numbers', '1e300')
    }
    if (typeof value === 'string') {
      yield put('too long', TOO_LONG)
      const named = path.findLast((key) => typeof key === 'string') ?? ''
      if (!allowances.text.has(String(named))) {
        yield put('empty', '')
        for (const dirt of ['\u0000', '\ud800', '\u202E', ' ', '\n', '/../', '__proto__', "'"]) {
          yield put(`with ${JSON.stringify(dirt)}`, `${value}${dirt}`)
        }
      }
      if (allowances.fixed.has(name)) yield put('another word', 'อื่น')
      if (/^[0-9a-f-]{36,64}$/.test(value) && name !== 'deliveryId' && allowances.fixed.has(name))
        yield put('capitals', value.toUpperCase())
      if (/^\d{4}-\d\d-\d\d$/.test(value)) for (const day of wrongDays) yield put(day, day)
      if (/^\d{4}-\d\d-\d\dT/.test(value) && name !== 'clientTime')
        for (const moment of wrongMoments) yield put(moment.slice(0, 40), moment)
    }
    if (
      Array.isArray(value) &&
      value[0] !== undefined &&
      name !== 'commands' &&
      !allowances.long?.has(name)
    ) {
      yield put('too many', Array<Json>(TOO_MANY).fill(value[0]))
    }
    if (isObject(value)) {
      yield put('a field that nobody knows', { ...value, surprise: 'ก' })
      yield put('toString', { ...value, toString: 'ก' })
      const open = JSON.stringify(value).slice(1)
      const rest = open === '}' ? open : `,${open}`
      yield raw('__proto__', `{"__proto__":{"admin":true}${rest}`)
      yield raw('constructor', `{"constructor":{"prototype":{"admin":true}}${rest}`)
    }
  }
}

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function wrongTypes(value: Json): [string, Json][] {
  const types: [string, Json][] = [
    ['a string', '\u0e01'],
    ['a number', 7],
    ['true', true],
    ['a list', [{}]],
    ['an object', {}],
  ]
  const isOf = (other: Json) => typeof other === typeof value && Array.isArray(other) === Array.isArray(value)
  // Where nothing stands, a number may.
  return types.filter(([, other]) => !isOf(other) && !(value === null && typeof other === 'number'))
}

/** Every place in a message, from the whole down to each value. */
function* placesIn(value: Json, path: Path): Generator<[Path, Json]> {
  yield [path, value]
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* placesIn(item, [...path, index])
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) yield* placesIn(item, [...path, key])
}

/** `value` with another thing at `path`; undefined takes what is there away. */
function replaced(value: Json, [key, ...rest]: Path, wrong: Json | undefined): Json {
  if (key === undefined) return wrong ?? null
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? replaced(item, rest, wrong) : item))
  const object = value as { [key: string]: Json }
  if (rest.length === 0 && wrong === undefined) {
    const { [String(key)]: _, ...others } = object
    return others
  }
  return { ...object, [key]: replaced(object[String(key)] ?? null, rest, wrong) }
}
