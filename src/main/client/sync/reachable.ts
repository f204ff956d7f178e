const PATIENCE_MS = 2_000

/** Whether a server of ours answers at `serverUrl` within two seconds; asked while nobody is signed in. */
export async function isReachable(serverUrl: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('v1/health', `${serverUrl.replace(/\/+$/, '')}/`), {
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}
