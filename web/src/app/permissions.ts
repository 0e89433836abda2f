/** What a role may do. Mirrors `crates/domain/src/roles.rs`; the API has the last word, and a test compares the two. */
export type Role = 'agent' | 'manager' | 'admin'

const LEAST = {
  manage_own_account: 'agent',
  read_contacts: 'manager',
  edit_contacts: 'manager',
  import_contacts: 'manager',
  export_contacts: 'manager',
  read_campaigns: 'manager',
  edit_campaigns: 'manager',
  run_campaigns: 'manager',
  place_test_calls: 'manager',
  read_results: 'manager',
  export_results: 'manager',
  edit_audio: 'manager',
  read_voices: 'manager',
  read_do_not_call: 'manager',
  add_do_not_call: 'manager',
  remove_do_not_call: 'admin',
  read_settings: 'manager',
  edit_settings: 'admin',
  relax_recipient_hours: 'admin',
  read_carrier: 'admin',
  edit_carrier: 'admin',
  read_departments: 'manager',
  manage_departments: 'admin',
  manage_custom_fields: 'admin',
  manage_users: 'admin',
  manage_tokens: 'admin',
  read_health: 'admin',
} as const satisfies Record<string, Role>

export type Action = keyof typeof LEAST

export const ACTIONS = Object.keys(LEAST) as Action[]

const RANK: Record<Role, number> = { agent: 0, manager: 1, admin: 2 }

/** Whether a role may do something at all; on whose rows is the API's to say. */
export function may(role: Role, action: Action): boolean {
  return RANK[role] >= RANK[LEAST[action]]
}
