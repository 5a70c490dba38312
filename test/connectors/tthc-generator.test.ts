import { describe, expect, it } from 'vitest'
import { isAccepted } from '../../connectors/tthc/simulator/bad-messages.ts'
import { createDossierGenerator } from '../../connectors/tthc/simulator/dossier-generator.ts'
import type { Dossier, IncomingMessage } from '../../src/connector/index.ts'
import { registry } from '../support/dvcqg.ts'

const livesOf = (seed: number, count: number, badShare = 0) => {
  const generator = createDossierGenerator(seed, { badShare })
  return Array.from({ length: count }, () => generator.life())
}
const faultsOf = ({ type, data }: IncomingMessage) => registry.validateMessage(type, data)
const statusOf = ({ data }: IncomingMessage) =>
  (data as { dossier?: Dossier }).dossier?.status ?? undefined

describe('dossier-generator', () => {
  it('makes messages that fit their schemas and carry the right subject', () => {
    const messages = livesOf(1, 250).flatMap((life) => life.messages)

    expect(messages.length).toBeGreaterThan(2000)
    for (const message of messages) {
      expect(faultsOf(message), message.eventId).toEqual([])
      expect(registry.subjectOf(message.type, message.data)).toBe(message.subject)
      expect(
        registry.validate('cloudevents/event/v1', {
          specversion: '1.0',
          id: message.eventId,
          source: message.source,
          type: message.type,
          subject: message.subject,
          time: message.time,
          data: {},
        }),
      ).toEqual([])
    }
  })

  it('tells whole lives, in order, and all the ways in which they end', () => {
    const lives = livesOf(2, 600)

    expect(new Set(lives.map((life) => life.ending))).toEqual(
      new Set(['returned', 'rejected', 'withdrawn', 'stopped']),
    )
    for (const { ending, messages, code } of lives) {
      const times = messages.map((message) => message.time)
      expect(times, code).toEqual([...times].sort())
      expect(
        messages.map(statusOf).findLast((status) => status),
        code,
      ).toBe(ending)
    }
    const types = new Set(lives.flatMap((life) => life.messages.map((message) => message.type)))
    expect(types.size).toBe(5)
  })

  it('never uses a code or an event id twice, whatever the number of dossiers a day', () => {
    const generator = createDossierGenerator(3, { dossiersPerDay: 50_000 })
    const lives = Array.from({ length: 3000 }, () => generator.life())

    expect(new Set(lives.map((life) => life.code)).size).toBe(3000)
    const ids = lives.flatMap((life) => life.messages.map((message) => message.eventId))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('makes the same from the same seed, other dossiers from another, and goes on after skip', () => {
    const [, , third] = livesOf(4, 3)
    const later = createDossierGenerator(4)
    later.skip(2)

    expect(livesOf(4, 5)).toEqual(livesOf(4, 5))
    expect(livesOf(5, 5)).not.toEqual(livesOf(4, 5))
    expect(later.life()).toEqual(third)
  })

  it('mixes many dossiers by time and keeps the order of each', () => {
    const stream = [...createDossierGenerator(6).messages({ open: 40, lives: 80 })]
    const bySubject = new Map<string, string[]>()
    for (const { message } of stream)
      bySubject.set(message.subject, [...(bySubject.get(message.subject) ?? []), message.eventId])

    expect(bySubject.size).toBe(80)
    for (const [code, ids] of bySubject)
      expect(ids).toEqual(ids.map((_, index) => `${code}.${index + 1}`))
    const switches = stream.filter(
      ({ message }, index) => message.subject !== stream[index - 1]?.message.subject,
    )
    expect(switches.length).toBeGreaterThan(stream.length / 3)
  })

  it('makes the asked share wrong, and says which message how', () => {
    const lives = livesOf(7, 800, 0.25)
    const spoiled = lives.filter((life) => life.bad.size > 0)

    expect(spoiled.length / lives.length).toBeGreaterThan(0.18)
    expect(spoiled.length / lives.length).toBeLessThan(0.27)
    expect(new Set(spoiled.flatMap((life) => [...life.bad.values()])).size).toBe(4)
    for (const { messages, bad } of lives)
      for (const message of messages) {
        const kind = bad.get(message.eventId)
        const isFit = faultsOf(message)?.length === 0
        expect(isFit, `${message.eventId} ${kind}`).toBe(kind === undefined || isAccepted(kind))
      }
  })

  it('invents people: numbers begin with 000, mail goes to example.test', () => {
    const dossiers = livesOf(8, 300).flatMap(({ messages }) =>
      messages.flatMap(({ data }) => (data as { dossier?: Dossier }).dossier ?? []),
    )
    for (const { applicant } of dossiers) {
      const { kind, number } = applicant.identities[0] ?? { kind: '', number: '' }
      expect(number).toMatch(kind === 'tax-code' ? /^0\d{9}$/ : /^000\d{9}$/)
      expect(applicant.phone).toMatch(/^0000\d{6}$/)
      if (applicant.email) expect(applicant.email).toMatch(/@example\.test$/)
    }
  })
})
