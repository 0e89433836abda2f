/** A person as a form holds them, and what the API is told. Pure. */
import type { Schemas } from '@/api/client'
import type { User } from './queries'

export type Role = User['role']
export const ROLES: readonly Role[] = ['agent', 'manager', 'admin']

export type UserDraft = {
  email: string
  name: string
  role: Role
  department_ids: string[]
  password: string
}

export const USER_FIELDS = ['email', 'name', 'role', 'department_ids', 'password'] as const

export function userDraft(user: User | undefined): UserDraft {
  const { email = '', name = '', role = 'manager', department_ids = [] } = user ?? {}
  return { email, name, role, department_ids, password: '' }
}

/** Without departments the organization's only one is meant, and the server knows it. */
export function newUser({ email, name, role, department_ids, password }: UserDraft): Schemas['NewUser'] {
  return {
    email,
    role,
    ...(name.trim() && { name }),
    ...(department_ids.length > 0 && { department_ids }),
    ...(password && { password }),
  }
}

/** Only what was changed: another role or password signs the person out everywhere. */
export function userChange(known: User, draft: UserDraft): Schemas['UserChange'] {
  const was = userDraft(known)
  const isSame = (one: string[], other: string[]) => [...one].sort().join() === [...other].sort().join()
  return {
    version: known.version,
    ...(draft.name !== was.name && { name: draft.name }),
    ...(draft.role !== was.role && { role: draft.role }),
    ...(!isSame(draft.department_ids, was.department_ids) && { department_ids: draft.department_ids }),
    ...(draft.password && { password: draft.password }),
  }
}

export function isRole(word: string | null): word is Role {
  return ROLES.some(role => role === word)
}
