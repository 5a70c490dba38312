/**
 * Runs in the room of child.cjs, after JSONata: a world that has the language and nothing else – no process, no
 * modules, no timers. A question comes as JSON in `question`, its answer goes as JSON into `answer`.
 *
 *   { expression, input? }  → { value } | {} where it finds nothing | { fault, code?, position? }
 *   { parse: expression }   → {} | { fault: 'syntax', code?, position? }
 *
 * One question is answered here, and no other after it.
 */
'use strict'
;(() => {
  const { jsonata } = globalThis
  const { stringify, parse } = JSON
  const maxDepth = 64
  const maxCharacters = 1_000_000

  /**
   * The same record must map to the same result at every attempt, so there is neither clock nor dice; and data
   * never becomes code.
   */
  const taken = { now: undefined, millis: undefined, random: undefined, shuffle: undefined }
  const bindings = Object.freeze({ ...taken, eval: undefined })
  const Clock = Date
  globalThis.Date = class extends Clock {
    constructor(...parts) {
      super(...(parts.length === 0 ? [0] : parts))
    }
    static now() {
      return 0
    }
  }
  Math.random = () => 0

  /** `$pad` makes its padding by one join, which nothing can break off. */
  const { join } = Array.prototype
  Array.prototype.join = function (by = ',') {
    if (this.length * String(by).length > maxCharacters) throw new RangeError('too long')
    return join.call(this, by)
  }

  globalThis.answerQuestion = () => {
    // Marks by which JSONata knows its own functions: a record that has them would be code.
    if (question.includes('_jsonata_')) {
      answer = stringify({ fault: 'reserved' })
      return
    }
    const { expression, input, parse: text } = parse(question)
    try {
      const compiled = jsonata(text ?? expression)
      if (text !== undefined) answer = '{}'
      else compiled.evaluate(input, bindings).then(told, failed)
    } catch (error) {
      answer = faultOf('syntax', error)
    }
  }

  function told(value) {
    const wrong = misfit(value, { depth: 0, left: maxCharacters })
    answer = wrong ? stringify({ fault: wrong }) : stringify({ value })
  }

  function failed(error) {
    answer = faultOf('threw', error)
  }

  /** Of an error its code and place only: its words may repeat what was read. */
  function faultOf(fault, error) {
    const { code, position } = Object(error)
    const known = typeof code === 'string' && /^[A-Z]\d{4}$/.test(code)
    const placed = Number.isSafeInteger(position)
    return stringify({ fault, ...(known && { code }), ...(placed && { position }) })
  }

  /** Why it is no JSON or too much of it. Counted before it is written: a text may be a tree of halves. */
  function misfit(value, budget) {
    budget.left -= typeof value === 'string' ? value.length + 3 : 5
    if (budget.left < 0) return 'too-large'
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string' || typeof value === 'boolean') return undefined
    if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'number'
    if (typeof value !== 'object' || value._jsonata_lambda || value._jsonata_function)
      return 'function'
    const kin = Object.getPrototypeOf(value)
    const isList = Array.isArray(value)
    if (!isList && kin !== null && kin !== Object.prototype) return 'function'
    budget.depth += 1
    if (budget.depth > maxDepth) return 'too-deep'
    for (const name of Object.keys(value)) {
      if (isList && !/^\d+$/.test(name)) continue
      budget.left -= isList ? 0 : name.length
      const wrong = misfit(value[name], budget)
      if (wrong) return wrong
    }
    budget.depth -= 1
    return undefined
  }
})()
