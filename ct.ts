import { readShelf, root } from './test/conformance/shelf.ts'
import { judge, rules } from './test/conformance/connector.ts'
const { subjects, broken } = await readShelf({ shelves: [root+'connectors'], schemas: [root+'schemas'], only: 'sftp' })
const only = process.argv.slice(2)
for (const r of rules) { if (only.length && !only.includes(r.name)) continue
 const t = performance.now(); let e=''
 try { await judge(subjects[0]!, r) } catch (x) { e = String((x as Error).message).slice(0,600) }
 const ms=performance.now()-t; if (ms>1500||e||only.length) console.log(r.name, Math.round(ms), e) }
process.exit(0)
