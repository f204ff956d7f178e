/** Names that runtimes and debuggers ask any object for. */
const ASKED_OF_ANYTHING = new Set([
  'then',
  'toJSON',
  'inspect',
  'constructor',
  'prototype',
  'domain',
  'captureRejections',
])

function throwing<Parent extends object>(name: string, parent: Parent): Parent {
  return new Proxy(parent, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || ASKED_OF_ANYTHING.has(key)) {
        return Reflect.get(target, key, receiver)
      }
      throw new Error(`the Electron stand-in does not implement ${name}.${key}`)
    },
  })
}

/**
 * Makes reading a member that `object` lacks throw by that member's name, so that nothing which the app needs is
 * silently undefined. `in` still tells the truth, and members can be replaced, as tests do.
 */
export function refuseUnknown<Target extends object>(name: string, object: Target): Target {
  const parent: object = Object.getPrototypeOf(object)
  // A class must keep a constructor as its parent; an instance must keep its parent for instanceof.
  Object.setPrototypeOf(object, throwing(name, typeof parent === 'function' ? parent : Object.create(parent)))
  return object
}

/** The same for a class: its static members and those of its instances. */
export function refuseUnknownOfClass<Class extends abstract new (...args: never[]) => object>(
  name: string,
  target: Class,
): Class {
  refuseUnknown(name, target.prototype)
  return refuseUnknown(name, target)
}
