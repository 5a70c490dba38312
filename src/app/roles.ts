/** The one table of roles: what somebody may do by what he is. Rights of their own come on top, one by one. */
import type { Words } from '../domain/errors.ts'
import { HubError } from '../domain/errors.ts'
import type { Rights } from '../engine/ports/people.ts'
import type { Scope } from './scopes.ts'

interface Role {
  readonly title: Words
  readonly what: Words
  readonly scopes: readonly Scope[]
  /** Signs in with a second factor. */
  readonly needsCode: boolean
}

const reading = ['messages:read', 'deliveries:read', 'systems:read', 'catalogues:read'] as const
const operating = [
  ...([...reading, 'systems:write', 'catalogues:write'] as const),
  ...(['config:read', 'process:read'] as const),
] as const
const administering = [
  ...(['users:read', 'users:write', 'clients:read', 'clients:write'] as const),
  ...(['audit:read', 'process:read'] as const),
] as const

export const roles = {
  viewer: {
    title: { vi: 'Người xem', en: 'Viewer' },
    what: {
      vi: 'Xem hồ sơ, lượt gửi, hệ thống, danh mục; không thay đổi gì.',
      en: 'Sees dossiers, deliveries, systems and catalogues; changes nothing.',
    },
    scopes: reading,
    needsCode: false,
  },
  operator: {
    title: { vi: 'Người vận hành', en: 'Operator' },
    what: {
      vi: 'Thêm: kiểm tra, tạm dừng, cho chạy lại hệ thống và việc lấy về; chạy thử; xử lý vướng mắc của danh mục; xem cấu hình.',
      en: 'Besides: checks, pauses and resumes systems and pulls; runs jobs dry; sees to problems of catalogues; sees the configuration.',
    },
    scopes: operating,
    needsCode: false,
  },
  administrator: {
    title: { vi: 'Quản trị viên', en: 'Administrator' },
    what: {
      vi: 'Thêm: sửa cấu hình; quản lý tài khoản người dùng, hệ thống khách và khoá; xem nhật ký kiểm toán.',
      en: 'Besides: changes the configuration; manages the accounts of people, clients and their keys; reads the audit trail.',
    },
    scopes: [...operating, 'config:write', ...administering],
    needsCode: true,
  },
  'security-officer': {
    title: { vi: 'Cán bộ an toàn thông tin', en: 'Security officer' },
    what: {
      vi: 'Quản lý tài khoản người dùng, hệ thống khách và khoá; xem sổ tra cứu, nhật ký kiểm toán và tình trạng hệ thống; không xem hồ sơ.',
      en: 'Manages accounts, clients and keys, sees the audit trail, the audit of lookups and the state of systems; no dossiers.',
    },
    scopes: ['systems:read', 'lookup-audit:read', ...administering],
    needsCode: true,
  },
  auditor: {
    title: { vi: 'Kiểm toán viên', en: 'Auditor' },
    what: {
      vi: 'Xem như người xem, thêm sổ tra cứu, nhật ký kiểm toán và tài khoản người dùng; không thay đổi gì.',
      en: 'Sees what a viewer does, besides the audit trail, the audit of lookups and the accounts; changes nothing.',
    },
    scopes: [
      ...reading,
      ...([
        'config:read',
        'lookup-audit:read',
        'users:read',
        'audit:read',
        'process:read',
      ] as const),
    ],
    needsCode: false,
  },
} as const satisfies Record<string, Role>

export type RoleName = keyof typeof roles
export const roleNames = Object.keys(roles) as RoleName[]
export const isRole = (text: string): text is RoleName => Object.hasOwn(roles, text)

const rolesOf = (names: readonly string[]): readonly Role[] =>
  names.filter(isRole).map((name) => roles[name])

/** What opens personal data: attachments hold it as much as messages do. */
const revealing: readonly Scope[] = ['personal-data:read', 'files:read']

/** A right of one's own adds to a role; to somebody without one it gives nothing. */
export function scopesOf({ roles: names, mayReveal, mayRedrive }: Rights): readonly Scope[] {
  const held = rolesOf(names)
  if (held.length === 0) return []
  return [
    ...new Set<Scope>([
      ...held.flatMap(({ scopes }) => scopes),
      ...(mayReveal ? revealing : []),
      ...(mayRedrive ? (['deliveries:read', 'deliveries:write'] as const) : []),
    ]),
  ]
}

export const needsCode = (names: readonly string[]): boolean =>
  rolesOf(names).some((role) => role.needsCode)

/** Throws `request-invalid` for a role that there is not. */
export function mustBeRoles(names: readonly string[]): void {
  const faults = names.flatMap((name, index) =>
    isRole(name)
      ? []
      : [
          {
            pointer: `/roles/${index}`,
            rule: 'role',
            vi: `Không có vai trò này; có: ${roleNames.join(', ')}.`,
            en: `There is no such role; there are: ${roleNames.join(', ')}.`,
          },
        ],
  )
  if (faults.length > 0) throw new HubError('request-invalid', { faults })
}
