/**
 * Every screen of the console: its address, its words, who may see it, where it stands in the menu. The menu, the keys
 * and the router are made of this table; a screen is loaded when it is first shown.
 */
import type { ComponentType } from 'react'
import type { Scope } from './api/session.ts'
import type { words } from './words/all.ts'

export type ScreenName = keyof (typeof words)['frame']['screens']
/** In the order of the menu. */
export const groups = ['watch', 'repair', 'operate', 'manage'] as const

export interface ScreenRoute {
  readonly name: ScreenName
  /** Below /console/; `:id` as the router has it. */
  readonly path: string
  /** Needed to see it; none: everybody who is signed in. */
  readonly scope?: Scope
  /** Absent: reached from another screen only. */
  readonly group?: (typeof groups)[number]
  /** `g` and this key lead to it. */
  readonly key?: string
  readonly load: () => Promise<{ readonly default: ComponentType }>
}

export const screens: readonly ScreenRoute[] = [
  {
    name: 'now',
    path: 'now',
    scope: 'systems:read',
    group: 'watch',
    key: 'n',
    load: () => import('./screens/now/now.tsx'),
  },
  {
    name: 'problems',
    path: 'problems',
    scope: 'systems:read',
    group: 'watch',
    key: 'p',
    load: () => import('./screens/problems/problems.tsx'),
  },
  {
    name: 'problem',
    path: 'problems/:id',
    scope: 'systems:read',
    load: () => import('./screens/problems/problem.tsx'),
  },
  {
    name: 'deliveries',
    path: 'deliveries',
    scope: 'deliveries:read',
    group: 'watch',
    key: 'm',
    load: () => import('./screens/deliveries/deliveries.tsx'),
  },
  {
    name: 'delivery',
    path: 'deliveries/:id',
    scope: 'deliveries:read',
    load: () => import('./screens/deliveries/delivery.tsx'),
  },
  {
    name: 'blocked',
    path: 'dossiers',
    scope: 'deliveries:read',
    group: 'watch',
    key: 'd',
    load: () => import('./screens/dossiers/blocked.tsx'),
  },
  {
    name: 'dossier',
    path: 'dossiers/:code',
    scope: 'messages:read',
    load: () => import('./screens/dossiers/dossier.tsx'),
  },
  {
    name: 'systems',
    path: 'systems',
    scope: 'systems:read',
    group: 'operate',
    key: 's',
    load: () => import('./screens/systems/systems.tsx'),
  },
  {
    name: 'system',
    path: 'systems/:id',
    scope: 'systems:read',
    load: () => import('./screens/systems/system.tsx'),
  },
  {
    name: 'jobs',
    path: 'jobs',
    scope: 'systems:read',
    group: 'operate',
    key: 'j',
    load: () => import('./screens/systems/jobs.tsx'),
  },
  {
    name: 'job',
    path: 'jobs/:id',
    scope: 'config:read',
    load: () => import('./screens/settings/job.tsx'),
  },
  {
    name: 'systemSettings',
    path: 'systems/:id/settings',
    scope: 'config:read',
    load: () => import('./screens/settings/system.tsx'),
  },
  {
    name: 'studio',
    path: 'studio',
    scope: 'systems:write',
    group: 'operate',
    key: 't',
    load: () => import('./screens/settings/studio.tsx'),
  },
  {
    name: 'revisions',
    path: 'revisions',
    scope: 'config:read',
    group: 'operate',
    key: 'r',
    load: () => import('./screens/revisions/revisions.tsx'),
  },
  {
    name: 'revision',
    path: 'revisions/:id',
    scope: 'config:read',
    load: () => import('./screens/revisions/revision.tsx'),
  },
  {
    name: 'audit',
    path: 'audit',
    scope: 'audit:read',
    group: 'manage',
    key: 'a',
    load: () => import('./screens/audit/audit.tsx'),
  },
  {
    name: 'auditRow',
    path: 'audit/:id',
    scope: 'audit:read',
    load: () => import('./screens/audit/audit-row.tsx'),
  },
  {
    name: 'clients',
    path: 'clients',
    scope: 'clients:read',
    group: 'manage',
    key: 'c',
    load: () => import('./screens/clients/clients.tsx'),
  },
  {
    name: 'client',
    path: 'clients/:id',
    scope: 'clients:read',
    load: () => import('./screens/clients/client.tsx'),
  },
  {
    name: 'users',
    path: 'users',
    scope: 'users:read',
    group: 'manage',
    key: 'u',
    load: () => import('./screens/users/users.tsx'),
  },
  {
    name: 'user',
    path: 'users/:id',
    scope: 'users:read',
    load: () => import('./screens/users/user.tsx'),
  },
  { name: 'account', path: 'account', load: () => import('./screens/account/account.tsx') },
  {
    name: 'about',
    path: 'about',
    scope: 'process:read',
    group: 'manage',
    key: 'h',
    load: () => import('./screens/about/about.tsx'),
  },
  {
    name: 'codes',
    path: 'codes',
    scope: 'catalogues:read',
    group: 'repair',
    key: 'x',
    load: () => import('./screens/codes/codes.tsx'),
  },
  {
    name: 'plans',
    path: 'plans',
    scope: 'deliveries:read',
    group: 'repair',
    key: 'b',
    load: () => import('./screens/repair/plans.tsx'),
  },
  {
    name: 'planNew',
    path: 'plans/new',
    scope: 'deliveries:write',
    load: () => import('./screens/repair/plan-new.tsx'),
  },
  {
    name: 'plan',
    path: 'plans/:id',
    scope: 'deliveries:read',
    load: () => import('./screens/repair/plan.tsx'),
  },
  {
    name: 'corrections',
    path: 'corrections',
    scope: 'deliveries:read',
    group: 'repair',
    key: 'e',
    load: () => import('./screens/repair/corrections.tsx'),
  },
  {
    name: 'correctMany',
    path: 'corrections/new',
    scope: 'deliveries:write',
    load: () => import('./screens/repair/correct-many.tsx'),
  },
  {
    name: 'correction',
    path: 'corrections/:id',
    scope: 'deliveries:read',
    load: () => import('./screens/repair/correction.tsx'),
  },
  {
    name: 'editMessage',
    path: 'messages/:id/edit',
    scope: 'deliveries:write',
    load: () => import('./screens/repair/edit-message.tsx'),
  },
]
