/** Who decides about people, and what may not be decided. */
import { HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { agencyCode, everything, type Reach, reachesAll, wrongUnit } from '../../domain/unit.ts'
import type { SignInStore, UserDetails, UserStore, UserView } from '../../engine/ports/people.ts'
import type { Decision, People, SetUpAddress } from '../people.ts'
import { mustBeRoles } from '../roles.ts'

interface DeskParts {
  readonly users: UserStore
  readonly store: Pick<SignInStore, 'endAll'>
  readonly log: Logger
  readonly newId: () => string
  readonly newToken: () => string
  readonly hashToken: (token: string) => Uint8Array
  readonly publicUrl: () => string
  /** Of the identity provider that people sign in with. */
  readonly issuer: string | undefined
  /** Sessions that this process knows. */
  readonly forget: () => void
}

const linkHours = 24

/** The account of the link that a hub without people shows at its first start. */
const firstName = 'quan-tri'

const reachOf = ({ systems, units }: Reach): Reach => ({ systems, units })

const ownAccount = (): HubError =>
  new HubError('state-conflict', {
    detail: {
      vi: 'Không ai tự quyết định quyền của chính mình; nhờ một quản trị viên khác.',
      en: 'Nobody decides about his own account; ask another administrator.',
    },
  })

const alreadySo = (): HubError => new HubError('state-conflict')

/** The units in the one form in which they are compared. Throws `request-invalid`. */
function unitsOf(units: readonly string[]): readonly string[] {
  const codes = units.map((unit) => agencyCode(unit))
  const faults = codes.flatMap((code, index) =>
    code === undefined ? [wrongUnit(`/units/${index}`)] : [],
  )
  if (faults.length > 0) throw new HubError('request-invalid', { faults })
  return [...new Set(codes.filter((code) => code !== undefined))]
}

/** Checked, and in one form. */
function judged<T extends Partial<UserDetails>>(details: T): T {
  if (details.roles) mustBeRoles(details.roles)
  return { ...details, ...(details.units && { units: unitsOf(details.units) }) }
}

/** Rights that reach further than one's own are not one's own to give. */
function mustReach(reach: Reach, details: Reach): void {
  if (reachesAll(reach, reachOf(details))) return
  throw new HubError('scope-missing', {
    detail: {
      vi: 'Không cấp được quyền rộng hơn phạm vi của chính mình.',
      en: 'Rights beyond one’s own reach cannot be given.',
    },
  })
}

export function createUserDesk(parts: DeskParts): Pick<People, 'users' | 'first'> {
  const { users, store, log } = parts

  const find = async (user: string, reach: Reach): Promise<UserView> => {
    const found = await users.find(user)
    if (!found || !reachesAll(reach, reachOf(found))) throw new HubError('not-found')
    return found
  }

  const another = async (user: string, { actor, reach }: Decision): Promise<UserView> => {
    const found = await find(user, reach)
    if (actor === `user:${found.name}`) throw ownAccount()
    return found
  }

  const newLink = (resetTotp: boolean) => {
    const token = parts.newToken()
    const made = { hash: parts.hashToken(token), hours: linkHours, resetTotp }
    // Behind the hash it never travels to a server, so it is in nobody's log.
    const address = (user: string, until: Date): SetUpAddress => ({
      user,
      url: `${parts.publicUrl().replace(/\/+$/, '')}/console/set-up#${token}`,
      expiresAt: until.toISOString(),
    })
    return { made, address }
  }

  const setUpLink: People['users']['setUpLink'] = async (user, resetTotp, by) => {
    const { id, name } = await another(user, by)
    const { made, address } = newLink(resetTotp)
    const until = await users.addSetUpLink(id, made, by)
    log.info('user.changed', { user: name, what: 'set-up-link', actor: by.actor })
    return address(name, until)
  }

  const done = async (id: string, what: string, by: Decision): Promise<UserView> => {
    parts.forget()
    const after = await find(id, everything)
    log.info('user.changed', { user: after.name, what, actor: by.actor })
    return after
  }

  return {
    users: {
      list: async (reach) =>
        (await users.list()).filter((user) => reachesAll(reach, reachOf(user))),
      find,
      setUpLink,
      async create({ name, ...rest }, by) {
        const details = judged(rest)
        mustReach(by.reach, details)
        const id = parts.newId()
        await users.create({ ...details, id, name }, by)
        log.info('user.changed', { user: name, what: 'created', actor: by.actor })
        const setUp = details.oidc ? null : await setUpLink(id, false, by)
        return { user: await find(id, everything), setUp }
      },
      async change(user, change, by) {
        const { id, ...before } = await another(user, by)
        const checked = judged(change)
        mustReach(by.reach, { ...before, ...checked })
        await users.change(id, checked, by)
        return done(id, 'changed', by)
      },
      async disable(user, by) {
        const { id } = await another(user, by)
        if (!(await users.disable(id, by))) throw alreadySo()
        return done(id, 'disabled', by)
      },
      async enable(user, by) {
        const { id } = await another(user, by)
        if (!(await users.enable(id, by))) throw alreadySo()
        return done(id, 'enabled', by)
      },
      async endSessions(user, by) {
        const { id } = await find(user, by.reach)
        const ended = await store.endAll(id, by)
        parts.forget()
        return ended
      },
    },
    async first() {
      const { made, address } = newLink(false)
      const first = {
        ...{ id: parts.newId(), name: firstName, title: 'Quản trị viên đầu tiên', email: null },
        ...{ roles: ['administrator'], mayReveal: false, mayRedrive: false },
        ...{ units: [], systems: [], oidc: null },
      }
      const act = { actor: 'hub', reason: 'Chưa có ai đăng nhập được' }
      const until = await users.addFirst(first, made, act)
      return until && address(firstName, until)
    },
  }
}
