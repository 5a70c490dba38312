/**
 * Loaded into the process of expressions before anything else: stands for code that has broken out of its room.
 * It acts when the process says that it is ready, that is when all walls stand, and tells what it could reach.
 */
'use strict'

const fs = require('node:fs')
const { writeSync } = fs

const tries = {
  file: () => fs.readFileSync('/etc/hostname', 'utf8'),
  folder: () => fs.readdirSync('/'),
  environment: () => fs.readFileSync(`/proc/${process.ppid}/environ`, 'utf8'),
  own: () => Object.keys(process.env).join() || undefined,
  write: () => fs.writeFileSync('/tmp/expressions-probe', 'x') ?? 'written',
  code: () => new Function('return 1')(),
  module: () => require('node:dgram'),
  children: () => require('node:child_process').execSync('id'),
  builtin: () => process.getBuiltinModule('node:dns'),
  binding: () => process.binding('tcp_wrap'),
  native: () => process.dlopen({ exports: {} }, '/x.node'),
  kill: () => process.kill(process.ppid, 0),
  web: () => fetch,
  main: () => process.mainModule.require,
  // The pipes of a process are sockets of node:net.
  network: () => new process.stdin.constructor().connect(9),
  outward: () => new process.stderr.constructor().connect(9),
}

fs.writeSync = (...parts) => {
  fs.writeSync = writeSync
  const reached = Object.entries(tries).flatMap(([name, attempt]) => {
    try {
      return attempt() === undefined ? [] : [name]
    } catch {
      return []
    }
  })
  const bytes = Buffer.from(`${JSON.stringify(reached)}\n`)
  writeSync(1, bytes)
  return writeSync(...parts)
}
