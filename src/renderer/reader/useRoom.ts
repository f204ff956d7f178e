import { type RefObject, useLayoutEffect, useState } from 'react'

/** The width of an element's inside in CSS pixels, 0 until it is laid out; changes settle before they are told. */
export function useRoom(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0)
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return
    let timer: ReturnType<typeof setTimeout> | undefined
    setRoom(target.clientWidth)
    const observer = new ResizeObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(() => setRoom(target.clientWidth), 80)
    })
    observer.observe(target)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [element])
  return room
}
