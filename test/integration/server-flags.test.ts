import { expect, test } from 'vitest'
import { server } from '../../src/cli/server.ts'

test.each([
  [['--metrics-port', 'x'], '--metrics-port x'],
  [['--metrics-port', '70000'], '--metrics-port 70000'],
  [['--port', '-1'], '--port'],
  [['--log', 'everything'], '--log everything'],
  [['--trust-proxy', 'proxy.example'], '--trust-proxy proxy.example'],
  [['--rate-limit', '7'], '--rate-limit 7'],
  [['restored'], 'restored'],
  [['check', 'stray'], 'stray'],
  [['rebuild', '--fast'], '--fast'],
  [['restore'], 'FILE'],
  [['backup'], 'DIR'],
  [['backup', 'a', '--unencrypted', '--recipient', 'age1x'], '--recipient --unencrypted'],
  [['backup-key'], 'FILE'],
])('saraban server %j is not understood, and nothing is started', async (parameters, problem) => {
  const said: string[] = []
  const log = console.log
  console.log = (line: string) => said.push(line)
  try {
    expect(await server([...parameters, '--json'])).toBe(2)
  } finally {
    console.log = log
  }
  const answer = JSON.parse(said.join('\n')) as { code: string; message: string }
  expect(answer.code).toBe('usage')
  expect(answer.message).toContain(problem)
})
