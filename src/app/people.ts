/** People as the doors of the hub see them: who signs in, and who decides what they may do. */
import type { Reach } from '../domain/unit.ts'
import type { OidcSignIn } from '../engine/people/oidc-sign-in.ts'
import type { OwnAccount } from '../engine/people/own-account.ts'
import type { SignIn } from '../engine/people/sign-in.ts'
import type { Act } from '../engine/ports/interventions.ts'
import type { Caller, UserDetails, UserView, WebSession } from '../engine/ports/people.ts'

export const purposes = ['production', 'demo', 'test'] as const
export type Purpose = (typeof purposes)[number]

/** Shown once: whoever has it sets the password of the account. */
export interface SetUpAddress {
  readonly user: string
  readonly url: string
  readonly expiresAt: string
}

/** Who decides about people: nobody about himself, nor beyond his own reach. */
export interface Decision extends Act {
  readonly reach: Reach
}

export interface People {
  providers(): { readonly local: boolean; readonly oidc: { readonly title: string } | null }
  /** What the hub is used for: people must not take one for the other. */
  readonly environment: Purpose
  readonly signIn: SignIn
  readonly account: OwnAccount
  /** Where browsers find the hub. */
  publicUrl(): string
  /** Throws `session-ended` and, unless half of one is wanted, `code-needed`. */
  session(
    token: string,
    wanted?: { background?: boolean; half?: boolean },
  ): Promise<{ readonly caller: Caller; readonly session: WebSession }>
  end(token: string): Promise<void>
  readonly oidc: OidcSignIn
  readonly users: {
    list(reach: Reach): Promise<readonly UserView[]>
    /** By id or name. Throws `not-found`, also beyond the reach. */
    find(user: string, reach: Reach): Promise<UserView>
    /** Without an account at a provider there is a link to set the password. */
    create(
      user: UserDetails & { readonly name: string },
      by: Decision,
    ): Promise<{ readonly user: UserView; readonly setUp: SetUpAddress | null }>
    change(user: string, change: Partial<UserDetails>, by: Decision): Promise<UserView>
    disable(user: string, by: Decision): Promise<UserView>
    enable(user: string, by: Decision): Promise<UserView>
    endSessions(user: string, by: Decision): Promise<number>
    setUpLink(user: string, resetTotp: boolean, by: Decision): Promise<SetUpAddress>
  }
  /** Where nobody can sign in yet: the link of the first administrator. */
  first(): Promise<SetUpAddress | undefined>
}
