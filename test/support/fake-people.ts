/** People of a hub in memory: one of them, who is signed in with one token. */
import type { People } from '../../src/app/people.ts'
import { scopesOf } from '../../src/app/roles.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { Act } from '../../src/engine/ports/interventions.ts'
import type { UserView } from '../../src/engine/ports/people.ts'
import { fakeAccount } from './fake-office.ts'

/** Of `theUser`; the half one still has to show a code. */
export const sessionToken = 's'.repeat(43)
export const halfToken = 'h'.repeat(43)

export const theUser: UserView = {
  id: '01890000-0000-7000-8000-00000000a001',
  name: 'lan.nguyen',
  title: 'Nguyễn Thị Thử',
  email: null,
  roles: ['administrator'],
  mayReveal: false,
  mayRedrive: false,
  units: [],
  systems: [],
  oidc: null,
  hasPassword: true,
  hasTotp: true,
  createdAt: '2026-11-22T01:00:00.000Z',
  disabledAt: null,
  lastSignedInAt: null,
  setUpUntil: null,
  sessions: 1,
}

const link = {
  user: theUser.name,
  url: 'https://lien-thong.h99.example/console/set-up#token',
  expiresAt: '2026-11-23T01:00:00.000Z',
}

const begun = {
  ...({ token: sessionToken, state: 'signed-in', enrolment: undefined } as const),
  to: undefined,
}
const ends = new Date('2026-11-22T12:00:00.000Z')

export function createFakePeople(acts: { what: string; act: Act }[]): People {
  const known = (user: string): UserView => {
    if (user === theUser.name || user === theUser.id) return theUser
    throw new HubError('not-found')
  }
  const acting = (what: string) => async (user: string, act: Act) => {
    acts.push({ what: `${what} ${user}`, act })
    return known(user)
  }
  return {
    environment: 'test',
    publicUrl: () => 'https://lien-thong.h99.example',
    providers: () => ({ local: true, oidc: null }),
    account: fakeAccount,
    signIn: {
      tries: async () => async () => undefined,
      async withPassword({ name, password }) {
        if (name !== theUser.name || password !== 'right') throw new HubError('sign-in-refused')
        return begun
      },
      withCode: async () => begun,
      withOidc: async () => begun,
      changePassword: async () => sessionToken,
      setUp: async () => theUser.name,
    },
    async session(token, { half = false } = {}) {
      if (token !== sessionToken && token !== halfToken) throw new HubError('session-ended')
      if (token === halfToken && !half) throw new HubError('code-needed')
      const { name, title, systems, units } = theUser
      return {
        caller: {
          ...{ kind: 'user', id: `user:${name}`, title, reach: { systems, units } },
          ...{ scopes: scopesOf(theUser), sources: [], types: [] },
        },
        session: {
          ...{ state: 'signed-in', enrolling: null, user: theUser },
          ...{ idleEndsAt: ends, endsAt: ends },
        },
      }
    },
    end: async () => undefined,
    oidc: {
      begin: async () => ({ url: 'https://id.h99.example/auth', browser: sessionToken }),
      finish: async () => begun,
    },
    users: {
      list: async () => [theUser],
      find: async (user) => known(user),
      create: async () => ({ user: theUser, setUp: link }),
      change: (user, _, by) => acting('change')(user, by),
      disable: acting('disable'),
      enable: acting('enable'),
      endSessions: async (user, by) => {
        await acting('end sessions')(user, by)
        return 1
      },
      setUpLink: async (user, _, by) => {
        await acting('set-up link')(user, by)
        return link
      },
    },
    first: async () => undefined,
  }
}
