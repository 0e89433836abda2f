/** The permission table against the domain's own, as it is written in Rust: one that drifts fails here. */
import { describe, expect, it } from 'vitest'
import { domainSource } from '@/testing/rust'
import { ACTIONS, may, type Role } from './permissions'

const RUST = domainSource('roles')
const ROLES: Role[] = ['agent', 'manager', 'admin']
const WORDS: Record<string, Role> = { Agent: 'agent', Manager: 'manager', Administrator: 'admin' }

/** `ReadContacts` as `read_contacts`, read from the enum itself. */
const NAMES = new Map(
  [...RUST.matchAll(/^\s+(\w+) = "(\w+)",$/gm)].map(([, name = '', word = '']) => [name, word]),
)

/** The least role of each action. */
const LEAST = new Map(
  [...RUST.matchAll(/\(A::(\w+), (\w+), \w+\)/g)].map(([, action = '', role = '']) => [
    NAMES.get(action),
    WORDS[role],
  ]),
)

describe('may', () => {
  it('finds the table of the domain', () => {
    expect(LEAST.size).toBeGreaterThan(30)
  })

  it.each(ACTIONS)('allows %s to the roles to which the domain allows it', action => {
    const least = LEAST.get(action)
    if (least === undefined) throw new Error(`the domain knows no action ${action}`)
    const expected = ROLES.slice(ROLES.indexOf(least))
    expect(ROLES.filter(role => may(role, action))).toEqual(expected)
  })
})
