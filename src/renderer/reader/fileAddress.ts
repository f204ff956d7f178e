import { fileUrl } from '../../shared/contract/ipc.ts'

/** Where this page fetches a kept file: the path of its address, on the page's own origin. */
export const fileAddress = (sha256: string): string => new URL(fileUrl(sha256)).pathname
