/** Whether to run without a display: forced by SARABAN_HEADLESS=1, or because there is none. */
export function isHeadless(environment: NodeJS.ProcessEnv = process.env): boolean {
  if (environment.SARABAN_HEADLESS === '1') return true
  if (process.platform !== 'linux') return false
  return !environment.DISPLAY && !environment.WAYLAND_DISPLAY
}

/** A page that never loads; only http(s) addresses get a window without tabs and address bar. */
const BOOT_PAGE = 'https://boot.app.invalid/'

const DISABLED_FEATURES = [
  'Translate',
  'OptimizationHints',
  'MediaRouter',
  'AutofillServerCommunication',
  'LocalNetworkAccessChecks',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'NetworkTimeServiceQuerying',
  'PreconnectToSearch',
  'AimEnabled',
  'PaintHolding',
]

const FIXED = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-service-autorun',
  '--test-type',
  '--keep-alive-for-test',
  '--disable-infobars',
  '--hide-crash-restore-bubble',
  '--disable-extensions',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-field-trial-config',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-component-extensions-with-background-pages',
  '--disable-search-engine-choice-screen',
  '--disable-back-forward-cache',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // Letters must not lie about in a cache.
  '--disk-cache-size=1',
  '--media-cache-size=1',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  // Long bodies come from this process by way of the loopback address.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

const FEATURES = '--disable-features='
const isRoot = (): boolean => process.getuid?.() === 0

/**
 * Chromium's command line: no background network at all, and every host name unresolvable, since pages are
 * answered by the app alone. `requested` are the app's and the caller's own switches.
 */
export function browserSwitches(profile: string, requested: readonly string[]): string[] {
  const features = requested
    .filter((each) => each.startsWith(FEATURES))
    .map((each) => each.slice(FEATURES.length))
  return [
    ...FIXED,
    `--user-data-dir=${profile}`,
    ...(isRoot() ? ['--no-sandbox'] : []),
    ...(isHeadless() ? ['--headless=new'] : []),
    ...requested.filter((each) => !each.startsWith(FEATURES) && each !== '--no-sandbox'),
    FEATURES + [...DISABLED_FEATURES, ...features].join(','),
    `--app=${BOOT_PAGE}`,
  ]
}
