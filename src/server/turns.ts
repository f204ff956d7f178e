/** Runs tasks of the same name one after another, and others side by side. */
export type Turns = <Value>(name: string, task: () => Promise<Value>) => Promise<Value>

/** Makes a set of turns; a name costs memory only while a task of it waits or runs. */
export function turns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (name, task) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(task, task)
    last.set(name, turn)
    const leave = () => {
      if (last.get(name) === turn) last.delete(name)
    }
    turn.then(leave, leave)
    return turn
  }
}
