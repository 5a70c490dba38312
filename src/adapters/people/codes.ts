import type { Codes } from '../../engine/ports/people.ts'

const form = /^\d{6}$/

/** Time-based codes (RFC 6238): 30 s, six digits, SHA-1, as every authenticator app makes them. */
export function createCodes(): Codes {
  const library = () => import('otplib')
  return {
    async newSecret() {
      return (await library()).generateSecret({ length: 20 })
    },
    async uri(secret, name, hub) {
      return (await library()).generateURI({ secret, label: name, issuer: hub })
    },
    async counterOf(secret, code, now) {
      if (!form.test(code)) return undefined
      const { verify } = await library()
      const epoch = Math.floor(now.getTime() / 1000)
      const found = await verify({ secret, token: code, epoch, epochTolerance: 30 })
      return found.valid && 'timeStep' in found ? found.timeStep : undefined
    },
  }
}
