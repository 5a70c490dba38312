/** All words, one file per group of screens. */
import { about } from './about.ts'
import { account } from './account.ts'
import { audit } from './audit.ts'
import { clients } from './clients.ts'
import { corrections } from './corrections.ts'
import { frame } from './frame.ts'
import { parts } from './parts.ts'
import { plans } from './plans.ts'
import { problems } from './problems.ts'
import { signIn } from './sign-in.ts'
import { users } from './users.ts'

export const words = {
  corrections,
  plans,
  ...{ frame, parts, problems, signIn },
  ...{ about, account, audit, clients, users },
}
