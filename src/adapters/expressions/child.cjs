/**
 * The process in which expressions are evaluated: nothing but a pipe in, a pipe out and a room without doors.
 * Started by evaluator.ts and parse.ts with an empty environment, as `node <walls> child.cjs <jsonata> <room>`.
 *
 * One line asks, one line answers, and until then nothing else happens: there is no event loop that could be
 * kept busy. Where the pipe ends, so does the process; an expression is broken off after 200 ms. So whoever
 * started it may be killed or frozen: nothing is left that runs.
 *
 * Plain JavaScript, because it is loaded without the hub's loader.
 */
'use strict'

const fs = require('node:fs')
const vm = require('node:vm')

const limitMs = 200
const newline = 10

const exit = process.reallyExit.bind(process)
const { cpuUsage } = process
const now = process.hrtime.bigint
const scripts = process.argv
  .slice(2)
  .map((path) => new vm.Script(fs.readFileSync(path, 'utf8'), { filename: 'room' }))
const ask = new vm.Script('answerQuestion()', { filename: 'room' })

/**
 * A world of its own for one question, and thrown away after it: JSONata lets an expression change what others
 * share with it. Its only ties to this side are two texts: no object of this side is ever seen in there.
 */
function openRoom() {
  const table = Object.create(null)
  table.question = ''
  table.answer = ''
  const place = vm.createContext(table, {
    codeGeneration: { strings: false, wasm: false },
    // Promises are settled before a call returns, and within its time.
    microtaskMode: 'afterEvaluate',
  })
  for (const script of scripts) script.runInContext(place)
  return { table, place }
}

bareProcess()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
let room = openRoom()
say('ready')
for (let line = readLine(); line !== undefined; line = readLine()) {
  answer(room, line)
  // Now, and not when somebody waits.
  room = openRoom()
}
exit(0)

function answer({ table, place }, line) {
  table.question = line
  const begun = now()
  const { user, system } = cpuUsage()
  try {
    ask.runInContext(place, { timeout: limitMs })
  } catch {
    // Thrown in there: not even looked at. Broken off, or what is no answer.
  }
  if (table.answer !== '' && typeof table.answer === 'string') return say(table.answer)
  const used = cpuUsage()
  const cpuMs = Math.round((used.user + used.system - user - system) / 1000)
  const late = now() - begun >= BigInt(limitMs) * 1_000_000n
  say(JSON.stringify(late ? { fault: 'time', cpuMs } : { fault: 'threw' }))
  // What was broken off half-way is not used again.
  exit(0)
}

/** What nobody here needs and somebody who has broken out of the room would look for. */
function bareProcess() {
  const Module = module.constructor
  const closed = () => {
    throw new Error('closed')
  }
  for (const name of ['_load', '_resolveFilename', 'createRequire', 'runMain', 'register'])
    Module[name] = closed
  for (const name of ['require', '_compile', 'load']) Module.prototype[name] = closed
  const powers = ['binding', '_linkedBinding', 'dlopen', 'getBuiltinModule', 'kill', '_kill']
  // Pipes are sockets, and by a socket the network would be found.
  const pipes = ['stdin', 'stdout', 'stderr', 'openStdin', 'channel', 'send']
  for (const name of [...powers, ...pipes, 'mainModule', 'chdir', 'report', 'execve'])
    Reflect.deleteProperty(process, name)
  const web = ['fetch', 'WebSocket', 'EventSource', 'Request', 'Response', 'BroadcastChannel']
  for (const name of [...web, 'WebAssembly', 'navigator', 'Worker', 'MessageChannel'])
    Reflect.deleteProperty(globalThis, name)
}

/** Undefined at the end of the pipe. */
function readLine() {
  readLine.rest ??= Buffer.alloc(0)
  const parts = [readLine.rest]
  const chunk = Buffer.alloc(65_536)
  while (!parts.at(-1).includes(newline)) {
    const size = fs.readSync(0, chunk)
    if (size === 0) return undefined
    parts.push(Buffer.from(chunk.subarray(0, size)))
  }
  const bytes = Buffer.concat(parts)
  const end = bytes.indexOf(newline)
  readLine.rest = bytes.subarray(end + 1)
  return bytes.toString('utf8', 0, end)
}

function say(text) {
  const bytes = Buffer.from(`${text}\n`)
  for (let at = 0; at < bytes.length; ) at += fs.writeSync(1, bytes, at)
}
