import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { refuseUnknown } from './unimplemented.ts'

type Implemented = Pick<Electron.PowerMonitor, 'getSystemIdleTime' | 'isOnBatteryPower'>

class PowerMonitor extends EventEmitter implements Implemented {
  getSystemIdleTime(): number {
    return 0
  }

  isOnBatteryPower(): boolean {
    return false
  }
}

refuseUnknown('powerMonitor', PowerMonitor.prototype)

/** Electron's `powerMonitor`: tests may emit its events; by itself it never does. */
export const powerMonitor = new PowerMonitor()
