import { useEffect, useState } from 'react'

/** The moment, as an ISO instant, renewed every half minute so that ages on the screen stay true. */
export function useNow(): string {
  const [now, setNow] = useState(() => new Date().toISOString())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
